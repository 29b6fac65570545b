package io.meshwright.cli.command;

import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.registry.Registration;
import io.meshwright.cli.CliRule;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.finding.FileFindings;
import io.meshwright.cli.finding.FindingsPrinter;
import io.meshwright.cli.finding.ProductFile;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.registry.MeshRegistry;
import io.meshwright.model.finding.MeshException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import static io.meshwright.model.finding.MeshException.Cause.USER;

@Command(
        name = "sync",
        description = {
                "Register every dataproduct.yaml below a folder. A product that is refused keeps no other one from being registered.",
                "Registered products without a file are reported, never removed. Output formats: table, json, yaml.",
        },
        footer = {"", "Example: mesh catalog sync ."})
public final class CatalogSyncCommand
        extends BaseCommand
{
    private static final String FILE_NAME = "dataproduct.yaml";

    @Parameters(paramLabel = "DIR", description = "The folder, with all folders below it.")
    private String folder;

    public CatalogSyncCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected ExitCode run()
    {
        MeshConfiguration configuration = Configurations.load(context());
        List<String> files = find();
        if (files.isEmpty()) {
            throw new MeshException(CliRule.NOTHING_CHECKED, USER, "There is no " + FILE_NAME + " below " + folder, "name the folder that holds the products");
        }
        List<Map<String, Object>> products = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        List<FileFindings> findings = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        int[] counts = new int[Registration.Outcome.values().length];
        int refused = 0;
        try (MeshRegistry registry = MeshRegistry.open(configuration)) {
            AdmissionRun admission = new AdmissionRun(context(), registry);
            for (String file : files) {
                console().progress("registering " + file);
                ProductFile product = ProductFile.read(context(), file, Set.copyOf(configuration.domains()));
                String outcome = "refused";
                FileFindings found = product.findings();
                if (product.product().isPresent()) {
                    seen.add(product.product().orElseThrow().spec().address().toString());
                    AdmissionRun.Result result = admission.register(product);
                    found = result.findings();
                    if (result.registration().isPresent()) {
                        counts[result.registration().orElseThrow().outcome().ordinal()]++;
                        outcome = result.registration().orElseThrow().outcome().label();
                    }
                }
                refused += outcome.equals("refused") ? 1 : 0;
                findings.add(found);
                products.add(Json.object("file", file, "outcome", outcome));
                lines.add("%-10s %s".formatted(outcome, file));
            }
            console().clearProgress();
            List<String> withoutFile = registry.view().products().stream().map(ProductRow::address).filter(address -> !seen.contains(address)).toList();
            withoutFile.forEach(address -> lines.add("%-10s %s".formatted("no file", address)));
            FileFindings all = FileFindings.combine(findings);
            new FindingsPrinter(context()).print(all);
            lines.add("%d added, %d changed, %d unchanged, %d refused, %d registered without a file".formatted(counts[0], counts[1], counts[2], refused, withoutFile.size()));
            Map<String, Object> document = Json.document("CatalogSync");
            document.put("products", products);
            document.put("withoutFile", withoutFile);
            document.put("counts", Json.object("added", counts[0], "changed", counts[1], "unchanged", counts[2], "refused", refused, "withoutFile", withoutFile.size()));
            document.put("findings", all.document().get("findings"));
            print(document, lines);
            return all.exitCode();
        }
    }

    private List<String> find()
    {
        Path root = context().resolve(folder);
        if (!Files.isDirectory(root)) {
            throw new MeshException(CliRule.FILE_UNREADABLE, USER, "There is no folder " + folder + " (tried " + root + ")", "correct the path; it is relative to the current folder");
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.getFileName().toString().equals(FILE_NAME))
                    .filter(Files::isRegularFile)
                    .map(file -> Path.of(folder).resolve(root.relativize(file)).normalize().toString())
                    .sorted()
                    .toList();
        }
        catch (IOException e) {
            throw new MeshException(CliRule.FILE_UNREADABLE, USER, "The folder " + folder + " cannot be read: " + e.getMessage(), "check its permissions", e);
        }
    }
}
