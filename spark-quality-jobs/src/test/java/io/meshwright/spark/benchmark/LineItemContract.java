package io.meshwright.spark.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static io.meshwright.spark.benchmark.BenchmarkRule.violations;

/**
 * Contracts of TPC-H's line items: from what metadata can answer to all that is asked of the table.
 */
final class LineItemContract
{
    private final Map<String, StringBuilder> fields = new LinkedHashMap<>();
    private final StringBuilder model = new StringBuilder();
    private final StringBuilder end = new StringBuilder();
    private final List<BenchmarkRule> rules = new ArrayList<>();

    private LineItemContract()
    {
        field("l_orderkey", "long");
        field("l_partkey", "long");
        field("l_suppkey", "long");
        field("l_linenumber", "integer");
        field("l_quantity", "decimal, precision: 12, scale: 2");
        field("l_extendedprice", "decimal, precision: 12, scale: 2");
        field("l_discount", "decimal, precision: 12, scale: 2");
        field("l_tax", "decimal, precision: 12, scale: 2");
        field("l_returnflag", "string");
        field("l_linestatus", "string");
        field("l_shipdate", "date");
        field("l_commitdate", "date");
        field("l_receiptdate", "date");
        field("l_shipinstruct", "string");
        field("l_shipmode", "string");
        field("l_comment", "string");
    }

    /**
     * Rows, sixteen columns without NULL, three least and three greatest values.
     */
    static BenchmarkContract metadata()
    {
        return new LineItemContract().withMetadata().build();
    }

    /**
     * Three lists of values and a range.
     */
    static BenchmarkContract values()
    {
        return new LineItemContract().withLists().build();
    }

    static BenchmarkContract all()
    {
        return new LineItemContract().withMetadata().withLists().withRows().withKey().withFreshness().build();
    }

    private LineItemContract withMetadata()
    {
        quality("{type: library, metric: rowCount, mustBeGreaterThan: 0}");
        rules.add(new BenchmarkRule("rowCount", "size\t\t0", "count(*)"));
        fields.forEach((name, field) -> {
            field.append(", required: true");
            rules.add(violations(name + ".required", "complete\t" + name + "\t", name + " IS NULL"));
        });
        bounds("l_quantity", "1", "50");
        bounds("l_discount", "0", "0.1");
        bounds("l_tax", "0", "0.08");
        return this;
    }

    private LineItemContract withLists()
    {
        list("l_returnflag", "A", "N", "R");
        list("l_linestatus", "F", "O");
        list("l_shipmode", "AIR", "FOB", "MAIL", "RAIL", "REG AIR", "SHIP", "TRUCK");
        bounds("l_linenumber", "1", "7");
        return this;
    }

    private LineItemContract withRows()
    {
        quality("{type: sql, query: \"SELECT COUNT(*) FROM lineitem WHERE l_receiptdate < l_shipdate\", mustBe: 0}");
        rules.add(violations("sql", "compliance\t\tl_receiptdate >= l_shipdate", "l_receiptdate < l_shipdate"));
        String pattern = "^[A-Z]+( [A-Z]+)*$";
        fields.get("l_shipinstruct").append(", pattern: '").append(pattern).append("'");
        rules.add(violations("l_shipinstruct.pattern", "pattern\tl_shipinstruct\t" + pattern, "NOT l_shipinstruct RLIKE '" + pattern + "'"));
        fields.get("l_comment").append(", minLength: 10, maxLength: 43");
        rules.add(violations("l_comment.minLength", "compliance\t\tlength(l_comment) >= 10", "length(l_comment) < 10"));
        rules.add(violations("l_comment.maxLength", "compliance\t\tlength(l_comment) <= 43", "length(l_comment) > 43"));
        return this;
    }

    private LineItemContract withKey()
    {
        model.append("    primaryKey: [l_orderkey, l_linenumber]\n");
        rules.add(new BenchmarkRule(
                "primaryKey",
                "unique\tl_orderkey,l_linenumber\t",
                "SELECT count(*) FROM (SELECT 1 FROM %s GROUP BY l_orderkey, l_linenumber HAVING count(*) > 1)"));
        return this;
    }

    private LineItemContract withFreshness()
    {
        // the newest date of TPC-H is of 1998
        end.append("servicelevels:\n  freshness: {threshold: 36500d, timestampField: lineitem.l_receiptdate}\n");
        rules.add(new BenchmarkRule("freshness", BenchmarkRule.NO_PEER, "if(max(l_receiptdate) > DATE'1970-01-01', 0, 1)"));
        return this;
    }

    private void field(String name, String type)
    {
        fields.put(name, new StringBuilder("type: ").append(type));
    }

    private void bounds(String name, String least, String greatest)
    {
        fields.get(name).append(", minimum: ").append(least).append(", maximum: ").append(greatest);
        rules.add(violations(name + ".minimum", "compliance\t\t" + name + " >= " + least, name + " < " + least));
        rules.add(violations(name + ".maximum", "compliance\t\t" + name + " <= " + greatest, name + " > " + greatest));
    }

    private void list(String name, String... values)
    {
        fields.get(name).append(", enum: [\"").append(String.join("\", \"", values)).append("\"]");
        String in = name + " IN ('" + String.join("', '", values) + "')";
        rules.add(violations(name + ".enum", "compliance\t\t" + in, "NOT " + in));
    }

    private void quality(String rule)
    {
        model.append(model.indexOf("quality:") < 0 ? "    quality:\n" : "").append("      - ").append(rule).append("\n");
    }

    private BenchmarkContract build()
    {
        StringBuilder yaml = new StringBuilder(
                """
                dataContractSpecification: 1.2.1
                id: tpch.lineitem
                info: {title: Line items, version: 1.0.0}
                models:
                  lineitem:
                    type: table
                    fields:
                """);
        fields.forEach((name, field) -> yaml.append("      ").append(name).append(": {").append(field).append("}\n"));
        return new BenchmarkContract(yaml.append(model).append(end).toString(), rules);
    }
}
