package io.meshwright.model.product;

import io.meshwright.model.finding.Findings;
import io.meshwright.model.sla.ServiceLevels;
import io.meshwright.model.sla.ServiceLevels.Freshness;
import io.meshwright.model.sla.SlaFormatException;
import io.meshwright.model.sla.SlaText;
import io.meshwright.model.yaml.MappingReader;
import io.meshwright.model.yaml.YamlMapping;
import io.meshwright.model.yaml.YamlNode;
import io.meshwright.model.yaml.YamlScalar;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads {@code sla:}.
 */
final class ServiceLevelsReader
{
    private static final BigDecimal MOST_HOURS = BigDecimal.valueOf(100_000);

    private final MappingReader section;
    private final Findings findings;
    private Optional<YamlScalar> timestampField = Optional.empty();
    private Optional<String> accuracyCheck = Optional.empty();

    ServiceLevelsReader(MappingReader section)
    {
        this.section = section;
        this.findings = section.findings();
    }

    ServiceLevels read()
    {
        Optional<Freshness> hours = freshnessHours();
        if (section.has("freshness") && section.has("freshnessHours")) {
            findings.add(SpecRule.SLA_FORMAT, section.keyLocation("freshnessHours"), section.path("freshnessHours"), "freshness and freshnessHours are both given", "keep one of them");
        }
        return new ServiceLevels(
                section.node("freshness").flatMap(this::freshness).or(() -> hours),
                ratio("availability"),
                ratio("completeness"),
                section.node("accuracy").flatMap(this::accuracy),
                accuracyCheck,
                latency(),
                section.string("support"));
    }

    Optional<YamlScalar> timestampField()
    {
        return timestampField;
    }

    private Optional<Freshness> freshness(YamlNode value)
    {
        if (value instanceof YamlScalar scalar) {
            return freshness(scalar);
        }
        if (!(value instanceof YamlMapping mapping)) {
            section.wrongType("freshness", value, "a duration", "write  freshness: \"<= 15m\"");
            return Optional.empty();
        }
        MappingReader nested = new MappingReader(mapping, SpecKeys.FRESHNESS, findings);
        timestampField = nested.stringScalar("timestampField");
        nested.require("threshold", "15m");
        return nested.scalar("threshold").flatMap(this::freshness);
    }

    private Optional<Freshness> freshness(YamlScalar value)
    {
        try {
            return Optional.of(SlaText.freshness(value.text(), timestampField.map(YamlScalar::text)));
        }
        catch (SlaFormatException e) {
            report("freshness", value, e);
            return Optional.empty();
        }
    }

    private Optional<Freshness> freshnessHours()
    {
        return section.scalar("freshnessHours").flatMap(value -> {
            boolean number = value.kind() == YamlScalar.Kind.INTEGER || value.kind() == YamlScalar.Kind.FLOAT;
            if (number && value.text().matches("\\d{1,6}(\\.\\d{1,4})?")) {
                BigDecimal hours = new BigDecimal(value.text());
                if (hours.signum() > 0 && hours.compareTo(MOST_HOURS) <= 0) {
                    return Optional.of(new Freshness(Optional.of(Duration.ofMillis(hours.movePointRight(3).multiply(BigDecimal.valueOf(3600)).longValue())), false, Optional.empty(), Optional.empty(), Optional.empty()));
                }
            }
            findings.add(SpecRule.SLA_FORMAT, value.location(), value.path(), "freshnessHours takes a number of hours above zero, not " + MappingReader.describe(value), "write for example  freshnessHours: 1");
            return Optional.empty();
        });
    }

    private Optional<BigDecimal> accuracy(YamlNode value)
    {
        if (!(value instanceof YamlMapping mapping)) {
            return ratio("accuracy");
        }
        MappingReader nested = new MappingReader(mapping, SpecKeys.ACCURACY, findings);
        accuracyCheck = nested.string("check");
        nested.require("threshold", "99.5%");
        return ratio(nested, "threshold");
    }

    private Optional<Duration> latency()
    {
        return section.scalar("latency").flatMap(value -> {
            try {
                return Optional.of(SlaText.latency(value.text()));
            }
            catch (SlaFormatException e) {
                report("latency", value, e);
                return Optional.empty();
            }
        });
    }

    private Optional<BigDecimal> ratio(String key)
    {
        return ratio(section, key);
    }

    private Optional<BigDecimal> ratio(MappingReader reader, String key)
    {
        return reader.scalar(key).flatMap(value -> {
            try {
                return Optional.of(SlaText.ratio(value.text()));
            }
            catch (SlaFormatException e) {
                report(key, value, e);
                return Optional.empty();
            }
        });
    }

    private void report(String key, YamlScalar value, SlaFormatException e)
    {
        findings.add(SpecRule.SLA_FORMAT, value.locationOf(e.offset()), value.path(), key + ": " + e.getMessage(), e.fix());
    }
}
