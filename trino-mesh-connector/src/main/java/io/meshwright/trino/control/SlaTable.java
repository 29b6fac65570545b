package io.meshwright.trino.control;

import com.google.common.collect.ImmutableMap;
import io.meshwright.bridge.result.SlaRow;
import io.meshwright.model.sla.SlaEvaluator;
import io.meshwright.model.sla.SlaMeasurement;
import io.meshwright.trino.product.Product;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * The promises of products, and how they stand.
 */
final class SlaTable
{
    /**
     * Tells freshness by what storage says at once; empty where only a job can tell it.
     */
    interface LiveFreshness
    {
        Optional<SlaMeasurement> measure(Product product, Instant now);
    }

    /**
     * @param mayRead whether places and other systems may be named
     * @param seesFigure whether more than the verdict may be told
     */
    record State(Objective objective, boolean mayRead, boolean seesFigure, Instant now)
    {
        OptionalLong age()
        {
            return objective.result().measuredAt()
                    .map(measuredAt -> OptionalLong.of(Math.max(0, Duration.between(measuredAt, now).toSeconds())))
                    .orElse(OptionalLong.empty());
        }
    }

    static final ControlColumns<State> COLUMNS = ControlColumns.<State>builder()
            .text("product", "Address of the product", state -> state.objective().product())
            .text("slo", "freshness, completeness, availability, accuracy or latency", state -> state.objective().result().slo())
            .text("objective", "What is promised", state -> state.objective().objective())
            .text("status", "met, missed or unknown; what was not measured, or too long ago, is unknown", state -> state.objective().status().label())
            .optionalDecimal("actual", 9, "The figure that was measured: seconds for freshness and latency, 0..1 for the others; null when it was not measured or is not for you", state -> state.objective().result().actual().filter(_ -> state.seesFigure()))
            .optionalDecimal("threshold", 9, "At most this for freshness and latency, at least this for the others", state -> state.objective().result().threshold())
            .text("unit", "seconds or ratio", state -> SlaEvaluator.isSeconds(state.objective().result().slo()) ? "seconds" : "ratio")
            .optionalTimestamp("measured_at", "When the figure was taken", state -> state.objective().result().measuredAt())
            .optionalBigint("age_seconds", "How old the figure is", State::age)
            .bool("live", "Whether the figure was taken for this question", state -> state.objective().live())
            .optionalText("source", "What the figure is taken from", state -> state.objective().result().source().filter(_ -> state.mayRead()))
            .optionalText("message", "Why it is missed or unknown", state -> state.objective().result().message().filter(_ -> state.seesFigure()))
            .optionalTimestamp("checked_at", "When the objective was checked last", state -> state.objective().checkedAt())
            .optionalText("snapshot_id", "Version of the data that the figure is of, for FOR VERSION AS OF", state -> state.objective().snapshotId())
            .build();

    private final ControlAccess access;
    private final LatestResults results;
    private final Clock clock;

    SlaTable(ControlAccess access, LatestResults results, Clock clock)
    {
        this.access = requireNonNull(access, "access is null");
        this.results = requireNonNull(results, "results is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    ControlRows<State> rows(ControlRequest request)
            throws IOException
    {
        return rows(request, (_, _) -> Optional.empty());
    }

    ControlRows<State> rows(ControlRequest request, LiveFreshness live)
            throws IOException
    {
        Map<String, Map<String, SlaRow>> last = results.sla();
        Instant now = clock.instant();
        return ControlRows.of(
                request.asked()
                        .filter(product -> product.spec().isPresent())
                        .filter(product -> access.finds(product, request.identity())),
                (product, rows) -> {
                    boolean mayRead = access.reads(product, request.identity());
                    Optional<SlaMeasurement> measured = mayRead ? live.measure(product, now) : Optional.empty();
                    Objective.of(product, last.getOrDefault(product.address(), ImmutableMap.of()), measured, now)
                            .forEach(objective -> rows.accept(new State(
                                    objective,
                                    mayRead,
                                    access.seesFigure(product, objective.result().slo(), objective.result().source(), request.identity()),
                                    now)));
                });
    }
}
