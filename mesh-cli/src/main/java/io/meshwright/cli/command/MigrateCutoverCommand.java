package io.meshwright.cli.command;

import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.migration.Gate;
import io.meshwright.bridge.migration.Migration;
import io.meshwright.bridge.migration.MigrationRow;
import io.meshwright.bridge.migration.MigrationRow.State;
import io.meshwright.bridge.migration.MigrationRule;
import io.meshwright.bridge.migration.Migrations.Dial;
import io.meshwright.bridge.migration.Migrations.Turn;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.registry.Caller;
import io.meshwright.cli.registry.MeshRegistry;
import io.meshwright.model.finding.MeshException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.Optional;

import static io.meshwright.model.finding.MeshException.Cause.EXTERNAL;
import static io.meshwright.model.finding.MeshException.Cause.REFUSED;
import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.stream.Collectors.joining;

@Command(
        name = "cutover",
        description = {
                "Record that the product takes over the legacy table. Refused with the failed gates (exit code 1), or with those that cannot be told (3).",
                "Output formats: table, json, yaml.",
        },
        footer = {"", "Example: mesh migrate cutover orders.order-events"})
public final class MigrateCutoverCommand
        extends BaseCommand
{
    @Parameters(paramLabel = "PRODUCT", description = "Its address, SQL name, alias or mesh:// URL.")
    private String reference;

    @Option(names = "--force", description = "Overrule gates that are not passed; needs --reason, and is recorded.")
    private boolean force;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
    private Optional<String> reason = Optional.empty();

    public MigrateCutoverCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected ExitCode run()
    {
        if (force && reason.filter(text -> !text.isBlank()).isEmpty()) {
            throw new MeshException(MigrationRule.REASON_MISSING, USER, "--force needs a reason", "add  --reason \"...\"");
        }
        MeshConfiguration configuration = Configurations.load(context());
        try (MeshRegistry registry = MeshRegistry.openUnchanged(configuration)) {
            Migration migration = MigrationText.find(registry, context(), configuration, reference);
            String address = migration.product().address().toString();
            Dial dial = migration.dial();
            if (dial.state().isProduct()) {
                return unchanged(migration, dial.last().orElseThrow(), address);
            }
            List<Gate> gates = migration.gates();
            boolean passed = Gate.worst(gates) == Gate.Status.PASSED;
            if (!passed && !force) {
                throw refused(migration, gates);
            }
            MigrationRow row = migration.migrations().turn(dial, new Turn(
                    address,
                    State.CUTOVER,
                    "cutover",
                    Caller.user(context()),
                    reason,
                    !passed,
                    gates,
                    migration.servedSnapshot(),
                    Optional.empty()));
            print(MigrationText.turned(migration, row, true), List.of("CUTOVER: %s is taken over by %s from now on%s".formatted(
                    migration.legacy().sqlName(), address, row.forced() ? ", although " + notPassed(gates) : "")));
            console().next("mesh migrate rollback " + address);
            return ExitCode.OK;
        }
    }

    private ExitCode unchanged(Migration migration, MigrationRow last, String address)
    {
        if (!last.product().equals(address)) {
            throw new MeshException(
                    MigrationRule.WRONG_STATE,
                    REFUSED,
                    "%s was cut over to %s by %s at %s".formatted(migration.legacy(), last.product(), last.changedBy(), last.changedAt()),
                    "turn it back first:  mesh migrate rollback " + last.product());
        }
        print(MigrationText.turned(migration, last, false), List.of("unchanged: %s is taken over by %s since %s".formatted(migration.legacy().sqlName(), address, last.changedAt())));
        return ExitCode.OK;
    }

    private static MeshException refused(Migration migration, List<Gate> gates)
    {
        boolean failed = Gate.worst(gates) == Gate.Status.FAILED;
        String words = gates.stream().filter(gate -> !gate.isPassed()).map(gate -> "\n  %s %s: %s".formatted(gate.status().label(), gate.name(), gate.words())).collect(joining());
        return new MeshException(
                failed ? MigrationRule.GATES_FAILED : MigrationRule.GATES_UNKNOWN,
                failed ? REFUSED : EXTERNAL,
                "%s cannot take over %s:%s".formatted(migration.product().address(), migration.legacy(), words),
                "see  mesh migrate plan %s ; whoever answers for it overrules it by  --force --reason \"...\"".formatted(migration.product().address()));
    }

    private static String notPassed(List<Gate> gates)
    {
        return gates.stream().filter(gate -> !gate.isPassed()).map(gate -> gate.name() + " is " + gate.status().label()).collect(joining(", "));
    }
}
