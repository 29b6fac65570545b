package io.meshwright.cli.report;

import io.meshwright.model.reconciliation.Acceptance;
import io.meshwright.model.reconciliation.ColumnResult;
import io.meshwright.model.reconciliation.ReconciliationHistory;
import io.meshwright.model.reconciliation.ReconciliationReport;
import io.meshwright.model.reconciliation.ReconciliationReport.Cost;
import io.meshwright.model.reconciliation.ReconciliationReport.Difference;
import io.meshwright.model.reconciliation.ReconciliationReport.NotCompared;
import io.meshwright.model.reconciliation.ReconciliationReport.Totals;
import io.meshwright.model.reconciliation.ReconciliationReport.Verdict;
import io.meshwright.model.reconciliation.WindowResult;
import io.meshwright.model.reconciliation.WindowResult.State;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * A report with everything that a report can have.
 */
public final class TestingReconciliation
{
    private static final Instant TIME = Instant.parse("2026-11-21T10:00:00Z");
    private static final Cost COST = new Cost(new BigDecimal("2.5"), 3, OptionalLong.of(30_000));

    private TestingReconciliation() {}

    public static ReconciliationReport report()
    {
        return report("orders.order-events");
    }

    /**
     * @param name of everything that somebody names
     */
    public static ReconciliationReport report(String name)
    {
        boolean plain = name.equals("orders.order-events");
        String by = plain ? "ana@retailer.example" : name;
        String column = plain ? "occurred_at" : name;
        List<WindowResult> windows = List.of(
                window("2026-11-14", 0, 0, State.OK, Optional.empty(), Optional.empty()),
                window("2026-11-15", -60, 60, State.ACCEPTED, Optional.of(new Acceptance(LocalDate.parse("2026-12-31"), by, plain ? "<b>test orders</b>" : name)), Optional.empty()),
                window("2026-11-16", 0, 0, State.OK, Optional.empty(), Optional.empty()),
                window("2026-11-17", -288, 290, State.CONFIRMED, Optional.empty(), Optional.empty()),
                window("2026-11-18", 0, 0, State.SKIPPED, Optional.empty(), Optional.of(plain ? "the legacy warehouse is left alone at 08:00-18:00" : name)),
                window("2026-11-19", 0, 0, State.OK, Optional.empty(), Optional.empty()),
                window("2026-11-20", -3, 3, State.SETTLING, Optional.empty(), Optional.empty()),
                window("null", -1, 1, State.CONFIRMED, Optional.empty(), Optional.empty()));
        return new ReconciliationReport(
                "meshwright.io/v1",
                ReconciliationReport.KIND,
                name,
                plain ? "legacy_warehouse.fct_orders" : name,
                Optional.of("42"),
                Optional.of(TIME),
                "native",
                "Europe/Berlin",
                Verdict.BREACH,
                Optional.of(new BigDecimal("0.998")),
                false,
                new BigDecimal("0.999"),
                new Totals(230_400, 230_048, -352, OptionalLong.of(229_946), OptionalLong.of(354), OptionalLong.of(2), OptionalLong.of(2), OptionalLong.of(50), OptionalLong.of(10), OptionalLong.of(0)),
                windows,
                List.of(new Difference("2026-11-17", "missing", "4711", List.of()), new Difference("null", "changed", "email=1f0c5be2a4d3970e", List.of(column, "amount")), new Difference("all", "format-only", name, List.of("amount"))),
                List.of(new NotCompared(plain ? "column payload" : name, "json is not compared")),
                List.of("2026-11-17: legacy 28800, mesh 28512 (-288), completeness 0.98993, declared 0.999"),
                COST,
                "run-36",
                TIME,
                TIME,
                List.of("decimals to 2 digits", "char(n) without the blanks at its end"),
                List.of(
                        new ColumnResult(column, 50, 40, 0, Optional.of("time zone: the product is 1 h later"), List.of("4711", "4712", "4713", "4714", "4715")),
                        new ColumnResult("amount", 50, 10, 10, Optional.of("digits after the point were cut or rounded"), List.of("email=1f0c5be2a4d3970e"))),
                Optional.of(history()));
    }

    private static ReconciliationHistory history()
    {
        return new ReconciliationHistory(
                37,
                Optional.of(TIME.minus(Duration.ofDays(30))),
                Optional.of(TIME),
                OptionalLong.of(Duration.ofDays(6).toSeconds()),
                OptionalLong.of(Duration.ofHours(26).toSeconds()),
                new Cost(new BigDecimal("91.5"), 74, OptionalLong.of(1_048_576)),
                IntStream.range(0, 35)
                        .mapToObj(index -> new ReconciliationHistory.Window(
                                LocalDate.parse("2026-10-17").plusDays(index).toString(), index == 9 ? State.CONFIRMED : State.OK, index == 9 ? -12 : 0, new BigDecimal(index == 9 ? "0.9995" : "1"), new BigDecimal("0.999"), Optional.empty(), TIME))
                        .toList(),
                IntStream.range(0, 35)
                        .mapToObj(index -> new ReconciliationHistory.Run(TIME.minus(Duration.ofDays(34 - index)), Verdict.OK, Optional.of(new BigDecimal(index < 10 ? "0.95" : "0.9995").add(new BigDecimal(index % 3).movePointLeft(4)).stripTrailingZeros()), 1))
                        .toList());
    }

    private static WindowResult window(String window, long net, long missing, State state, Optional<Acceptance> acceptance, Optional<String> reason)
    {
        return new WindowResult(
                window,
                28_800,
                28_800 + net,
                net,
                OptionalLong.of(missing),
                OptionalLong.of(missing + net),
                OptionalLong.of(state == State.CONFIRMED ? 50 : 0),
                OptionalLong.of(0),
                new BigDecimal(net == 0 ? "1" : "0.98993"),
                state,
                acceptance,
                reason);
    }
}
