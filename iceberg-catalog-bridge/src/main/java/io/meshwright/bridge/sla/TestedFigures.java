package io.meshwright.bridge.sla;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.result.CheckRow;
import io.meshwright.model.sla.SlaMeasurement;
import io.meshwright.model.yaml.DidYouMean;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;

/**
 * What the newest contract test says about the objectives that only rows can tell.
 */
public final class TestedFigures
{
    private static final String ACCURACY = "accuracy";
    private static final String COMPLETENESS = "completeness";
    private static final String LATENCY = "latency";
    private static final String NOT_TESTED = "the data was not tested against the contract that is registered";

    private final List<CheckRow> newest;

    private TestedFigures(List<CheckRow> newest)
    {
        this.newest = ImmutableList.copyOf(newest);
    }

    /**
     * @param rows of all tests of a port against the contract that is registered
     */
    public static TestedFigures of(List<CheckRow> rows)
    {
        return new TestedFigures(rows.stream().collect(groupingBy(CheckRow::runId)).values().stream()
                // a run that broke off may lack the very check that failed
                .filter(run -> run.get(0).plannedChecks().isPresent() && run.size() >= run.get(0).plannedChecks().orElseThrow())
                .max(comparing((List<CheckRow> run) -> run.get(0).finishedAt()))
                .orElse(List.of()));
    }

    /**
     * The share of rows that keep a check; of several checks the least.
     *
     * @param check its name; where empty, all checks of the dimension accuracy count
     */
    public SlaMeasurement accuracy(Optional<String> check)
    {
        return check.map(name -> share(row -> row.checkName().equals(name), "check " + name + meant(name))).orElseGet(() -> ofDimension(ACCURACY));
    }

    /**
     * The share of rows that have what the contract requires; of several checks of the dimension completeness the least.
     */
    public SlaMeasurement completeness()
    {
        return ofDimension(COMPLETENESS);
    }

    private String meant(String check)
    {
        return DidYouMean.suggest(check, newest.stream().map(CheckRow::checkName).collect(toImmutableList())).map(", did you mean %s?"::formatted).orElse("");
    }

    private SlaMeasurement ofDimension(String dimension)
    {
        return share(row -> row.dimension().filter(dimension::equals).isPresent(), "check of the dimension " + dimension);
    }

    private SlaMeasurement share(Predicate<CheckRow> wanted, String subject)
    {
        List<CheckRow> found = newest.stream().filter(wanted).collect(toImmutableList());
        if (found.isEmpty()) {
            return SlaMeasurement.missing(newest.isEmpty() ? NOT_TESTED : "the contract has no " + subject);
        }
        Optional<CheckRow> silent = found.stream().filter(row -> row.validRatio().isEmpty()).findFirst();
        if (silent.isPresent()) {
            CheckRow row = silent.orElseThrow();
            return SlaMeasurement.missing("check %s %s".formatted(row.checkName(), row.status().equals("error") ? "could not be run" : "does not tell a share of rows"));
        }
        CheckRow worst = found.stream().min(comparing(row -> row.validRatio().orElseThrow())).orElseThrow();
        String source = "contract test %s, %s".formatted(worst.runId(), found.size() == 1 ? "check " + worst.checkName() : "worst of %s checks: %s".formatted(found.size(), worst.checkName()));
        return SlaMeasurement.ratio(worst.validRatio().orElseThrow().stripTrailingZeros(), worst.finishedAt(), source);
    }

    /**
     * How long the slowest row took, in seconds.
     */
    public SlaMeasurement latency()
    {
        Optional<CheckRow> found = newest.stream().filter(row -> row.metric().equals(LATENCY)).max(comparing((CheckRow row) -> row.actual().orElse(BigDecimal.ZERO)));
        if (found.isEmpty()) {
            return SlaMeasurement.missing(newest.isEmpty() ? NOT_TESTED : "the contract names no timestamp of the source: servicelevels.latency.sourceTimestampField");
        }
        CheckRow row = found.orElseThrow();
        return row.actual()
                .map(seconds -> SlaMeasurement.latency(seconds.stripTrailingZeros(), row.finishedAt(), "contract test %s, check %s".formatted(row.runId(), row.checkName())))
                .orElseGet(() -> SlaMeasurement.missing("check %s has no figure".formatted(row.checkName())));
    }
}
