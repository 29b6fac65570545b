package io.meshwright.cli.command;

import io.meshwright.bridge.admission.Admission;
import io.meshwright.bridge.admission.AdmissionReport;
import io.meshwright.bridge.admission.AdmissionStep;
import io.meshwright.bridge.admission.ProductFiles;
import io.meshwright.bridge.admission.SpecificationOrigin;
import io.meshwright.bridge.provision.ProvisioningPlan;
import io.meshwright.bridge.registry.PortRow;
import io.meshwright.bridge.registry.Registration;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.finding.FileFindings;
import io.meshwright.cli.finding.ProductFile;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.registry.Caller;
import io.meshwright.cli.registry.MeshRegistry;
import io.meshwright.model.finding.Finding;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Registers one valid product, with or without making its tables, and tells the result for people and machines.
 */
final class AdmissionRun
{
    /**
     * @param plan what is done with the tables, line by line
     * @param report empty for a dry run
     * @param findings those of the file and those of the admission
     */
    record Result(ProductFile file, ProvisioningPlan plan, Optional<AdmissionReport> report, FileFindings findings)
    {
        ExitCode exitCode()
        {
            return findings.exitCode();
        }

        Optional<Registration> registration()
        {
            return report.flatMap(AdmissionReport::registration);
        }
    }

    private final CommandContext context;
    private final MeshRegistry registry;

    AdmissionRun(CommandContext context, MeshRegistry registry)
    {
        this.context = requireNonNull(context, "context is null");
        this.registry = requireNonNull(registry, "registry is null");
    }

    /**
     * @param file with a product
     */
    Result register(ProductFile file)
    {
        Admission admission = registry.admission();
        Admission.Prepared prepared = admission.prepare(file.product().orElseThrow());
        return result(file, prepared, Optional.of(admission.register(prepared, origin(file))), List.of());
    }

    Result apply(ProductFile file, boolean dryRun)
    {
        Admission admission = registry.admission();
        Admission.Prepared prepared = admission.prepare(file.product().orElseThrow());
        if (dryRun) {
            return result(file, prepared, Optional.empty(), prepared.plan().refusals());
        }
        return result(file, prepared, Optional.of(admission.apply(prepared, origin(file))), List.of());
    }

    private static Result result(ProductFile file, Admission.Prepared prepared, Optional<AdmissionReport> report, List<Finding> refusals)
    {
        List<Finding> findings = new ArrayList<>(file.findings().findings());
        findings.addAll(refusals);
        report.ifPresent(admitted -> findings.addAll(admitted.findings()));
        return new Result(file, prepared.plan(), report, new FileFindings(findings, file.findings().files()));
    }

    private SpecificationOrigin origin(ProductFile file)
    {
        return new ProductFiles(context.workingDirectory()).origin(file.name(), Caller.user(context));
    }

    static List<String> lines(Result result)
    {
        List<String> lines = new ArrayList<>();
        if (result.report().isEmpty()) {
            lines.add("would be done for " + result.plan().address() + ":");
            result.plan().toLines().forEach(line -> lines.add("  " + line));
            lines.add(result.plan().isPossible() ? "nothing was changed (dry run)" : "nothing can be done as long as there are errors");
            return lines;
        }
        AdmissionReport report = result.report().orElseThrow();
        if (report.isAdmitted()) {
            result.plan().toLines().forEach(line -> lines.add("  " + line));
        }
        int number = 1;
        for (AdmissionStep step : report.steps()) {
            lines.add("%d/%d %-22s %-8s %s".formatted(number, report.steps().size(), step.name().label(), step.status().label(), step.message()));
            number++;
        }
        result.registration().ifPresent(registration -> {
            lines.add(registration.row().address() + " " + registration.outcome().label() + ", revision " + registration.row().revision());
            registration.row().ports().stream().filter(PortRow::isTable).forEach(port -> lines.add(
                    "  port " + port.name() + " -> table " + port.tableNamespace().orElseThrow() + "." + port.tableName().orElseThrow() + ", in SQL " + registration.row().sqlName()));
        });
        return lines;
    }

    static Map<String, Object> document(Result result)
    {
        Map<String, Object> document = Json.document("Registration");
        document.put("product", result.plan().address());
        document.put("dryRun", result.report().isEmpty());
        document.put("outcome", result.report().isEmpty() ? null : result.registration().map(registration -> registration.outcome().label()).orElse("refused"));
        document.put("revision", result.registration().map(registration -> registration.row().revision()));
        document.put("sqlName", result.plan().address().sqlName());
        document.put("ports", result.registration().map(registration -> registration.row().ports()));
        document.put("plan", result.plan().steps().stream().map(step -> Json.object("action", step.action(), "subject", step.subject(), "details", step.details())).toList());
        document.put("steps", result.report().map(AdmissionReport::steps));
        document.put("findings", result.findings().document().get("findings"));
        document.put("summary", result.findings().document().get("summary"));
        return document;
    }
}
