package io.meshwright.cli.sql;

import java.util.List;

import static java.util.stream.Collectors.joining;

/**
 * RFC 4180 lines with plain line feeds. NULL is an empty field, an empty text is {@code ""}.
 */
public final class Csv
{
    private Csv() {}

    public static String header(List<SqlColumn> columns)
    {
        return columns.stream().map(column -> quote(column.name())).collect(joining(","));
    }

    public static String line(List<Object> row)
    {
        return row.stream().map(value -> value == null ? "" : quote(SqlValues.display(value))).collect(joining(","));
    }

    private static String quote(String text)
    {
        boolean plain = !text.isEmpty() && text.chars().noneMatch(character -> character == ',' || character == '"' || character == '\n' || character == '\r');
        return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
