package io.meshwright.trino.usage;

import com.google.common.collect.ImmutableList;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * What one query used, as it is kept until it is in the registry: names and figures, no values.
 *
 * @param reading whether data of the inputs was read, or was to be read: not so where a view was defined
 * @param inputs without those that are no product, where nothing was written
 * @param asked products that a query named that failed before it was known what it reads
 * @param output where the query wrote
 * @param text only where the listener is told to keep it
 */
public record QueryUsage(
        String queryId,
        String userName,
        Optional<String> principal,
        List<String> groups,
        Optional<String> source,
        List<String> clientTags,
        String statement,
        String outcome,
        Optional<String> errorCode,
        Optional<String> errorType,
        Optional<String> rule,
        OptionalLong resultRows,
        long durationMillis,
        Instant startedAt,
        Instant endedAt,
        boolean reading,
        List<Input> inputs,
        List<TableName> asked,
        Optional<Output> output,
        Optional<String> text)
{
    /**
     * One table that was read, or that the query was planned to read.
     *
     * @param product empty for a table that is no product
     * @param rightsOf whose rights applied, where these were not the user's
     * @param through views between the query and the table, outermost first
     */
    public record Input(
            TableName name,
            Optional<ProductRead> product,
            Optional<String> snapshotId,
            List<String> columns,
            Optional<String> rightsOf,
            List<TableName> through,
            OptionalLong rows,
            OptionalLong bytes)
    {
        public Input
        {
            requireNonNull(name, "name is null");
            requireNonNull(product, "product is null");
            requireNonNull(snapshotId, "snapshotId is null");
            columns = ImmutableList.copyOf(columns);
            requireNonNull(rightsOf, "rightsOf is null");
            through = ImmutableList.copyOf(through);
            requireNonNull(rows, "rows is null");
            requireNonNull(bytes, "bytes is null");
        }
    }

    public record Output(TableName name, boolean view, List<OutputColumn> columns)
    {
        public Output
        {
            requireNonNull(name, "name is null");
            columns = ImmutableList.copyOf(columns);
        }
    }

    public record OutputColumn(String name, String type, List<SourceColumn> sources)
    {
        public OutputColumn
        {
            requireNonNull(name, "name is null");
            requireNonNull(type, "type is null");
            sources = ImmutableList.copyOf(sources);
        }
    }

    public record SourceColumn(TableName table, String column)
    {
        public SourceColumn
        {
            requireNonNull(table, "table is null");
            requireNonNull(column, "column is null");
        }
    }

    public QueryUsage
    {
        requireNonNull(queryId, "queryId is null");
        requireNonNull(userName, "userName is null");
        requireNonNull(principal, "principal is null");
        groups = ImmutableList.copyOf(groups);
        requireNonNull(source, "source is null");
        clientTags = ImmutableList.copyOf(clientTags);
        requireNonNull(statement, "statement is null");
        requireNonNull(outcome, "outcome is null");
        requireNonNull(errorCode, "errorCode is null");
        requireNonNull(errorType, "errorType is null");
        requireNonNull(rule, "rule is null");
        requireNonNull(resultRows, "resultRows is null");
        requireNonNull(startedAt, "startedAt is null");
        requireNonNull(endedAt, "endedAt is null");
        inputs = ImmutableList.copyOf(inputs);
        asked = ImmutableList.copyOf(asked);
        requireNonNull(output, "output is null");
        requireNonNull(text, "text is null");
    }

    QueryUsage withAsked(List<TableName> asked)
    {
        return new QueryUsage(queryId, userName, principal, groups, source, clientTags, statement, outcome, errorCode, errorType, rule, resultRows, durationMillis, startedAt, endedAt, reading, inputs, asked, output, text);
    }

    /**
     * Whether anything in it concerns a product.
     */
    boolean isEmpty()
    {
        return inputs.isEmpty() && asked.isEmpty();
    }
}
