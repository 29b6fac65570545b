package io.meshwright.leak;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * All that a client gets for one statement.
 *
 * @param rows values as the protocol has them; NULL is null
 * @param error the message of a failed statement
 * @param responses everything the server answered while the statement ran, byte for byte
 * @param details what the server tells about the query afterwards: its plan, statistics and events
 */
record Answer(String queryId, List<String> columns, List<List<Object>> rows, Optional<String> error, String responses, String details, Map<String, String> prepared)
{
    Answer
    {
        requireNonNull(queryId, "queryId is null");
        columns = List.copyOf(columns);
        // not an immutable copy: rows hold nulls
        rows = Collections.unmodifiableList(rows);
        requireNonNull(error, "error is null");
        requireNonNull(responses, "responses is null");
        requireNonNull(details, "details is null");
        prepared = Map.copyOf(prepared);
    }

    /**
     * The rows as lines of text, as a reader sees them.
     */
    String text()
    {
        return rows.stream()
                .map(row -> row.stream().map(String::valueOf).collect(joining(" | ")))
                .collect(joining("\n"));
    }

    static List<Object> row(Object... values)
    {
        return Arrays.asList(values);
    }
}
