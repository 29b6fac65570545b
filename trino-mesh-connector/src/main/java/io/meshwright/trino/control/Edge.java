package io.meshwright.trino.control;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * That data flows into or out of a product, seen from that product.
 *
 * @param upstream whether the data comes from the other end
 * @param other a product's address, or what the declaration or the query names
 * @param otherKind product, table, view, or the technology of an input port
 * @param productColumn empty where the columns are not known
 * @param otherColumn empty also where the product's column only decided what was written
 * @param indirect whether the column only decided what was written, for example in a filter
 * @param observed whether a query was seen, or the flow is declared only
 * @param via the input port, or the kind of the statement
 */
record Edge(
        String product,
        boolean upstream,
        String other,
        String otherKind,
        Optional<String> productColumn,
        Optional<String> otherColumn,
        boolean indirect,
        Optional<Boolean> masked,
        boolean observed,
        String via,
        Optional<LastQuery> last)
{
    /**
     * The last query that made an edge.
     *
     * @param leftResidency whether data went outside its residency; empty where it cannot be told
     */
    record LastQuery(String queryId, String userName, Optional<String> job, Optional<Boolean> leftResidency, long queries, Instant firstSeen, Instant lastSeen) {}

    /**
     * Without the people and programs.
     */
    Edge anonymous()
    {
        Optional<LastQuery> anonymous = last.map(query -> new LastQuery("", "", Optional.empty(), query.leftResidency(), query.queries(), query.firstSeen(), query.lastSeen()));
        return new Edge(product, upstream, other, otherKind, productColumn, otherColumn, indirect, masked, observed, via, anonymous);
    }

    Optional<String> named(Function<LastQuery, String> part)
    {
        return last.map(part).filter(text -> !text.isEmpty());
    }
}
