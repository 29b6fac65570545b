package io.meshwright.trino.benchmark;

import org.intellij.lang.annotations.Language;

import java.util.OptionalDouble;

import static java.util.Objects.requireNonNull;

/**
 * @param limit the ratio that the masked reader is not to exceed, where there is one for this query alone
 */
record BenchmarkQuery(String name, String schema, @Language("SQL") String sql, OptionalDouble limit)
{
    BenchmarkQuery
    {
        requireNonNull(name, "name is null");
        requireNonNull(schema, "schema is null");
        requireNonNull(sql, "sql is null");
        requireNonNull(limit, "limit is null");
    }
}
