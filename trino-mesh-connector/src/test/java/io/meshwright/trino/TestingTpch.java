package io.meshwright.trino;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.trino.plugin.tpch.TpchPlugin;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static com.google.common.io.Resources.getResource;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

/**
 * The tables of TPC-H, in the raw catalog and as products of the domain {@code tpch}. Names, addresses, phones and
 * comments are masked, except for those by which the queries filter.
 */
public final class TestingTpch
{
    public static final int QUERIES = 22;

    private static final Map<String, Set<String>> MASKED_COLUMNS = ImmutableMap.<String, Set<String>>builder()
            .put("customer", ImmutableSet.of("c_name", "c_address", "c_comment"))
            .put("lineitem", ImmutableSet.of("l_comment"))
            .put("nation", ImmutableSet.of("n_comment"))
            .put("orders", ImmutableSet.of("o_clerk"))
            .put("part", ImmutableSet.of("p_comment"))
            .put("partsupp", ImmutableSet.of("ps_comment"))
            .put("region", ImmutableSet.of("r_comment"))
            .put("supplier", ImmutableSet.of("s_name", "s_address", "s_phone"))
            .buildOrThrow();

    private TestingTpch() {}

    /**
     * @param scale a schema of Trino's connector {@code tpch}, such as {@code tiny} or {@code sf1}
     */
    public static void create(TestingMesh mesh, String scale)
    {
        mesh.runner().installPlugin(new TpchPlugin());
        mesh.runner().createCatalog("tpch", "tpch", ImmutableMap.of(
                "tpch.column-naming", "STANDARD",
                // exact sums, so that results can be compared
                "tpch.double-type-mapping", "DECIMAL"));
        mesh.producer("CREATE SCHEMA lake.tpch");
        MASKED_COLUMNS.forEach((table, masked) -> {
            mesh.producer("CREATE TABLE lake.tpch.%1$s AS SELECT * FROM tpch.\"%2$s\".%1$s".formatted(table, scale));
            mesh.producer("ANALYZE lake.tpch." + table);
            registerAllColumns(mesh, "tpch", table, masked, "");
        });
    }

    public static Map<String, Set<String>> maskedColumns()
    {
        return MASKED_COLUMNS;
    }

    /**
     * The query of TPC-H with its validation parameters. The tables are those of the session's schema.
     */
    public static String query(int number)
    {
        try {
            return new String(getResource(TestingTpch.class, "tpch/q%02d.sql".formatted(number)).openStream().readAllBytes(), UTF_8).strip();
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Stream<String> queries()
    {
        return IntStream.rangeClosed(1, QUERIES).mapToObj(TestingTpch::query);
    }

    /**
     * Registers the table as a product with a contract of all its columns.
     *
     * @param maskedFields the paths of the personal fields
     * @param fieldKeys further keys of each masked field, such as {@code , polyseme: customer_id}
     */
    public static void registerAllColumns(TestingMesh mesh, String schema, String table, Set<String> maskedFields, String fieldKeys)
    {
        Types.StructType columns = mesh.catalog().catalog().loadTable(TableIdentifier.of(Namespace.of(schema), table)).schema().asStruct();
        String name = table.replace('_', '-');
        String spec =
                """
                apiVersion: dataproduct.kloudvin.io/v1
                kind: DataProduct
                metadata:
                  name: %s
                  domain: %s
                  owner: owner@shop.example
                spec:
                  description: "All columns of %s."
                  outputPorts:
                    - name: curated
                      type: iceberg
                      contract: contract.yaml
                  sla:
                    freshness: "<= 24h"
                  classification:
                    contains_pii: %s
                    pii_fields: [%s]
                  access:
                    clear:
                      - user: %s
                """.formatted(name, schema, table, !maskedFields.isEmpty(), String.join(", ", maskedFields), TestingMesh.CLEARED);
        String contract =
                """
                dataContractSpecification: 1.2.1
                id: %s.%s
                info:
                  title: %s
                  version: 1.0.0
                  owner: owner@shop.example
                models:
                  %s:
                    type: table
                    fields:
                %s
                """.formatted(schema, name, table, table, fields(columns, maskedFields, fieldKeys).indent(6));
        mesh.register(spec, contract, Optional.of(table));
    }

    private static String fields(Types.StructType columns, Set<String> masked, String fieldKeys)
    {
        return columns.fields().stream()
                .map(column -> "%s: {%s%s}".formatted(column.name(), type(column.type()), masked.contains(column.name()) ? fieldKeys : ""))
                .collect(joining("\n"));
    }

    private static String type(Type type)
    {
        return switch (type) {
            case Types.DecimalType decimal -> "type: decimal, precision: %s, scale: %s".formatted(decimal.precision(), decimal.scale());
            case Types.StructType struct -> "type: struct, fields: {%s}".formatted(fields(struct, ImmutableSet.of(), "").replace("\n", ", "));
            case Types.TimestampType _ -> "type: timestamp";
            case Type other -> "type: " + other;
        };
    }
}
