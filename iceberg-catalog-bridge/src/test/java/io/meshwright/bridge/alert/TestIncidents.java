package io.meshwright.bridge.alert;

import io.meshwright.bridge.result.CheckRow;
import io.meshwright.bridge.result.SlaRow;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

final class TestIncidents
{
    private static final Instant BEGIN = Instant.parse("2026-11-20T04:00:00Z");
    private static final String PRODUCT = "orders.order-events";

    @Test
    void testAMissLastsUntilItIsMet()
    {
        List<Incident> incidents = objectives(OptionalInt.empty(), "met", "missed", "unknown", "missed", "met", "met", "missed");
        assertThat(incidents).hasSize(2);
        assertThat(incidents).extracting(Incident::since).containsExactly(at(1), at(6));
        assertThat(incidents).extracting(Incident::resolvedAt).containsExactly(Optional.of(at(4)), Optional.empty());
        assertThat(incidents).extracting(incident -> incident.last().at()).containsExactly(at(3), at(6));
        assertThat(incidents).extracting(Incident::id).doesNotHaveDuplicates().allMatch(id -> id.matches("inc-[0-9a-f]{20}"));
    }

    @Test
    void testTheIdOutlivesFurtherEvaluationsAndTheOrderOfRows()
    {
        String id = objectives(OptionalInt.empty(), "met", "missed").get(0).id();
        assertThat(objectives(OptionalInt.empty(), "met", "missed", "missed", "unknown", "met").get(0).id()).isEqualTo(id);
        List<SlaRow> rows = rows("met", "missed", "missed", "unknown", "met");
        Collections.reverse(rows);
        assertThat(Incidents.ofObjectives(PRODUCT, rows, Set.of("freshness"), BEGIN, OptionalInt.empty()).get(0).id()).isEqualTo(id);
    }

    @Test
    void testUnknownNeitherPagesNorResolves()
    {
        assertThat(objectives(OptionalInt.empty(), "unknown", "unknown", "unknown", "unknown")).isEmpty();
        assertThat(objectives(OptionalInt.empty(), "missed", "unknown", "unknown", "unknown")).singleElement().matches(Incident::isOpen);
    }

    @Test
    void testUnknownSeveralTimesRunning()
    {
        OptionalInt three = OptionalInt.of(3);
        assertThat(objectives(three, "met", "unknown", "unknown", "met", "unknown", "unknown")).isEmpty();
        Incident unknown = objectives(three, "met", "unknown", "unknown", "unknown", "unknown").get(0);
        assertThat(unknown.kind()).isEqualTo(Incident.Kind.UNKNOWN);
        assertThat(unknown.since()).isEqualTo(at(1));
        assertThat(unknown.isOpen()).isTrue();

        List<Incident> becameAMiss = objectives(three, "unknown", "unknown", "unknown", "missed");
        assertThat(becameAMiss).extracting(Incident::kind).containsExactly(Incident.Kind.UNKNOWN, Incident.Kind.BROKEN);
        assertThat(becameAMiss).extracting(Incident::resolvedAt).containsExactly(Optional.of(at(3)), Optional.empty());
        // a miss that cannot be measured any more stays one miss
        assertThat(objectives(three, "missed", "unknown", "unknown", "unknown", "unknown")).extracting(Incident::kind).containsExactly(Incident.Kind.BROKEN);
    }

    @Test
    void testWhatIsNotPromisedAnyMoreIsNotMissed()
    {
        Instant registered = at(2);
        assertThat(Incidents.ofObjectives(PRODUCT, rows("met", "missed"), Set.of("completeness"), registered, OptionalInt.empty()))
                .singleElement()
                .matches(incident -> incident.resolvedAt().equals(Optional.of(registered)));
    }

    @Test
    void testChecks()
    {
        List<CheckRow> rows = new ArrayList<>();
        rows.addAll(run(0, check("a", "passed"), check("b", "failed"), check("c", "failed"), check("d", "warning")));
        rows.addAll(run(1, check("a", "failed"), check("b", "error"), check("c", "passed"), check("d", "warning")));
        List<Incident> incidents = Incidents.ofChecks(PRODUCT, rows, OptionalInt.empty());
        assertThat(incidents).extracting(Incident::name).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(incidents).filteredOn(Incident::isOpen).extracting(Incident::name).containsExactlyInAnyOrder("a", "b");

        // the contract dropped b; a run that broke off before it proves nothing
        List<CheckRow> brokenOff = new ArrayList<>(rows);
        brokenOff.add(row(2, check("a", "failed"), 4));
        assertThat(Incidents.ofChecks(PRODUCT, brokenOff, OptionalInt.empty())).filteredOn(Incident::isOpen).extracting(Incident::name).containsExactlyInAnyOrder("a", "b");
        rows.addAll(run(2, check("a", "failed")));
        assertThat(Incidents.ofChecks(PRODUCT, rows, OptionalInt.empty())).filteredOn(Incident::isOpen).extracting(Incident::name).containsExactly("a");
    }

    private static Instant at(int number)
    {
        return BEGIN.plus(Duration.ofMinutes(5L * number));
    }

    private static List<Incident> objectives(OptionalInt unknownAfter, String... statuses)
    {
        return Incidents.ofObjectives(PRODUCT, rows(statuses), Set.of("freshness"), BEGIN, unknownAfter);
    }

    private static List<SlaRow> rows(String... statuses)
    {
        List<SlaRow> rows = new ArrayList<>();
        for (int number = 0; number < statuses.length; number++) {
            rows.add(objective(number, statuses[number]));
        }
        return rows;
    }

    private static SlaRow objective(int number, String status)
    {
        return new SlaRow(
                "run-" + number,
                PRODUCT,
                Optional.empty(),
                "freshness",
                status,
                status.equals("unknown") ? Optional.empty() : Optional.of(new BigDecimal("1200")),
                Optional.of(new BigDecimal("900")),
                Optional.of(at(number)),
                Optional.of("occurred_at (declared)"),
                Optional.of("newest data is of then"),
                at(number));
    }

    private record Check(String name, String status) {}

    private static Check check(String name, String status)
    {
        return new Check(name, status);
    }

    private static List<CheckRow> run(int number, Check... checks)
    {
        List<CheckRow> rows = new ArrayList<>();
        for (Check check : checks) {
            rows.add(row(number, check, checks.length));
        }
        return rows;
    }

    private static CheckRow row(int number, Check check, int planned)
    {
        return new CheckRow(
                "run-" + number,
                PRODUCT,
                "table",
                "contract",
                "1.0.0",
                Optional.of("hash"),
                Optional.empty(),
                Optional.of("1"),
                check.name(),
                Optional.empty(),
                "rowCount",
                Optional.empty(),
                "error",
                check.status(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.of("why"),
                OptionalInt.of(planned),
                OptionalInt.of(1),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                at(number),
                at(number));
    }
}
