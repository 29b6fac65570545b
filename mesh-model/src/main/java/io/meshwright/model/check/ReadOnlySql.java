package io.meshwright.model.check;

import com.google.common.collect.ImmutableSet;
import io.meshwright.model.finding.MeshException;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.WithItem;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.meshwright.model.check.CheckRule.SQL_NOT_READ_ONLY;
import static io.meshwright.model.check.CheckRule.SQL_SYNTAX;
import static io.meshwright.model.check.CheckRule.SQL_TABLE;
import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;

/**
 * A statement of a contract, proven to be one SELECT over the table under test. The text is written anew from what was
 * understood, never passed on as it came, so an engine cannot read it differently.
 *
 * @param text with {@link #TABLE} as the only table
 */
public record ReadOnlySql(String text)
{
    /**
     * The name of the table under test within {@link #text}.
     */
    public static final String TABLE = "table_under_test";

    private static final Set<String> TABLE_PLACEHOLDERS = ImmutableSet.of("model", "table", "object");
    private static final Set<String> QUALIFIER_PLACEHOLDERS = ImmutableSet.of("schema", "database", "catalog", "dataset", "project");
    private static final Set<String> COLUMN_PLACEHOLDERS = ImmutableSet.of("field", "column", "property");
    private static final String QUALIFIER = "mesh_qualifier";
    private static final int PARSE_TIMEOUT_MILLIS = 5_000;

    public ReadOnlySql
    {
        requireNonNull(text, "text is null");
    }

    /**
     * @param names what the table under test may be called: the model, the table, the product; with or without a qualifier
     * @param column the column of a rule on a field, for the placeholders
     * @throws MeshException with a {@link CheckRule} where the text is anything else than one harmless SELECT
     */
    public static ReadOnlySql parse(String sql, Set<String> names, Optional<String> column)
    {
        requireNonNull(sql, "sql is null");
        String normalized = SqlText.normalize(sql, placeholder -> resolve(placeholder, column));
        Select select = select(normalized);
        if (select instanceof PlainSelect plain && plain.getIntoTables() != null && !plain.getIntoTables().isEmpty()) {
            throw new MeshException(SQL_NOT_READ_ONLY, USER, "The statement writes into " + plain.getIntoTables(), "remove INTO");
        }
        List<Table> tables = SqlNodes.tablesOf(select);
        Set<String> allowed = names.stream().map(ReadOnlySql::comparable).collect(toImmutableSet());
        Set<String> commonTables = commonTables(select);
        commonTables.stream().filter(name -> allowed.contains(comparable(name)) || name.equals(TABLE)).findFirst().ifPresent(name -> {
            throw new MeshException(SQL_TABLE, USER, "WITH gives the name of the table under test to something else: " + name, "choose another name");
        });
        Map<Table, Set<String>> visible = visibleCommonTables(select);
        boolean bound = false;
        for (Table table : tables) {
            String name = unquoted(table.getFullyQualifiedName());
            // a qualified name is never that of a common table, whatever that one is called
            if (table.getSchemaName() == null && visible.getOrDefault(table, commonTables).contains(unquoted(table.getName()).toLowerCase(Locale.ROOT))) {
                continue;
            }
            if (!isTableUnderTest(name, allowed)) {
                throw new MeshException(SQL_TABLE, USER, "The statement reads " + name + ", which is not the table under test", "read from one of: " + String.join(", ", names));
            }
            bind(table);
            bound = true;
        }
        if (!bound) {
            throw new MeshException(SQL_TABLE, USER, "The statement does not read the table under test", "select from one of: " + String.join(", ", names));
        }
        return new ReadOnlySql(select.toString());
    }

    /**
     * The rows that the statement counts, where it does nothing else: {@code SELECT count(*) FROM} the table {@code WHERE} a condition on columns, none of them
     * with a qualifier. Such a count adds up over parts of the table.
     */
    Optional<RowFilter> countedRows()
    {
        if (!(select(text) instanceof PlainSelect plain) || plain.getFromItem() == null || plain.getWhere() == null || plain.getSelectItems().size() != 1) {
            return Optional.empty();
        }
        String item = plain.getSelectItems().get(0).toString();
        String alone = "SELECT " + item + " FROM " + plain.getFromItem() + " WHERE " + plain.getWhere();
        // any other clause would be in the text, too
        if (!item.equalsIgnoreCase("count(*)") || !(plain.getFromItem() instanceof Table) || !text.equals(alone)) {
            return Optional.empty();
        }
        try {
            RowFilter filter = RowFilter.parse(plain.getWhere().toString(), Optional.empty());
            return Optional.of(filter).filter(rows -> rows.columns().stream().noneMatch(column -> column.contains(".")));
        }
        catch (MeshException e) {
            // what a condition of a statement may hold and a filter may not, such as a subquery
            return Optional.empty();
        }
    }

