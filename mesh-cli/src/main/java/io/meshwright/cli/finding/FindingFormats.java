package io.meshwright.cli.finding;

import io.meshwright.cli.output.Json;
import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.Rule;
import io.meshwright.model.finding.Severity;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Findings for the builds of others: JUnit XML, SARIF 2.1.0 and annotations of GitHub.
 */
public final class FindingFormats
{
    private FindingFormats() {}

    public static String junit(FileFindings findings, String suite)
    {
        List<JUnitReport.Case> cases = new ArrayList<>();
        for (Finding finding : findings.findings()) {
            String name = finding.rule().id() + " " + finding.location();
            String text = finding.message() + "\n" + finding.path() + "\nfix: " + finding.fix();
            cases.add(new JUnitReport.Case(finding.location().file(), name, finding.isError() ? JUnitReport.Outcome.FAILED : JUnitReport.Outcome.PASSED, text));
        }
        if (cases.isEmpty()) {
            cases.add(new JUnitReport.Case(suite, "no findings in " + findings.files() + " files", JUnitReport.Outcome.PASSED, ""));
        }
        return JUnitReport.write(suite, cases);
    }

    public static String sarif(FileFindings findings, String version)
    {
        Map<String, Rule> rules = new LinkedHashMap<>();
        findings.findings().forEach(finding -> rules.put(finding.rule().id(), finding.rule()));
        List<Object> results = new ArrayList<>();
        for (Finding finding : findings.findings()) {
            results.add(Json.object(
                    "ruleId",
                    finding.rule().id(),
                    "level",
                    level(finding.severity()),
                    "message",
                    Json.object("text", finding.message() + " Fix: " + finding.fix()),
                    "locations",
                    List.of(Json.object("physicalLocation", Json.object(
                            "artifactLocation",
                            Json.object("uri", uri(finding.location().file())),
                            "region",
                            Json.object("startLine", finding.location().line(), "startColumn", finding.location().column()))))));
        }
        return Json.write(Json.object(
                "$schema",
                "https://json.schemastore.org/sarif-2.1.0.json",
                "version",
                "2.1.0",
                "runs",
                List.of(Json.object(
                        "tool",
                        Json.object("driver", Json.object(
                                "name",
                                "mesh",
                                "version",
                                version,
                                "rules",
                                rules.values().stream()
                                        .map(rule -> Json.object(
                                                "id",
                                                rule.id(),
                                                "name",
                                                rule.title(),
                                                "fullDescription",
                                                Json.object("text", rule.rationale())))
                                        .toList())),
                        "results",
                        results))));
    }

    /**
     * A path as the relative reference of a URI, where a colon in its first part would name a scheme.
     */
    private static String uri(String path)
    {
        try {
            String portable = path.replace('\\', '/');
            String encoded = new URI(null, null, portable.startsWith("/") ? portable : "/" + portable, null).toASCIIString();
            return portable.startsWith("/") ? encoded : portable.split("/", 2)[0].contains(":") ? "." + encoded : encoded.substring(1);
        }
        catch (URISyntaxException e) {
            throw new IllegalArgumentException("No path: " + path, e);
        }
    }

    private static String level(Severity severity)
    {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "note";
        };
    }

    /**
     * One workflow command for each finding; the runner turns them into annotations of the changed lines.
     */
    public static List<String> github(FileFindings findings)
    {
        return findings.findings().stream()
                .map(finding -> "::" + (finding.severity() == Severity.INFO ? "notice" : finding.severity().label()) +
                        " file=" + property(finding.location().file()) +
                        ",line=" + finding.location().line() +
                        ",col=" + finding.location().column() +
                        ",title=" + property(finding.rule().id()) +
                        "::" + escape(finding.message() + "\nfix: " + finding.fix()))
                .toList();
    }

    private static String property(String text)
    {
        return escape(text).replace(":", "%3A").replace(",", "%2C");
    }

    private static String escape(String text)
    {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }
}
