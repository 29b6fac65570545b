package io.meshwright.cli.sql;

import io.trino.jdbc.Row;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values of a result: numbers, booleans, texts, lists and maps. Times are the texts that Trino sends, because
 * a conversion by this machine's time zone would change what they say.
 */
final class SqlValues
{
    private SqlValues() {}

    static Object read(ResultSet results, int index, SqlColumn column)
            throws SQLException
    {
        String text = results.getString(index);
        if (text == null) {
            return null;
        }
        String type = column.type();
        if (type.startsWith("decimal")) {
            return new BigDecimal(text);
        }
        return switch (type) {
            case "tinyint", "smallint", "integer", "bigint" -> Long.valueOf(text);
            case "boolean" -> Boolean.valueOf(text);
            case "real", "double" -> number(text);
            case "varbinary" -> hexadecimal(results.getBytes(index));
            default -> isNested(type) ? nested(results.getObject(index)) : text;
        };
    }

    private static boolean isNested(String type)
    {
        return type.startsWith("array(") || type.startsWith("map(") || type.startsWith("row(");
    }

    private static Object number(String text)
    {
        return Double.isFinite(Double.parseDouble(text)) ? new BigDecimal(text) : text;
    }

    private static Object nested(Object value)
            throws SQLException
    {
        if (value instanceof Array array) {
            return nested(array.getArray());
        }
        if (value instanceof Object[] elements) {
            return nested(Arrays.asList(elements));
        }
        if (value instanceof List<?> elements) {
            List<Object> list = new ArrayList<>();
            for (Object element : elements) {
                list.add(nested(element));
            }
            return list;
        }
        if (value instanceof Row row) {
            Map<String, Object> object = new LinkedHashMap<>();
            for (int index = 0; index < row.getFields().size(); index++) {
                object.put(row.getFields().get(index).getName().orElse("field" + index), nested(row.getFields().get(index).getValue()));
            }
            return object;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> object = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                object.put(String.valueOf(entry.getKey()), nested(entry.getValue()));
            }
            return object;
        }
        if (value instanceof byte[] bytes) {
            return hexadecimal(bytes);
        }
        if (value == null || value instanceof Boolean || value instanceof Long || value instanceof Integer || value instanceof BigDecimal) {
            return value;
        }
        return value.toString();
    }

    private static String hexadecimal(byte[] bytes)
    {
        return "0x" + HexFormat.of().formatHex(bytes);
    }

    static String display(Object value)
    {
        return switch (value) {
            case null -> "NULL";
            case BigDecimal number -> number.toPlainString();
            default -> value.toString();
        };
    }
}
