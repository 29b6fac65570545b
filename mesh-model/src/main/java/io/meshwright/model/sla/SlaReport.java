package io.meshwright.model.sla;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.check.ExitStatus;
import io.meshwright.model.json.RecordJson;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * The result of {@code mesh sla check}. The component names are the keys of the JSON form.
 */
public record SlaReport(
        String apiVersion,
        String kind,
        String product,
        Optional<String> snapshotId,
        List<SloResult> slos,
        String runId,
        Instant checkedAt)
{
    public static final String KIND = "SlaReport";

    public SlaReport
    {
        requireNonNull(apiVersion, "apiVersion is null");
        checkArgument(kind.equals(KIND), "kind is not %s: %s", KIND, kind);
        requireNonNull(product, "product is null");
        requireNonNull(snapshotId, "snapshotId is null");
        slos = ImmutableList.copyOf(slos);
        requireNonNull(runId, "runId is null");
        requireNonNull(checkedAt, "checkedAt is null");
    }

    public SlaReport(String product, Optional<String> snapshotId, List<SloResult> slos, String runId, Instant checkedAt)
    {
        this(RecordJson.API_VERSION, KIND, product, snapshotId, slos, runId, checkedAt);
    }

    /**
     * A miss wins over unknown; a product that declares nothing was not checked.
     */
    public ExitStatus exitStatus()
    {
        if (slos.isEmpty()) {
            return ExitStatus.USAGE;
        }
        if (slos.stream().anyMatch(slo -> slo.status() == SloStatus.MISSED)) {
            return ExitStatus.FINDING;
        }
        return slos.stream().anyMatch(slo -> slo.status() == SloStatus.UNKNOWN) ? ExitStatus.UNKNOWN : ExitStatus.OK;
    }
}
