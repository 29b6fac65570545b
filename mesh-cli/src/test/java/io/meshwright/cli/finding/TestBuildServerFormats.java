package io.meshwright.cli.finding;

import io.meshwright.cli.CliRule;
import io.meshwright.cli.output.Json;
import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.Severity;
import io.meshwright.model.finding.SourceLocation;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

import javax.xml.parsers.DocumentBuilderFactory;

import java.io.Reader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

public class TestBuildServerFormats
{
    private static final String EVIL = "a<b>&\"c\"'\nsecond\u0007\ud800line";

    @Test
    public void testJUnitIsReadBackAsWritten()
            throws Exception
    {
        String xml = JUnitReport.write(EVIL, List.of(
                new JUnitReport.Case("g", EVIL, JUnitReport.Outcome.FAILED, EVIL, Optional.of(new BigDecimal("1.250"))),
                new JUnitReport.Case("g", "error", JUnitReport.Outcome.ERROR, "why"),
                new JUnitReport.Case("g", "skipped", JUnitReport.Outcome.SKIPPED, "not today"),
                new JUnitReport.Case("g", "passed", JUnitReport.Outcome.PASSED, "")));
        Element suite = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(Reader.of(xml))).getDocumentElement();

        String readable = "a<b>&\"c\"'\nsecond\ufffd\ufffdline";
        assertThat(suite.getAttribute("name")).isEqualTo(readable);
        assertThat(suite.getAttribute("tests")).isEqualTo("4");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getAttribute("errors")).isEqualTo("1");
        assertThat(suite.getAttribute("skipped")).isEqualTo("1");
        Element failed = (Element) suite.getElementsByTagName("testcase").item(0);
        assertThat(failed.getAttribute("name")).isEqualTo(readable);
        assertThat(failed.getAttribute("time")).isEqualTo("1.250");
        assertThat(failed.getTextContent()).isEqualTo(readable);
        assertThat(((Element) suite.getElementsByTagName("testcase").item(1)).hasAttribute("time")).isFalse();
    }

    @Test
    public void testSarifKeepsWarningsApartAndPathsAreReferences()
            throws Exception
    {
        String sarif = FindingFormats.sarif(new FileFindings(List.of(finding("my contracts/a%b.yaml", Severity.WARNING), finding("a:b/c.yaml", Severity.ERROR)), 2), "1");
        assertThat(Json.read(sarif)).extracting("runs").asList().first().extracting("results").asList().extracting("level").containsExactlyInAnyOrder("warning", "error");
        assertThat(sarif).contains("\"uri\": \"my%20contracts/a%25b.yaml\"", "\"uri\": \"./a:b/c.yaml\"");
    }

    @Test
    public void testAnnotationsStayOnOneLine()
    {
        assertThat(FindingFormats.github(new FileFindings(List.of(finding("a,b:c.yaml", Severity.WARNING)), 1)))
                .containsExactly("::warning file=a%2Cb%3Ac.yaml,line=1,col=1,title=MESH-CLI-044::100%25 wrong%0Areally%0Afix: repair");
    }

    private static Finding finding(String file, Severity severity)
    {
        return new Finding(CliRule.CHECK_WARNED, severity, SourceLocation.startOf(file), "check", "100% wrong\nreally", "repair");
    }
}
