package io.meshwright.model.product;

import io.meshwright.model.finding.Findings;
import io.meshwright.model.yaml.MappingReader;
import io.meshwright.model.yaml.YamlScalar;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

import static io.meshwright.model.finding.QuotedText.quoted;

/**
 * Reads {@code deprecated:} of a port.
 */
final class DeprecationReader
{
    private DeprecationReader() {}

    static Optional<Deprecation> read(MappingReader section)
    {
        Findings findings = section.findings();
        section.require("until", "2027-03-31");
        Optional<String> successor = section.string("successor");
        Optional<String> reason = section.string("reason");
        return section.stringScalar("until")
                .flatMap(value -> day(value, findings))
                .map(until -> new Deprecation(until, successor, reason));
    }

    private static Optional<LocalDate> day(YamlScalar value, Findings findings)
    {
        try {
            return Optional.of(LocalDate.parse(value.text()));
        }
        catch (DateTimeException e) {
            findings.add(SpecRule.DEPRECATION, value.location(), value.path(), "until %s is no date".formatted(quoted(value.text())), "write the last day as YYYY-MM-DD, for example 2027-03-31");
            return Optional.empty();
        }
    }
}
