package io.meshwright.spark.benchmark;

import java.util.ArrayList;
import java.util.List;

import static io.meshwright.spark.benchmark.BenchmarkRule.violations;

/**
 * Contracts of tables that are not TPC-H's.
 */
final class WideContract
{
    /**
     * Columns of the wide table; each second one is text.
     */
    static final int COLUMNS = 200;
    private static final int COLUMNS_WITH_THIRD_RULE = 100;

    private WideContract() {}

    static BenchmarkContract key()
    {
        return new BenchmarkContract(
                """
                dataContractSpecification: 1.2.1
                id: tpch.keys
                info: {title: Keys, version: 1.0.0}
                models:
                  keys:
                    type: table
                    fields:
                      id: {type: string, unique: true}
                """,
                List.of(new BenchmarkRule("id.unique", "unique\tid\t", "SELECT count(*) FROM (SELECT 1 FROM %s GROUP BY id HAVING count(*) > 1)")));
    }

    /**
     * 500 rules of which metadata answers none: two on each column, a third on each second one.
     */
    static BenchmarkContract wide()
    {
        StringBuilder yaml = new StringBuilder(
                """
                dataContractSpecification: 1.2.1
                id: tpch.wide
                info: {title: Wide, version: 1.0.0}
                models:
                  wide:
                    type: table
                    fields:
                """);
        List<BenchmarkRule> rules = new ArrayList<>();
        for (int column = 0; column < COLUMNS; column++) {
            String name = "c" + column;
            boolean third = column < COLUMNS_WITH_THIRD_RULE;
            if (column % 2 == 0) {
                yaml.append("      ").append(name).append(": {type: long").append(third ? ", minimum: 0" : "")
                        .append(", quality: [{type: sql, query: \"SELECT count(*) FROM wide WHERE ").append(name).append(" % 2 <> 0\", mustBe: 0}")
                        .append(", {type: sql, query: \"SELECT count(*) FROM wide WHERE ").append(name).append(" % 4 = 1\", mustBe: 0}]").append("}\n");
                rules.add(violations(name + ".sql", "compliance\t\t" + name + " % 2 = 0", name + " % 2 <> 0"));
                rules.add(violations(name + ".sql#2", "compliance\t\t" + name + " % 4 <> 1", name + " % 4 = 1"));
                if (third) {
                    rules.add(violations(name + ".minimum", "compliance\t\t" + name + " >= 0", name + " < 0"));
                }
            }
            else {
                yaml.append("      ").append(name).append(": {type: string, minLength: 4, pattern: '^[a-z]+-[0-9]+$'").append(third ? ", maxLength: 20" : "").append("}\n");
                rules.add(violations(name + ".minLength", "compliance\t\tlength(" + name + ") >= 4", "length(" + name + ") < 4"));
                rules.add(violations(name + ".pattern", "compliance\t\t" + name + " RLIKE '^[a-z]+-[0-9]+$'", "NOT " + name + " RLIKE '^[a-z]+-[0-9]+$'"));
                if (third) {
                    rules.add(violations(name + ".maxLength", "compliance\t\tlength(" + name + ") <= 20", "length(" + name + ") > 20"));
                }
            }
        }
        return new BenchmarkContract(yaml.toString(), rules);
    }
}
