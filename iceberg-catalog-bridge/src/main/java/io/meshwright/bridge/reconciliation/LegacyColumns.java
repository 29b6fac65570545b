package io.meshwright.bridge.reconciliation;

import com.google.common.collect.ImmutableMap;
import io.meshwright.model.check.ReadOnlyExpression;
import io.meshwright.model.fingerprint.LegacyType;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What a legacy table has, by the metadata of statements that give no row.
 */
final class LegacyColumns
{
    private final LegacySession session;
    private final String table;
    private final Map<String, String> names;

    private LegacyColumns(LegacySession session, String table, Map<String, String> names)
    {
        this.session = session;
        this.table = table;
        this.names = ImmutableMap.copyOf(names);
    }

    /**
     * Whoever may not read all columns is told no names, and each column has to be tried.
     */
    static LegacyColumns of(LegacySession session, String table)
    {
        Map<String, String> names = new LinkedHashMap<>();
        try {
            for (String name : session.query("SELECT * FROM " + table + " WHERE 1 = 0", rows -> labels(rows.result().getMetaData()))) {
                names.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
            }
        }
        catch (LegacyException e) {
            if (e.failure() != LegacyFailure.PERMISSION) {
                throw e;
            }
        }
        return new LegacyColumns(session, requireNonNull(table, "table is null"), names);
    }

    private static List<String> labels(ResultSetMetaData metadata)
            throws SQLException
    {
        List<String> labels = new ArrayList<>();
        for (int index = 1; index <= metadata.getColumnCount(); index++) {
            labels.add(metadata.getColumnLabel(index));
        }
        return labels;
    }

    /**
     * Lower-case names; none where they are not known.
     */
    Map<String, String> names()
    {
        return names;
    }

    /**
     * The column of a name, exactly as it is written in the legacy database, so that no reserved word means something else.
     */
    Optional<ReadOnlyExpression> column(String name)
    {
        if (names.isEmpty()) {
            return Optional.of(quoted(name));
        }
        return Optional.ofNullable(names.get(name.toLowerCase(Locale.ROOT))).map(LegacyColumns::quoted);
    }

    /**
     * What the specification maps a column to: another column, or an expression.
     */
    ReadOnlyExpression mapped(String text)
    {
        return Optional.ofNullable(names.get(text.strip().toLowerCase(Locale.ROOT))).map(LegacyColumns::quoted).orElseGet(() -> ReadOnlyExpression.parse(text));
    }

    private static ReadOnlyExpression quoted(String name)
    {
        return new ReadOnlyExpression("`" + name.replace("`", "``") + "`");
    }

    /**
     * The types of expressions, in their order.
     *
     * @throws LegacyException where one of them cannot be read
     */
    List<LegacyType> types(List<ReadOnlyExpression> expressions)
    {
        return types(session, table, expressions);
    }

    static LegacyType typeOf(LegacySession session, String table, ReadOnlyExpression expression)
    {
        return types(session, table, List.of(expression)).get(0);
    }

    static List<LegacyType> types(LegacySession session, String table, List<ReadOnlyExpression> expressions)
    {
        List<String> selected = expressions.stream().map(session.dialect()::expression).toList();
        return session.query("SELECT " + String.join(", ", selected) + " FROM " + table + " WHERE 1 = 0", rows -> {
            ResultSetMetaData metadata = rows.result().getMetaData();
            List<LegacyType> types = new ArrayList<>();
            for (int index = 1; index <= metadata.getColumnCount(); index++) {
                types.add(new LegacyType(metadata.getColumnTypeName(index), metadata.getPrecision(index), metadata.getScale(index)));
            }
            return types;
        });
    }
}
