package io.meshwright.model.view;

import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.parser.ASTNodeAccessImpl;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.parser.Node;
import net.sf.jsqlparser.parser.Token;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.LateralSubSelect;
import net.sf.jsqlparser.statement.select.ParenthesedFromItem;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.TableFunction;
import net.sf.jsqlparser.statement.select.WithItem;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Walks a parsed SELECT by its fields, so that nothing that rows can come from is overlooked. A visitor would pass over
 * what it does not know.
 */
final class ViewNodes
{
    private static final String PACKAGE = CCJSqlParserUtil.class.getPackageName().replaceFirst("parser$", "");

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Table> tables = new ArrayList<>();
    private final Set<String> commonTables = new HashSet<>();

    private ViewNodes() {}

    static ViewNodes of(Select select)
    {
        ViewNodes nodes = new ViewNodes();
        nodes.walk(select);
        return nodes;
    }

    List<Table> tables()
    {
        return List.copyOf(tables);
    }

    boolean isCommonTable(Table table)
    {
        return table.getNameParts().size() == 1 && commonTables.contains(ViewQuery.unquoted(table.getName()));
    }

    private void walk(Object value)
    {
        if (value == null || !seen.add(value)) {
            return;
        }
        if (value instanceof Iterable<?> elements) {
            elements.forEach(this::walk);
        }
        else if (value instanceof Object[] array) {
            List.of(array).forEach(this::walk);
        }
        // the parser's own tree of tokens hangs on every node and says nothing new
        if (!value.getClass().getName().startsWith(PACKAGE) || value instanceof Node || value instanceof Token) {
            return;
        }
        inspect(value);
        for (Class<?> type = value.getClass(); type != Object.class && type != ASTNodeAccessImpl.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                // the qualifier of a column is a table to the parser, though nothing is read through it
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive() && !((value instanceof Column || value instanceof Table) && field.getType() == Table.class)
                        && type.getName().startsWith(PACKAGE)) {
                    walk(read(field, value));
                }
            }
        }
    }

    private void inspect(Object node)
    {
        if (node instanceof Table table) {
            if (table.getTimeTravel() != null || table.getTimeTravelStrAfterAlias() != null) {
                throw ViewQuery.refused("the query reads an older version of %s".formatted(table.getName()), "read the address itself; its reader chooses the version");
            }
            tables.add(table);
        }
        else if (node instanceof TableFunction function) {
            if (function.getFunctions().stream().anyMatch(each -> !each.getName().toLowerCase(Locale.ROOT).equals("unnest"))) {
                throw ViewQuery.refused("the query reads a table function", "read products by their addresses; only UNNEST may stand there");
            }
        }
        else if (node instanceof FromItem && !(node instanceof Select || node instanceof ParenthesedFromItem || node instanceof LateralSubSelect)) {
            throw ViewQuery.refused("the query reads something that is no product: " + node.getClass().getSimpleName(), "read products by their addresses");
        }
        else if (node instanceof Statement && !(node instanceof Select)) {
            throw ViewQuery.refused("the query holds a statement that is no SELECT", "write exactly one SELECT over addresses");
        }
        if (node instanceof PlainSelect select && ((select.getIntoTables() != null && !select.getIntoTables().isEmpty()) || select.getIntoTempTable() != null)) {
            throw ViewQuery.refused("the query writes into a table", "remove INTO");
        }
        if (node instanceof Function function && function.getName() != null && function.getName().contains(".")) {
            throw ViewQuery.refused("the query calls %s, a function of a catalog".formatted(function.getName()), "use the engine's own functions");
        }
        if (node instanceof WithItem<?> item) {
            commonTables.add(ViewQuery.unquoted(item.getAlias().getName()));
        }
    }

    private static Object read(Field field, Object value)
    {
        try {
            field.setAccessible(true);
            return field.get(value);
        }
        catch (IllegalAccessException e) {
            throw new IllegalStateException("Field " + field + " cannot be read", e);
        }
    }
}
