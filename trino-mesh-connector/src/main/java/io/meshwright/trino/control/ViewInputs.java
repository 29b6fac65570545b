package io.meshwright.trino.control;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.MapMaker;
import io.meshwright.model.view.ViewQuery;
import io.meshwright.trino.product.Product;
import io.trino.spi.connector.SchemaTableName;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What view ports read, by their queries.
 */
final class ViewInputs
{
    /**
     * @param column of the view; empty where the query does not tell it
     */
    record Flow(SchemaTableName input, Optional<String> column, Optional<String> inputColumn) {}

    private final Map<Product.View, List<Flow>> flows = new MapMaker().weakKeys().makeMap();

    List<Flow> flows(Product.View view)
    {
        return flows.computeIfAbsent(view, _ -> of(view.query()));
    }

    private static List<Flow> of(ViewQuery parsed)
    {
        ImmutableList.Builder<Flow> flows = ImmutableList.builder();
        Set<SchemaTableName> withColumns = new HashSet<>();
        parsed.columns().ifPresent(columns -> columns.forEach(column -> column.source().ifPresent(source -> {
            SchemaTableName input = name(source.input());
            withColumns.add(input);
            flows.add(new Flow(input, column.name(), Optional.of(source.column())));
        })));
        parsed.inputs().stream()
                .map(ViewInputs::name)
                .filter(input -> !withColumns.contains(input))
                .forEach(input -> flows.add(new Flow(input, Optional.empty(), Optional.empty())));
        return flows.build();
    }

    private static SchemaTableName name(ViewQuery.Input input)
    {
        return new SchemaTableName(input.schema(), input.table());
    }
}
