package io.meshwright.cli.command;

import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.migration.Migration;
import io.meshwright.bridge.migration.MigrationRow;
import io.meshwright.bridge.migration.MigrationRow.State;
import io.meshwright.bridge.migration.MigrationRule;
import io.meshwright.bridge.migration.Migrations.Dial;
import io.meshwright.bridge.migration.Migrations.Turn;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.registry.Caller;
import io.meshwright.cli.registry.MeshRegistry;
import io.meshwright.model.finding.MeshException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.meshwright.model.finding.MeshException.Cause.REFUSED;

@Command(
        name = "rollback",
        description = "Record that the legacy table is in force again, at once and whatever the gates say. Output formats: table, json, yaml.",
        footer = {"", "Example: mesh migrate rollback orders.order-events --reason \"wrong totals in the morning report\""})
public final class MigrateRollbackCommand
        extends BaseCommand
{
    @Parameters(paramLabel = "PRODUCT", description = "Its address, SQL name, alias or mesh:// URL.")
    private String reference;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
    private Optional<String> reason = Optional.empty();

    public MigrateRollbackCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected ExitCode run()
    {
        MeshConfiguration configuration = Configurations.load(context());
        try (MeshRegistry registry = MeshRegistry.openUnchanged(configuration)) {
            Migration migration = MigrationText.find(registry, context(), configuration, reference);
            String address = migration.product().address().toString();
            Dial dial = migration.dial();
            if (!dial.state().isProduct()) {
                Map<String, Object> document = Json.document("MigrationTurn");
                document.put("product", address);
                document.put("legacy", migration.legacy().toString());
                document.put("state", dial.state().label());
                document.put("changed", false);
                print(document, List.of("unchanged: %s is not taken over (%s)".formatted(migration.legacy().sqlName(), dial.state().label())));
                return ExitCode.OK;
            }
            MigrationRow last = dial.last().orElseThrow();
            if (dial.state() != State.CUTOVER || !last.product().equals(address)) {
                throw new MeshException(
                        MigrationRule.WRONG_STATE,
                        REFUSED,
                        "%s cannot be turned back for %s: it is %s for %s since %s".formatted(migration.legacy(), address, dial.state().label(), last.product(), last.changedAt()),
                        dial.state() == State.CUTOVER ? "name that product" : "there is no legacy table to turn back to any more; restore it first");
            }
            MigrationRow row = migration.migrations().turn(dial, new Turn(
                    address,
                    State.ROLLED_BACK,
                    "rollback",
                    Caller.user(context()),
                    reason,
                    false,
                    List.of(),
                    migration.servedSnapshot(),
                    Optional.empty()));
            print(MigrationText.turned(migration, row, true), List.of("ROLLED BACK: %s is in force again from now on".formatted(migration.legacy().sqlName())));
            console().next("mesh migrate plan " + address);
            return ExitCode.OK;
        }
    }
}
