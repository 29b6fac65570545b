package io.meshwright.bridge.registry;

import io.meshwright.bridge.table.RowSchema;

import static java.util.Objects.requireNonNull;

/**
 * Which Iceberg field a contract field meant at registration: masks go by this id, so that renames and old snapshots cannot unmask.
 *
 * @param path the contract field, nested ones by dots
 */
public record ColumnRow(String port, String path, int fieldId)
{
    static final RowSchema<ColumnRow> SCHEMA = RowSchema.<ColumnRow>builder()
            .string("port", "Output port", ColumnRow::port)
            .string("path", "Contract field, nested ones by dots", ColumnRow::path)
            .integer("field_id", "Id of the Iceberg field that it meant at registration", ColumnRow::fieldId)
            .build(row -> new ColumnRow(row.string("port"), row.string("path"), row.integer("field_id")));

    public ColumnRow
    {
        requireNonNull(port, "port is null");
        requireNonNull(path, "path is null");
    }
}
