package io.meshwright.bridge.reconciliation;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.fingerprint.FingerprintPlan;
import io.meshwright.model.fingerprint.HashProfile;
import io.meshwright.model.reconciliation.ReconciliationReport.NotCompared;

import java.util.List;
import java.util.Locale;

import static java.util.Objects.requireNonNull;

/**
 * How the rows of both sides are compared, and what of them is not.
 *
 * @param rules in words, by which values are compared
 */
record ComparisonPlan(FingerprintPlan fingerprints, HashProfile profile, LegacyWindows windows, List<NotCompared> notCompared, List<String> rules)
{
    ComparisonPlan
    {
        requireNonNull(fingerprints, "fingerprints is null");
        requireNonNull(profile, "profile is null");
        requireNonNull(windows, "windows is null");
        notCompared = ImmutableList.copyOf(notCompared);
        rules = ImmutableList.copyOf(rules);
    }

    String profileName()
    {
        return profile.name().toLowerCase(Locale.ROOT);
    }
}
