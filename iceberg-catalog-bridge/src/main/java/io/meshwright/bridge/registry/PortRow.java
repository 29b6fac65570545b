package io.meshwright.bridge.registry;

import io.meshwright.bridge.table.RowSchema;
import io.meshwright.model.product.PortType;

import java.util.Locale;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * An output port as it was resolved at registration.
 *
 * @param type the word of {@link PortType}
 * @param tableNamespace with dots where it has several levels; the three table values are absent for a port that is no table
 * @param tableUuid the table's own identity, which survives renames
 * @param location the storage prefix of a table or file port
 * @param tableSchema the declared columns of the table with their ids and types, as Iceberg's JSON; absent for a port that is no table
 */
public record PortRow(
        String name,
        String type,
        Optional<String> tableNamespace,
        Optional<String> tableName,
        Optional<String> tableUuid,
        Optional<String> location,
        Optional<String> tableSchema)
{
    static final RowSchema<PortRow> SCHEMA = RowSchema.<PortRow>builder()
            .string("name", "Name of the output port", PortRow::name)
            .string("type", "Technology: iceberg, view, kafka, api or file", PortRow::type)
            .optionalString("table_namespace", "Namespace of the Iceberg table; null when the port is no table", PortRow::tableNamespace)
            .optionalString("table_name", "Name of the Iceberg table; null when the port is no table", PortRow::tableName)
            .optionalString("table_uuid", "Identity of the Iceberg table; null when the port is no table", PortRow::tableUuid)
            .optionalString("location", "Storage prefix, where the port has one", PortRow::location)
            .optionalString("table_schema", "Declared columns of the Iceberg table at registration, as Iceberg's JSON; null when the port is no table", PortRow::tableSchema)
            .build(row -> new PortRow(
                    row.string("name"),
                    row.string("type"),
                    row.optionalString("table_namespace"),
                    row.optionalString("table_name"),
                    row.optionalString("table_uuid"),
                    row.optionalString("location"),
                    row.optionalString("table_schema")));

    public PortRow
    {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(tableNamespace, "tableNamespace is null");
        requireNonNull(tableName, "tableName is null");
        requireNonNull(tableUuid, "tableUuid is null");
        requireNonNull(location, "location is null");
        requireNonNull(tableSchema, "tableSchema is null");
    }

    public boolean isTable()
    {
        return tableName.isPresent();
    }

    public PortType portType()
    {
        return PortType.valueOf(type.toUpperCase(Locale.ROOT));
    }
}
