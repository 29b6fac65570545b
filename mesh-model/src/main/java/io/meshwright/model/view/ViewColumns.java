package io.meshwright.model.view;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.view.ViewQuery.Column;
import io.meshwright.model.view.ViewQuery.Input;
import io.meshwright.model.view.ViewQuery.Source;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SelectItem;
import net.sf.jsqlparser.statement.select.SetOperationList;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * The columns of a SELECT, as far as its text tells them.
 */
final class ViewColumns
{
    private ViewColumns() {}

    /**
     * @param inputOf the product that a table stands for; empty where it stands for something else
     */
    static Optional<List<Column>> of(Select select, Function<Table, Optional<Input>> inputOf)
    {
        if (select instanceof ParenthesedSelect parenthesed) {
            return of(parenthesed.getSelect(), inputOf);
        }
        if (select instanceof SetOperationList operations) {
            // the first branch names the columns; their types are those of all branches together
            return of(operations.getSelects().get(0), inputOf)
                    .map(columns -> columns.stream().map(column -> new Column(column.name(), Optional.empty())).collect(toImmutableList()));
        }
        if (!(select instanceof PlainSelect plain) || plain.getSelectItems() == null) {
            return Optional.empty();
        }
        Map<String, Optional<Input>> sources = sources(plain, inputOf);
        ImmutableList.Builder<Column> columns = ImmutableList.builder();
        for (SelectItem<?> item : plain.getSelectItems()) {
            Expression expression = item.getExpression();
            if (expression instanceof AllColumns || expression instanceof AllTableColumns) {
                return Optional.empty();
            }
            columns.add(column(item, expression, sources));
        }
        return Optional.of(columns.build());
    }

    private static Column column(SelectItem<?> item, Expression expression, Map<String, Optional<Input>> sources)
    {
        Optional<String> alias = Optional.ofNullable(item.getAlias()).map(name -> ViewQuery.unquoted(name.getName()));
        if (!(expression instanceof net.sf.jsqlparser.schema.Column reference)) {
            return new Column(alias, Optional.empty());
        }
        String name = ViewQuery.unquoted(reference.getColumnName());
        Optional<Input> input = Optional.empty();
        if (reference.getTable() != null && reference.getTable().getName() != null) {
            input = sources.getOrDefault(ViewQuery.unquoted(reference.getTable().getName()), Optional.empty());
        }
        else if (sources.size() == 1) {
            input = sources.values().iterator().next();
        }
        return new Column(alias.or(() -> Optional.of(name)), input.map(source -> new Source(source, name)));
    }

    /**
     * What the query reads, by the name that qualifies its columns.
     */
    private static Map<String, Optional<Input>> sources(PlainSelect plain, Function<Table, Optional<Input>> inputOf)
    {
        Map<String, Optional<Input>> sources = new HashMap<>();
        add(plain.getFromItem(), inputOf, sources);
        if (plain.getJoins() != null) {
            for (Join join : plain.getJoins()) {
                add(join.getFromItem(), inputOf, sources);
            }
        }
        return sources;
    }

    private static void add(FromItem item, Function<Table, Optional<Input>> inputOf, Map<String, Optional<Input>> sources)
    {
        if (item == null) {
            return;
        }
        Optional<String> alias = Optional.ofNullable(item.getAlias()).map(name -> ViewQuery.unquoted(name.getName()));
        if (item instanceof Table table) {
            sources.put(alias.orElseGet(() -> ViewQuery.unquoted(table.getName())), inputOf.apply(table));
            return;
        }
        sources.put(alias.orElse(""), Optional.empty());
    }
}
