package io.meshwright.cli.command;

import io.meshwright.bridge.config.LegacySettings;
import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.migration.LegacySampleRow;
import io.meshwright.bridge.migration.Migration;
import io.meshwright.bridge.migration.MigrationRule;
import io.meshwright.bridge.migration.PostgresStatistics;
import io.meshwright.bridge.reconciliation.LegacyAddress;
import io.meshwright.bridge.reconciliation.LegacyGuard;
import io.meshwright.bridge.reconciliation.LegacyMeter;
import io.meshwright.bridge.reconciliation.LegacySession;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.product.MigrationSpec;
import io.meshwright.model.reconciliation.ReconciliationRule;
import io.meshwright.model.yaml.DidYouMean;

import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;

import static io.meshwright.model.finding.MeshException.Cause.EXTERNAL;
import static io.meshwright.model.finding.MeshException.Cause.USER;

/**
 * Reads the statistics of the legacy database for one migration, and keeps them.
 */
final class LegacyObservation
{
    private LegacyObservation() {}

    static LegacySettings settings(MeshConfiguration configuration, Migration migration)
    {
        String reference = migration.legacy().reference();
        return configuration.legacyWarehouse(reference).orElseThrow(() -> new MeshException(
                ReconciliationRule.UNKNOWN_LEGACY,
                USER,
                "There is no legacy warehouse %s in the configuration%s".formatted(reference, DidYouMean.suggest(reference, configuration.legacy().keySet()).map(", did you mean %s?"::formatted).orElse("")),
                "add legacy.%s with its url to mesh.yaml".formatted(reference)));
    }

    /**
     * @throws MeshException where the database does not answer, is to be left alone, or has no such table
     */
    static LegacySampleRow record(MeshConfiguration configuration, Migration migration)
    {
        LegacySettings settings = settings(configuration, migration);
        MigrationSpec spec = migration.spec();
        ZoneId zone = spec.window().map(MigrationSpec.Window::zone).orElse(ZoneOffset.UTC);
        LegacyAddress address = new LegacyAddress(settings.name(), settings.url(), settings.user(), settings.resolvePassword());
        if (!address.isPostgreSql()) {
            throw new MeshException(
                    MigrationRule.NO_PROOF,
                    EXTERNAL,
                    "There is no evidence source for %s: who reads a table is told by PostgreSQL's statistics only".formatted(settings.name()),
                    "ask the administrators of the legacy database; nothing proves here that nobody reads the table");
        }
        LegacyGuard guard = new LegacyGuard(spec.protect().blackout(), zone, settings.pauseFile(), Clock.systemUTC());
        LegacySampleRow sample;
        try (LegacySession session = LegacySession.open(address, spec.protect(), guard, new LegacyMeter())) {
            sample = new PostgresStatistics(session, migration.legacy()).sample();
        }
        migration.record(sample);
        return sample;
    }
}
