package io.meshwright.trino.usage;

import com.google.common.collect.ImmutableList;
import io.trino.sql.parser.ParsingException;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.DefaultTraversalVisitor;
import io.trino.sql.tree.ExecuteImmediate;
import io.trino.sql.tree.Explain;
import io.trino.sql.tree.QualifiedName;
import io.trino.sql.tree.ShowStats;
import io.trino.sql.tree.Statement;
import io.trino.sql.tree.Table;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * The tables that a text of SQL names. Trino tells what a query reads only once it is analysed, so this is all there is about
 * a query that was refused before. The text itself is not kept.
 */
final class NamedTables
{
    // the parser's time grows without bound with the depth, and one text must not keep all others waiting
    private static final int LONGEST_TEXT = 100_000;
    private static final int DEEPEST_NESTING = 100;

    private final SqlParser parser = new SqlParser();
    private final String catalogOfProducts;

    NamedTables(String catalogOfProducts)
    {
        this.catalogOfProducts = requireNonNull(catalogOfProducts, "catalogOfProducts is null");
    }

    /**
     * The names in the catalog of products that a statement would read; none for a text that cannot be parsed, and for
     * statements that show no data, such as EXPLAIN. Empty where the text is too long or too deep to be looked at.
     */
    Optional<List<TableName>> of(String text, Optional<String> catalog, Optional<String> schema)
    {
        if (text.length() > LONGEST_TEXT || nesting(text) > DEEPEST_NESTING) {
            return Optional.empty();
        }
        try {
            return of(parser.createStatement(text), catalog, schema);
        }
        catch (ParsingException e) {
            return Optional.of(ImmutableList.of());
        }
    }

    private static int nesting(String text)
    {
        int depth = 0;
        int deepest = 0;
        for (int index = 0; index < text.length(); index++) {
            switch (text.charAt(index)) {
                case '(', '[' -> {
                    depth++;
                    deepest = Math.max(deepest, depth);
                }
                case ')', ']' -> depth--;
                default -> {}
            }
        }
        return deepest;
    }

    private Optional<List<TableName>> of(Statement statement, Optional<String> catalog, Optional<String> schema)
    {
        if (statement instanceof Explain) {
            return Optional.of(ImmutableList.of());
        }
        if (statement instanceof ExecuteImmediate immediate) {
            return of(immediate.getStatement().getValue(), catalog, schema);
        }
        Names names = new Names();
        names.process(statement instanceof ShowStats stats ? stats.getRelation() : statement);
        return Optional.of(names.found.stream()
                .flatMap(name -> resolve(name, catalog, schema).stream())
                .filter(name -> name.catalog().equals(catalogOfProducts))
                .collect(toImmutableList()));
    }

    private static Optional<TableName> resolve(QualifiedName name, Optional<String> catalog, Optional<String> schema)
    {
        List<String> parts = name.getParts().stream().map(part -> part.toLowerCase(Locale.ROOT)).toList();
        return switch (parts.size()) {
            case 1 -> catalog.flatMap(first -> schema.map(second -> new TableName(first, second, parts.getFirst())));
            case 2 -> catalog.map(first -> new TableName(first, parts.getFirst(), parts.getLast()));
            case 3 -> Optional.of(new TableName(parts.get(0), parts.get(1), parts.get(2)));
            default -> Optional.empty();
        };
    }

    private static final class Names
            extends DefaultTraversalVisitor<Void>
    {
        private final Set<QualifiedName> found = new LinkedHashSet<>();

        @Override
        protected Void visitTable(Table table, Void context)
        {
            // it may be the name of a subquery of WITH; that there is a product of this name is found out later
            found.add(table.getName());
            return super.visitTable(table, context);
        }
    }
}