    private static Select select(String normalized)
    {
        Statement statement;
        try {
            statement = CCJSqlParserUtil.parse(normalized, parser -> parser.withTimeOut(PARSE_TIMEOUT_MILLIS).withSquareBracketQuotation(false));
        }
        catch (JSQLParserException e) {
            throw new MeshException(SQL_SYNTAX, USER, "The statement is not understood: " + firstLine(e), "write one standard SELECT that returns one number", e);
        }
        if (!(statement instanceof Select select)) {
            throw new MeshException(SQL_NOT_READ_ONLY, USER, "The statement is no SELECT", "write exactly one SELECT");
        }
        return select;
    }

    private static Set<String> commonTables(Select select)
    {
        ImmutableSet.Builder<String> names = ImmutableSet.builder();
        if (select.getWithItemsList() != null) {
            for (WithItem<?> item : select.getWithItemsList()) {
                names.add(unquoted(item.getAlias().getName()).toLowerCase(Locale.ROOT));
            }
        }
        return names.build();
    }

    /**
     * A common table sees those before it and not itself, which would be the table of that name.
     */
    private static Map<Table, Set<String>> visibleCommonTables(Select select)
    {
        Map<Table, Set<String>> visible = new IdentityHashMap<>();
        Set<String> before = new LinkedHashSet<>();
        if (select.getWithItemsList() != null) {
            for (WithItem<?> item : select.getWithItemsList()) {
                Set<String> names = ImmutableSet.copyOf(before);
                SqlNodes.tablesOf(item).forEach(table -> visible.put(table, names));
                before.add(unquoted(item.getAlias().getName()).toLowerCase(Locale.ROOT));
            }
        }
        return visible;
    }

    private static boolean isTableUnderTest(String name, Set<String> allowed)
    {
        String comparable = comparable(name);
        String last = comparable.substring(comparable.lastIndexOf('.') + 1);
        if (last.equals(TABLE) || comparable.equals(QUALIFIER)) {
            return comparable.equals(last) || comparable.startsWith(QUALIFIER + ".");
        }
        return allowed.contains(comparable) || (comparable.startsWith(QUALIFIER + ".") && allowed.contains(last));
    }

    private static void bind(Table table)
    {
        if (table.getAlias() == null) {
            table.setAlias(new Alias(table.getName(), true));
        }
        table.setNameParts(new ArrayList<>(List.of(TABLE)));
    }

    private static String resolve(String placeholder, Optional<String> column)
    {
        String word = placeholder.toLowerCase(Locale.ROOT);
        if (TABLE_PLACEHOLDERS.contains(word)) {
            return TABLE;
        }
        if (QUALIFIER_PLACEHOLDERS.contains(word)) {
            return QUALIFIER;
        }
        return columnOf(placeholder, column);
    }

    static String columnOf(String placeholder, Optional<String> column)
    {
        if (COLUMN_PLACEHOLDERS.contains(placeholder.toLowerCase(Locale.ROOT))) {
            return column.map(name -> "`" + name.replace(".", "`.`") + "`")
                    .orElseThrow(() -> SqlText.refused("{" + placeholder + "} stands in a rule that is not on a field", "name the column"));
        }
        throw SqlText.refused("Unknown placeholder {" + placeholder + "}", "use {model} for the table and {field} for the column");
    }

    /**
     * Product names have hyphens where SQL has underscores.
     */
    private static String comparable(String name)
    {
        return name.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    private static String unquoted(String name)
    {
        return name.replace("`", "");
    }

    static String firstLine(Exception exception)
    {
        String message = exception.getMessage() == null ? exception.getClass().getSimpleName() : exception.getMessage();
        return message.lines().findFirst().orElse("").strip();
    }
}
