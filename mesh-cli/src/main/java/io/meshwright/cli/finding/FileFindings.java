package io.meshwright.cli.finding;

import io.meshwright.bridge.admission.AdmissionRule;
import io.meshwright.cli.CliRule;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Json;
import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.Severity;
import io.meshwright.model.yaml.YamlRule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * What the checks of some files found.
 *
 * @param findings in {@link Finding#BY_LOCATION} order
 * @param files how many files were looked at, contracts included
 */
public record FileFindings(List<Finding> findings, int files)
{
    public FileFindings
    {
        findings = findings.stream().distinct().sorted(Finding.BY_LOCATION).collect(toImmutableList());
    }

    public static FileFindings combine(List<FileFindings> parts)
    {
        List<Finding> findings = new ArrayList<>();
        parts.forEach(part -> findings.addAll(part.findings()));
        return new FileFindings(findings, parts.stream().mapToInt(FileFindings::files).sum());
    }

    public long errors()
    {
        return count(Severity.ERROR);
    }

    public long warnings()
    {
        return count(Severity.WARNING);
    }

    private long count(Severity severity)
    {
        return findings.stream().filter(finding -> finding.severity() == severity).count();
    }

    /**
     * A violated rule is a finding; a file that cannot be read as YAML at all is an unreadable input.
     */
    public ExitCode exitCode()
    {
        return findings.stream()
                .filter(Finding::isError)
                .map(finding -> isUnreadable(finding) ? ExitCode.USAGE : ExitCode.FINDING)
                .reduce(ExitCode.OK, ExitCode::and);
    }

    private static boolean isUnreadable(Finding finding)
    {
        if (finding.rule() instanceof YamlRule rule) {
            return rule.compareTo(YamlRule.UNKNOWN_KEY) < 0;
        }
        return finding.rule() == CliRule.FILE_UNREADABLE || finding.rule() == AdmissionRule.FILE_MISSING || finding.rule() == AdmissionRule.FILE_UNREADABLE;
    }

    public Map<String, Object> document()
    {
        Map<String, Object> document = Json.document("Findings");
        document.put("findings", findings.stream().map(FileFindings::element).toList());
        document.put("summary", Json.object("errors", errors(), "warnings", warnings(), "files", files));
        return document;
    }

    private static Map<String, Object> element(Finding finding)
    {
        return Json.object(
                "id",
                finding.rule().id(),
                "severity",
                finding.severity(),
                "file",
                finding.location().file(),
                "line",
                finding.location().line(),
                "column",
                finding.location().column(),
                "path",
                finding.path(),
                "message",
                finding.message(),
                "fix",
                finding.fix());
    }

    /**
     * For example {@code 1 error, 0 warnings in 2 files}.
     */
    public String summary()
    {
        return plural(errors(), "error") + ", " + plural(warnings(), "warning") + " in " + plural(files, "file");
    }

    private static String plural(long count, String noun)
    {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
