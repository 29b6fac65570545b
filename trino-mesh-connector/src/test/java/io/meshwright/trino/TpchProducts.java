package io.meshwright.trino;

import io.trino.plugin.tpch.TpchPlugin;
import io.trino.testing.MaterializedRow;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.stream.Collectors.joining;

/**
 * Tables of TPC-H as products of the domain {@code tpch}, over raw tables of other names. Some of their columns are personal, of
 * every type that has a mask which keeps the type.
 */
final class TpchProducts
{
    static final String SCHEMA = "tpch";

    private static final Map<String, List<String>> PERSONAL = Map.of(
            "customer", List.of("custkey", "name", "phone", "mktsegment"),
            "nation", List.of("nationkey", "name", "comment"),
            "orders", List.of("orderkey", "orderdate", "clerk"),
            "region", List.of("regionkey"));

    private TpchProducts() {}

    static void create(TestingMesh mesh)
    {
        mesh.runner().installPlugin(new TpchPlugin());
        mesh.runner().createCatalog("tpch", "tpch");
        mesh.producer("CREATE SCHEMA lake.tpch");
        for (String name : PERSONAL.keySet()) {
            mesh.producer("CREATE TABLE lake.tpch.raw_%1$s AS SELECT * FROM tpch.tiny.%1$s".formatted(name));
            mesh.register(specification(name), contract(mesh, name), Optional.of("raw_" + name));
        }
    }

    static Map<String, List<String>> personalColumns()
    {
        return PERSONAL;
    }

    private static String specification(String name)
    {
        return """
               apiVersion: dataproduct.kloudvin.io/v1
               kind: DataProduct
               metadata:
                 name: %s
                 domain: tpch
                 owner: tpch@shop.example
               spec:
                 description: "Table %s of TPC-H."
                 outputPorts:
                   - name: curated
                     type: iceberg
                     contract: contract.yaml
                 sla:
                   freshness: "<= 24h"
                 classification:
                   contains_pii: true
                   pii_fields: %s
               """.formatted(name, name, PERSONAL.get(name));
    }

    private static String contract(TestingMesh mesh, String name)
    {
        String fields = mesh.query("producer", "DESCRIBE lake.tpch.raw_" + name).getMaterializedRows().stream()
                .map(MaterializedRow::getFields)
                .map(column -> "      %s: {type: %s%s}%n".formatted(column.get(0), type((String) column.get(1)), column.get(1).equals("date") && PERSONAL.get(name).contains((String) column.get(0)) ? ", mask: year" : ""))
                .collect(joining());
        return """
               dataContractSpecification: 1.2.1
               id: tpch.%1$s
               info:
                 title: %1$s
                 version: 1.0.0
                 owner: tpch@shop.example
               models:
                 %1$s:
                   type: table
                   fields:
               """.formatted(name) + fields.indent(2);
    }

    private static String type(String trinoType)
    {
        return switch (trinoType) {
            case "bigint" -> "long";
            case "date", "double", "integer" -> trinoType;
            case "varchar" -> "string";
            default -> throw new IllegalArgumentException("No contract type for " + trinoType);
        };
    }
}
