package io.meshwright.model.check;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.sql.SyntaxTree;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.DateUnitExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.schema.Column;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import static io.meshwright.model.check.CheckRule.SQL_NOT_READ_ONLY;
import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;

/**
 * The rows that a check is about: those for which an expression over the columns of the table under test is true. A row for which it is NULL is not among
 * them, as in SQL.
 *
 * @param text the expression, written anew from what was understood
 * @param columns that it names
 * @param predicate as much of it as metadata can answer
 */
public record RowFilter(String text, List<String> columns, RowPredicate predicate)
{
    private static final Pattern CLOCK = Pattern.compile("(?i)\\b(current_date|current_timestamp|now|unix_timestamp)\\b");

    public RowFilter
    {
        requireNonNull(text, "text is null");
        columns = ImmutableList.copyOf(columns);
        requireNonNull(predicate, "predicate is null");
    }

    /**
     * @param column of the rule, for the placeholder {@code {field}}
     * @throws MeshException with a {@link CheckRule} where the text is anything else than one harmless expression
     */
    public static RowFilter parse(String expression, Optional<String> column)
    {
        Expression parsed = ReadOnlyExpression.parsed(expression, placeholder -> ReadOnlySql.columnOf(placeholder, column));
        Set<String> columns = new LinkedHashSet<>();
        Set<Object> units = Collections.newSetFromMap(new IdentityHashMap<>());
        SyntaxTree.forEach(parsed, node -> {
            if (node instanceof AnalyticExpression) {
                throw new MeshException(SQL_NOT_READ_ONLY, USER, "The filter looks at more than one row", "compare columns of the row itself");
            }
            if (node instanceof Function function && function.getParameters() != null) {
                function.getParameters().stream().filter(DateUnitExpression.class::isInstance).forEach(units::add);
            }
            if (node instanceof Expression part && !units.contains(node)) {
                columnOf(part).ifPresent(columns::add);
            }
        });
        return new RowFilter(parsed.toString(), ImmutableList.copyOf(columns), RowPredicate.of(parsed));
    }

    /**
     * Whether the same row may be in today and out tomorrow.
     */
    public boolean dependsOnClock()
    {
        return dependsOnClock(text);
    }

    static boolean dependsOnClock(String sql)
    {
        return CLOCK.matcher(sql).find();
    }

    /**
     * The column that an expression is. One that is named day or hour is taken for the unit of that name by the parser, and its letters are no longer told.
     */
    static Optional<String> columnOf(Expression expression)
    {
        if (expression instanceof DateUnitExpression unit) {
            return Optional.of(unit.toString().toLowerCase(Locale.ROOT));
        }
        return expression instanceof Column column ? Optional.of(nameOf(column)) : Optional.empty();
    }

    private static String nameOf(Column column)
    {
        return column.getFullyQualifiedName().replace("`", "");
    }
}
