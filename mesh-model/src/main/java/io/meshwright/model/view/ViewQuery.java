package io.meshwright.model.view;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.product.SpecRule;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.select.Select;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;

/**
 * The query of a view port, proven to be one SELECT that reads product addresses and nothing else. Functions are not limited:
 * the view runs with its reader's rights, so that it can do nothing which its reader could not do.
 *
 * @param text as it was written
 * @param inputs the products that are read, by their names in SQL
 * @param columns empty where they cannot be told without knowing the inputs, because of an asterisk
 */
public record ViewQuery(String text, Set<Input> inputs, Optional<List<Column>> columns)
{
    private static final int LONGEST = 100_000;
    private static final int PARSE_TIMEOUT_MILLIS = 5_000;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
    private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");
    // as in the parser of specifications: schemas that can be no domain
    private static final Set<String> RESERVED = ImmutableSet.of("mesh", "meta", "system", "information_schema");

    /**
     * A product as SQL names it, in lower case.
     */
    public record Input(String schema, String table)
    {
        public Input
        {
            requireNonNull(schema, "schema is null");
            requireNonNull(table, "table is null");
        }

        @Override
        public String toString()
        {
            return schema + "." + table;
        }
    }

    /**
     * A column that the query gives.
     *
     * @param name empty where it is an expression without AS
     * @param source where it is a column of an input as it is
     */
    public record Column(Optional<String> name, Optional<Source> source)
    {
        public Column
        {
            requireNonNull(name, "name is null");
            requireNonNull(source, "source is null");
        }
    }

    public record Source(Input input, String column)
    {
        public Source
        {
            requireNonNull(input, "input is null");
            requireNonNull(column, "column is null");
        }
    }

    public ViewQuery
    {
        requireNonNull(text, "text is null");
        inputs = ImmutableSet.copyOf(inputs);
        columns = columns.map(ImmutableList::copyOf);
    }

    /**
     * @param schema of the view, in which names without a schema are looked up
     * @throws MeshException with {@link SpecRule#VIEW_QUERY} where the text is anything else than one such SELECT
     */
    public static ViewQuery parse(String sql, String schema)
    {
        requireNonNull(sql, "sql is null");
        requireNonNull(schema, "schema is null");
        Select select = select(sql);
        ViewNodes nodes = ViewNodes.of(select);
        ImmutableSet.Builder<Input> inputs = ImmutableSet.builder();
        for (Table table : nodes.tables()) {
            if (!nodes.isCommonTable(table)) {
                inputs.add(input(table, schema));
            }
        }
        Set<Input> read = inputs.build();
        if (read.isEmpty()) {
            throw refused("the query reads no product", "select from an address, for example  FROM orders.order_events");
        }
        return new ViewQuery(sql, read, ViewColumns.of(select, table -> nodes.isCommonTable(table) ? Optional.empty() : Optional.of(input(table, schema))));
    }

    private static Select select(String sql)
    {
        if (sql.length() > LONGEST) {
            throw refused("the query has %s characters, %s are allowed".formatted(sql.length(), LONGEST), "make views of its parts");
        }
        // the parser stops at a semicolon, and what follows must not pass unseen
        String text = QUOTED.matcher(sql).replaceAll("").strip();
        if (text.indexOf(';') >= 0 && text.indexOf(';') < text.length() - 1) {
            throw refused("the query is more than one statement", "write exactly one SELECT over addresses");
        }
        Statement statement;
        try {
            statement = CCJSqlParserUtil.parse(sql, parser -> parser.withTimeOut(PARSE_TIMEOUT_MILLIS).withSquareBracketQuotation(false));
        }
        catch (JSQLParserException e) {
            throw new MeshException(SpecRule.VIEW_QUERY, USER, "the query is not understood: " + firstLine(e), "write exactly one standard SELECT over addresses, with names that are keywords in double quotes", e);
        }
        if (!(statement instanceof Select select)) {
            throw refused("the query is no SELECT", "write exactly one SELECT over addresses");
        }
        return select;
    }

    private static Input input(Table table, String schema)
    {
        List<String> parts = nameParts(table);
        if (parts.size() > 2) {
            throw refused(
                    "the query reads %s, which names a catalog".formatted(String.join(".", parts)),
                    "read a product by its address, domain.product: what lies in a catalog has no contract and no masks");
        }
        Input input = parts.size() == 1 ? new Input(schema, parts.get(0)) : new Input(parts.get(0), parts.get(1));
        if (RESERVED.contains(input.schema()) || !NAME.matcher(input.schema()).matches() || !NAME.matcher(input.table()).matches()) {
            throw refused("the query reads %s, which is no address of a product".formatted(input), "read a product by its address, for example orders.order_events");
        }
        return input;
    }

    private static List<String> nameParts(Table table)
    {
        // the parser keeps the parts from the last to the first
        ImmutableList.Builder<String> parts = ImmutableList.builder();
        table.getNameParts().forEach(part -> parts.add(part == null ? "" : unquoted(part)));
        return parts.build().reverse();
    }

    static String unquoted(String name)
    {
        String plain = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
        return plain.toLowerCase(Locale.ROOT);
    }

    static MeshException refused(String message, String fix)
    {
        return new MeshException(SpecRule.VIEW_QUERY, USER, message, fix);
    }

    private static String firstLine(Exception exception)
    {
        String message = exception.getMessage() == null ? exception.getClass().getSimpleName() : exception.getMessage();
        return message.lines().findFirst().orElse("").strip();
    }
}
