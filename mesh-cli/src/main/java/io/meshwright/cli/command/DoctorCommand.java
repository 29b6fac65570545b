package io.meshwright.cli.command;

import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.config.TrinoSettings;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.Installation;
import io.meshwright.cli.finding.FindingsException;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.registry.Caller;
import io.meshwright.cli.registry.MeshRegistry;
import io.meshwright.cli.sql.TrinoSession;
import io.meshwright.cli.trino.LocalTrino;
import io.meshwright.model.finding.MeshException;
import picocli.CommandLine.Command;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

@Command(
        name = "doctor",
        description = {
                "Try everything that commands need: installation, folder, configuration, catalog, Trino.",
                "Exits with 1 when something is wrong, 3 when something does not answer. Output formats: table, json, yaml.",
        },
        footer = {"", "Example: mesh doctor"})
public final class DoctorCommand
        extends BaseCommand
{
    private final List<Map<String, Object>> checks = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private ExitCode exitCode = ExitCode.OK;

    public DoctorCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected ExitCode run()
    {
        Installation installation = context().installation();
        examine("java", () -> "version " + Runtime.version() + " in " + System.getProperty("java.home"));
        examine("trino libraries", () -> installation.trinoClassPath().split(java.io.File.pathSeparator).length + " files");
        examine("spark libraries", () -> installation.sparkClassPath().split(java.io.File.pathSeparator).length + " files");
        examine("folder", this::examineFolder);
        examine("configuration", () -> Configurations.load(context()).values().size() + " settings; mesh config view shows them");
        if (checks.getLast().get("status").equals("ok")) {
            MeshConfiguration configuration = Configurations.load(context());
            examine("catalog", () -> examineCatalog(configuration));
            examine("trino", () -> examineTrino(configuration));
        }
        Map<String, Object> document = Json.document("Diagnosis");
        document.put("checks", checks);
        print(document, lines);
        return exitCode;
    }

    private String examineFolder()
    {
        if (!Files.isWritable(context().workingDirectory())) {
            throw new IllegalStateException(context().workingDirectory() + " is not writable, so neither an embedded catalog nor a local Trino can live here");
        }
        return context().workingDirectory() + " is writable";
    }

    private static String examineCatalog(MeshConfiguration configuration)
    {
        if (MeshRegistry.isAbsent(configuration)) {
            return "embedded, made by the first mesh product apply";
        }
        return MeshRegistry.look(configuration).products().size() + " products in " + configuration.catalog();
    }

    private String examineTrino(MeshConfiguration configuration)
    {
        Optional<LocalTrino> local = LocalTrino.find(LocalTrinos.folder(context()));
        Optional<TrinoSettings> configured = LocalTrinos.configuredTrino(configuration);
        if (local.isEmpty() && configured.isEmpty()) {
            return "none is running here and none is configured; mesh up starts one";
        }
        String url = TrinoAddress.find(context());
        try (TrinoSession session = TrinoSession.open(url, Caller.user(context()))) {
            return session.execute("SHOW SCHEMAS").rows().size() + " schemas at " + url;
        }
    }

    private void examine(String name, Supplier<String> check)
    {
        try {
            record(name, "ok", check.get(), Optional.empty());
        }
        catch (MeshException e) {
            ExitCode code = ExitCode.of(e.kind()) == ExitCode.UNKNOWN ? ExitCode.UNKNOWN : ExitCode.FINDING;
            exitCode = exitCode.and(code);
            record(name, code == ExitCode.UNKNOWN ? "unknown" : "wrong", e.getMessage(), Optional.of(e.fix()));
        }
        catch (FindingsException e) {
            exitCode = exitCode.and(ExitCode.FINDING);
            record(name, "wrong", e.findings().findings().getFirst().message(), Optional.of(e.findings().findings().getFirst().fix()));
        }
        catch (IllegalStateException e) {
            exitCode = exitCode.and(ExitCode.FINDING);
            record(name, "wrong", e.getMessage(), Optional.empty());
        }
    }

    private void record(String name, String status, String message, Optional<String> fix)
    {
        checks.add(Json.object("name", name, "status", status, "message", message, "fix", fix));
        lines.add("%-8s %-16s %s".formatted(status, name, message));
        fix.ifPresent(text -> lines.add(" ".repeat(9) + "fix: " + text));
    }
}
