package io.meshwright.model.view;

import io.meshwright.model.sql.SyntaxTree;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.LateralSubSelect;
import net.sf.jsqlparser.statement.select.ParenthesedFromItem;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.TableFunction;
import net.sf.jsqlparser.statement.select.WithItem;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * All that rows of a parsed SELECT can come from. Refuses what is no product.
 */
final class ViewNodes
{
    private final List<Table> tables = new ArrayList<>();
    private final Set<String> commonTables = new HashSet<>();

    private ViewNodes() {}

    static ViewNodes of(Select select)
    {
        ViewNodes nodes = new ViewNodes();
        SyntaxTree.forEach(select, nodes::inspect);
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
}
