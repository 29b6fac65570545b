package io.meshwright.spark.job;

import io.meshwright.bridge.check.ProductUnderTest;
import io.meshwright.bridge.config.LegacySettings;
import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.reconciliation.ClearColumns;
import io.meshwright.bridge.reconciliation.LegacyAddress;
import io.meshwright.bridge.reconciliation.LegacyGuard;
import io.meshwright.bridge.reconciliation.LegacyMeter;
import io.meshwright.bridge.reconciliation.LegacySession;
import io.meshwright.bridge.reconciliation.Reconciliation;
import io.meshwright.bridge.reconciliation.ReconciliationCache;
import io.meshwright.bridge.reconciliation.ReconciliationRequest;
import io.meshwright.bridge.reconciliation.SnapshotTags;
import io.meshwright.bridge.result.Reconciliations;
import io.meshwright.model.check.ExitStatus;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.product.MigrationSpec;
import io.meshwright.model.product.MigrationSpec.Comparison;
import io.meshwright.model.product.MigrationSpec.Profile;
import io.meshwright.model.reconciliation.DayRange;
import io.meshwright.model.reconciliation.ReconciliationReport;
import io.meshwright.model.reconciliation.ReconciliationRule;
import io.meshwright.model.yaml.DidYouMean;
import io.meshwright.spark.reconciliation.SparkProduct;
import io.meshwright.spark.session.SparkSessions;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

import static io.meshwright.model.finding.MeshException.Cause.USER;

/**
 * Compares a product with the legacy table that it replaces.
 */
public final class ReconciliationJob
{
    /**
     * Next to the common ones.
     */
    static final Set<String> ARGUMENTS = Set.of("day", "from", "to", "zone", "legacy", "level", "profile", "full", "resume");

    private ReconciliationJob() {}

    public static void main(String[] arguments)
    {
        System.exit(JobRunner.run(arguments, ARGUMENTS, System.err, Clock.systemUTC(), ReconciliationJob::run));
    }

    static ExitStatus run(JobContext context)
    {
        JobArguments arguments = context.arguments();
        ProductUnderTest product = context.product();
        MigrationSpec declared = product.spec().migration().orElseThrow(() -> new MeshException(
                ReconciliationRule.NO_MIGRATION, USER, "%s does not say which legacy table it replaces".formatted(product.address()), "add spec.migration with replaces: and window: to the specification, and register it"));
        MigrationSpec migration = arguments.text("profile").map(profile -> declared.withProfile(profile(profile))).orElse(declared);
        Comparison level = level(arguments, migration);
        ZoneId zone = DayRange.named(arguments.zone().or(() -> migration.window().map(MigrationSpec.Window::zone)).orElse(ZoneOffset.UTC));
        Optional<DayRange> range = range(arguments, migration, zone, context.clock());
        String reference = arguments.text("legacy").orElse(migration.legacyReference());
        LegacyAddress legacy = legacy(reference, context.configuration());
        LegacyGuard guard = new LegacyGuard(
                migration.protect().blackout(), zone, context.configuration().legacyWarehouse(reference).flatMap(LegacySettings::pauseFile), context.clock());
        LegacyMeter meter = new LegacyMeter();
        context.console().progress("reconciling %s with %s of %s%s".formatted(
                product.address(), migration.legacyTable(), legacy.label(), range.map(days -> ", " + days).orElse("")));
        ReconciliationRequest request = new ReconciliationRequest(
                product.address().toString(),
                migration,
                level,
                product.serviceLevels().completeness().orElse(BigDecimal.ONE),
                zone,
                range,
                ClearColumns.of(product),
                arguments.runId(),
                arguments.has("full"),
                arguments.text("resume"));
        ReconciliationReport report;
        try (SnapshotTags tags = new SnapshotTags(product.table(), arguments.runId(), context.clock(), context.console()::progress)) {
            ReconciliationReport found = new Reconciliation(
                    request,
                    () -> LegacySession.open(legacy, migration.protect(), guard, meter),
                    () -> new SparkProduct(level == Comparison.COUNTS ? product.table() : tags.pin(), () -> SparkSessions.start("meshwright reconcile " + product.address()), context.console()::progress),
                    meter,
                    new ReconciliationCache(context.catalog()),
                    context.clock(),
                    context.console()::progress).run();
            report = new Reconciliations(context.catalog()).applyAcceptances(found, context.clock());
        }
        if (arguments.record() && !context.results().record(report)) {
            context.console().progress("run %s had been recorded before".formatted(report.runId()));
        }
        JobRunner.publish(arguments, report);
        return report.exitStatus();
    }

    private static Comparison level(JobArguments arguments, MigrationSpec migration)
    {
        Optional<String> asked = arguments.text("level");
        if (asked.isEmpty()) {
            return migration.compare();
        }
        Comparison level = Arrays.stream(Comparison.values())
                .filter(known -> known.name().equalsIgnoreCase(asked.orElseThrow()))
                .findFirst()
                .orElseThrow(() -> new MeshException(ReconciliationRule.LEVEL, USER, "--level %s is not known".formatted(asked.orElseThrow()), "use one of: counts, aggregates, rows"));
        if (level != Comparison.COUNTS && migration.key().isEmpty()) {
            throw new MeshException(ReconciliationRule.KEY, USER, "migration has no key, without which rows cannot be matched", "name the columns that identify a row below key:, or use --level counts");
        }
        return level;
    }

    private static Profile profile(String asked)
    {
        return Arrays.stream(Profile.values())
                .filter(known -> known.name().equalsIgnoreCase(asked))
                .findFirst()
                .orElseThrow(() -> new MeshException(ReconciliationRule.PROFILE, USER, "--profile %s is not known".formatted(asked), "use one of: auto, native, md5, sha256"));
    }

    private static Optional<DayRange> range(JobArguments arguments, MigrationSpec migration, ZoneId zone, Clock clock)
    {
        Optional<LocalDate> day = arguments.date("day");
        Optional<LocalDate> from = arguments.date("from");
        Optional<LocalDate> to = arguments.date("to");
        if (day.isPresent() && (from.isPresent() || to.isPresent())) {
            throw new MeshException(ReconciliationRule.DATES, USER, "--day goes with neither --from nor --to", "give one day, or both ends");
        }
        if (migration.window().isEmpty()) {
            if (day.isPresent() || from.isPresent() || to.isPresent()) {
                throw new MeshException(ReconciliationRule.DATES, USER, "Days are given, but migration.window names no column to tell them by", "add window: to migration:, or leave the days out");
            }
            return Optional.empty();
        }
        return Optional.of(DayRange.of(day.or(() -> from), day.or(() -> to), migration.lookback(), migration.settle(), zone, clock.instant()));
    }

    private static LegacyAddress legacy(String reference, MeshConfiguration configuration)
    {
        if (reference.startsWith("jdbc:")) {
            return LegacyAddress.ofUrl(reference);
        }
        LegacySettings settings = configuration.legacyWarehouse(reference).orElseThrow(() -> {
            Set<String> known = configuration.legacy().keySet();
            String meant = DidYouMean.suggest(reference, known).map(", did you mean %s?"::formatted).orElse("");
            return new MeshException(
                    ReconciliationRule.UNKNOWN_LEGACY,
                    USER,
                    "There is no legacy warehouse %s in the configuration%s".formatted(reference, meant),
                    "add legacy.%s with its url to mesh.yaml, or name one with --legacy".formatted(reference));
        });
        return new LegacyAddress(settings.name(), settings.url(), settings.user(), settings.resolvePassword());
    }
}
