package io.meshwright.cli.command;

import io.meshwright.bridge.config.LegacySettings;
import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.migration.Decommission;
import io.meshwright.bridge.migration.Gate;
import io.meshwright.bridge.migration.LegacyRemoval;
import io.meshwright.bridge.migration.LegacySampleRow;
import io.meshwright.bridge.migration.Migration;
import io.meshwright.bridge.migration.MigrationRow;
import io.meshwright.bridge.migration.MigrationRow.State;
import io.meshwright.bridge.migration.MigrationRule;
import io.meshwright.bridge.migration.Migrations.Dial;
import io.meshwright.bridge.migration.ReaderEvidence;
import io.meshwright.cli.CliRule;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.registry.Caller;
import io.meshwright.cli.registry.MeshRegistry;
import io.meshwright.model.finding.MeshException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.model.finding.MeshException.Cause.USER;

@Command(
        name = "decommission",
        description = {
                "Prove that nobody reads the legacy table any more, and print the statement that takes it away; --execute runs it.",
                "Refused with the readers while anybody reads it or anything depends on it (exit code 1), and while that cannot be told (3). Output formats: table, json, yaml.",
        },
        footer = {"", "Example: mesh migrate decommission legacy_warehouse.fct_orders"})
public final class MigrateDecommissionCommand
        extends BaseCommand
{
    @Parameters(paramLabel = "TABLE|PRODUCT", description = "The legacy table as migration.replaces names it, or the product.")
    private String reference;

    @Option(names = "--execute", description = "Run the statement in the legacy database, as legacy.NAME.decommission-user of mesh.yaml.")
    private boolean execute;

    @Option(names = "--drop", description = "Drop the table with its rows; without it, the table is renamed.")
    private boolean drop;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
    private Optional<String> reason = Optional.empty();

    public MigrateDecommissionCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected ExitCode run()
    {
        MeshConfiguration configuration = Configurations.load(context());
        try (MeshRegistry registry = MeshRegistry.openUnchanged(configuration)) {
            Migration migration = MigrationText.find(registry, context(), configuration, product(registry));
            Decommission decommission = new Decommission(migration);
            Dial dial = migration.dial();
            LegacySettings settings = LegacyObservation.settings(configuration, migration);
            if (dial.state() == State.DECOMMISSIONED) {
                MigrationRow last = dial.last().orElseThrow();
                print(MigrationText.turned(migration, last, false), List.of("unchanged: %s was decommissioned by %s at %s".formatted(migration.legacy(), last.changedBy(), last.changedAt())));
                return ExitCode.OK;
            }
            Optional<LegacySampleRow> sample = observe(configuration, migration, decommission, dial);
            if (sample.isEmpty()) {
                MigrationRow row = decommission.confirm(dial, Caller.user(context()));
                print(MigrationText.turned(migration, row, true), List.of("DECOMMISSIONED: %s is gone, as the statement that was begun before says: %s".formatted(migration.legacy(), row.statement().orElse(""))));
                return ExitCode.OK;
            }
            return decide(migration, decommission, dial, new LegacyRemoval(settings, sample.orElseThrow(), migration.legacy()));
        }
    }

    private ExitCode decide(Migration migration, Decommission decommission, Dial dial, LegacyRemoval removal)
    {
        ReaderEvidence evidence = migration.evidence();
        List<Gate> gates = decommission.gates(dial, evidence);
        boolean granted = Gate.worst(gates) == Gate.Status.PASSED;
        String statement = drop ? removal.dropping() : removal.renaming(LocalDate.now(ZoneOffset.UTC));
        Optional<MigrationRow> done = Optional.empty();
        if (granted && execute) {
            removal.user();
            done = Optional.of(decommission.execute(dial, gates, removal, statement, Caller.user(context()), reason));
        }

        Map<String, Object> document = Json.document("Decommission");
        document.put("product", migration.product().address());
        document.put("legacy", migration.legacy().toString());
        document.put("granted", granted);
        document.put("executed", done.isPresent());
        document.put("state", done.map(MigrationRow::state).orElse(dial.state()).label());
        document.put("from", evidence.from());
        document.put("to", evidence.to());
        document.put("gates", MigrationText.items(gates));
        document.put("readers", MigrationText.readers(evidence.readers()));
        document.put("dependents", evidence.dependents());
        document.put("faults", evidence.faults());
        document.put("statement", granted ? statement : null);
        print(document, lines(migration, gates, evidence, granted, statement, done.isPresent()));
        if (granted && !execute) {
            console().next("mesh migrate decommission " + migration.legacy() + " --execute" + (drop ? " --drop" : ""));
        }
        return MigrationText.exitCode(gates);
    }

    private List<String> lines(Migration migration, List<Gate> gates, ReaderEvidence evidence, boolean granted, String statement, boolean executed)
    {
        List<String> lines = new ArrayList<>();
        lines.add("%s: %s".formatted(migration.legacy(), granted ? executed ? "DECOMMISSIONED" : "may go" : "STAYS, " + Gate.worst(gates).label().toUpperCase(Locale.ROOT) + " [" + rule(gates, evidence).id() + "]"));
        lines.addAll(MigrationText.lines(gates, console().isColor()));
        lines.addAll(MigrationText.lines("reads it:", evidence.readers()));
        evidence.faults().forEach(fault -> lines.add("  no proof: " + fault));
        if (granted) {
            lines.add("proof: no read and no gap from %s to %s, by PostgreSQL's statistics and Trino's event listener".formatted(evidence.from(), evidence.to()));
            lines.add(statement + ";");
        }
        return lines;
    }

    private static MigrationRule rule(List<Gate> gates, ReaderEvidence evidence)
    {
        if (!evidence.readers().isEmpty() || !evidence.dependents().isEmpty()) {
            return MigrationRule.STILL_READ;
        }
        return evidence.isUnbroken() && Gate.worst(gates) == Gate.Status.FAILED ? MigrationRule.GATES_FAILED : MigrationRule.NO_PROOF;
    }

    /**
     * A fresh sample. Empty where a statement was begun before and the table is gone, so that only its confirmation is missing.
     */
    private static Optional<LegacySampleRow> observe(MeshConfiguration configuration, Migration migration, Decommission decommission, Dial dial)
    {
        try {
            return Optional.of(LegacyObservation.record(configuration, migration));
        }
        catch (MeshException e) {
            if (dial.state() == State.DECOMMISSIONING && decommission.isNoSuchTable(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private String product(MeshRegistry registry)
    {
        List<String> products = registry.view().readable().stream()
                .filter(product -> product.spec().migration().filter(migration -> (migration.legacyReference() + "." + migration.legacyTable()).equalsIgnoreCase(reference)).isPresent())
                .map(product -> product.address().toString())
                .collect(toImmutableList());
        if (products.size() > 1) {
            throw new MeshException(CliRule.USAGE, USER, "%s is replaced by %s".formatted(reference, String.join(" and ", products)), "name the product that took it over");
        }
        return products.isEmpty() ? reference : products.getFirst();
    }
}
