package io.meshwright.model.contract;

import com.google.common.collect.ImmutableMap;
import io.meshwright.model.sla.DurationText;
import io.meshwright.model.sla.ServiceLevels;
import io.meshwright.model.sla.ServiceLevels.Freshness;
import io.meshwright.model.sla.SlaFormatException;
import io.meshwright.model.sla.SlaText;
import io.meshwright.model.yaml.YamlScalar;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.model.contract.ContractRule.SERVICE_LEVEL;
import static java.util.Objects.requireNonNull;

/**
 * Reads the service levels of both standards.
 */
final class ServiceLevelReader
{
    private static final Map<String, Duration> INTERVALS = ImmutableMap.of(
            "hourly", Duration.ofHours(1),
            "daily", Duration.ofDays(1),
            "weekly", Duration.ofDays(7));

    private final ContractReading reading;
    private Optional<Freshness> freshness = Optional.empty();
    private Optional<BigDecimal> availability = Optional.empty();
    private Optional<BigDecimal> completeness = Optional.empty();
    private Optional<BigDecimal> accuracy = Optional.empty();
    private Optional<Period> retention = Optional.empty();
    private Optional<String> retentionField = Optional.empty();
    private Optional<Timeliness.Latency> latency = Optional.empty();
    private Optional<Duration> interval = Optional.empty();

    ServiceLevelReader(ContractReading reading)
    {
        this.reading = requireNonNull(reading, "reading is null");
    }

    ServiceLevels serviceLevels(Optional<String> support)
    {
        return new ServiceLevels(freshness, availability, completeness, accuracy, Optional.empty(), latency.map(Timeliness.Latency::threshold), support);
    }

    Optional<Period> retention()
    {
        return retention;
    }

    Timeliness timeliness()
    {
        return new Timeliness(retention.map(period -> new Timeliness.Retention(period, retentionField)), latency, interval);
    }

    void readDcs(ContractNode levels)
    {
        levels.child("freshness").ifPresent(this::readDcsFreshness);
        levels.child("availability").ifPresent(node -> {
            node.describes("description");
            availability = node.scalar("percentage", "a percentage").flatMap(value -> ratio(value, Optional.empty()));
            node.rejectUnknown("servicelevels.availability");
        });
        levels.child("retention").ifPresent(node -> {
            node.describes("description", "unlimited");
            retention = node.scalar("period", "a duration").flatMap(value -> period(value, Optional.empty()));
            retentionField = node.name("timestampField");
            node.rejectUnknown("servicelevels.retention");
        });
        levels.child("latency").ifPresent(node -> {
            node.describes("description");
            Optional<String> source = node.name("sourceTimestampField");
            Optional<String> processed = node.name("processedTimestampField");
            latency = node.scalar("threshold", "a duration")
                    .flatMap(value -> understood(value, Optional.empty(), DurationText::age))
                    .map(threshold -> new Timeliness.Latency(threshold, source, processed));
            node.rejectUnknown("servicelevels.latency");
        });
        levels.child("frequency").ifPresent(node -> {
            node.describes("description", "type");
            interval = node.scalar("interval", "a duration").flatMap(this::interval);
            node.notChecked("a schedule says when data is made, and is not held against when it came", "cron");
            node.rejectUnknown("servicelevels.frequency");
        });
        levels.child("support").ifPresent(node -> {
            node.describes("description", "time", "responseTime");
            node.rejectUnknown("servicelevels.support");
        });
        levels.child("backup").ifPresent(node -> {
            node.describes("description", "interval", "cron", "recoveryTime", "recoveryPoint");
            node.rejectUnknown("servicelevels.backup");
        });
        levels.notChecked("not measured", "availability", "support", "backup");
        levels.rejectUnknown("servicelevels");
    }

    private void readDcsFreshness(ContractNode node)
    {
        node.describes("description");
        Optional<String> timestampField = node.name("timestampField");
        Optional<YamlScalar> threshold = node.scalar("threshold", "a duration");
        if (threshold.isEmpty()) {
            reading.add(SERVICE_LEVEL, node.mapping(), "servicelevels.freshness has no threshold", "Add threshold: 15m, the greatest age of the newest row.");
        }
        freshness = threshold.flatMap(value -> freshness(value, Optional.empty(), timestampField));
        node.rejectUnknown("servicelevels.freshness");
    }

    void readOdcs(List<ContractNode> properties, Optional<String> defaultElement)
    {
        List<Property> named = properties.stream().map(this::property).flatMap(Optional::stream).collect(toImmutableList());
        boolean declaresFreshness = named.stream().anyMatch(property -> property.name().equals("freshness"));
        for (Property property : named) {
            readOdcs(property, defaultElement, declaresFreshness);
        }
    }

    private record Property(String name, String written, ContractNode node, YamlScalar value, Optional<String> unit, Optional<String> element) {}

    private Optional<Property> property(ContractNode node)
    {
        Optional<String> written = node.name("property");
        Optional<YamlScalar> value = node.scalar("value", "a single value");
        Optional<String> unit = node.name("unit");
        Optional<String> element = node.name("element");
        node.describes("id", "valueExt", "driver", "description", "scheduler", "schedule", "authoritativeDefinitions", "customProperties");
        node.rejectUnknown("slaProperties");
        if (written.isEmpty() || value.isEmpty()) {
            reading.add(SERVICE_LEVEL, node.mapping(), "A service level needs a property and a value", "Add both, for example property: freshness, value: 15, unit: m.");
            return Optional.empty();
        }
        return Optional.of(new Property(canonicalName(written.orElseThrow()), written.orElseThrow(), node, value.orElseThrow(), unit, element));
    }

    private static String canonicalName(String property)
    {
        String folded = property.toLowerCase(Locale.ROOT);
        return switch (folded) {
            case "ly" -> "latency";
            case "av" -> "availability";
            case "re" -> "retention";
            default -> folded;
        };
    }

    private void readOdcs(Property property, Optional<String> defaultElement, boolean declaresFreshness)
    {
        if (property.name().equals("freshness") || property.name().equals("latency")) {
            if (freshness.isPresent() || (property.name().equals("latency") && declaresFreshness)) {
                reading.notChecked(property.node().mapping(), "another service level already tells the greatest age of the data");
                return;
            }
            // ODCS calls latency what DCS calls freshness: how far the table is behind
            freshness = freshness(property.value(), property.unit(), property.element().or(() -> defaultElement));
            return;
        }
        switch (property.name()) {
            case "retention" -> {
                retention = period(property.value(), property.unit());
                retentionField = field(property.element().or(() -> defaultElement));
            }
            case "frequency" -> interval = understood(property.value(), property.unit(), DurationText::age);
            default -> readOther(property);
        }
    }

    private void readOther(Property property)
    {
        notMeasured(property);
        switch (property.name()) {
            case "availability" -> availability = ratio(property.value(), property.unit());
            case "completeness" -> completeness = ratio(property.value(), property.unit());
            case "accuracy" -> accuracy = ratio(property.value(), property.unit());
            default -> {}
        }
    }

    private void notMeasured(Property property)
    {
        reading.notChecked(property.node().mapping(), "the service level '%s' is not measured".formatted(ContractNode.abbreviate(property.written())));
    }

    private Optional<Freshness> freshness(YamlScalar value, Optional<String> unit, Optional<String> timestampField)
    {
        // both standards name the table before the field; of several elements the first is measured
        return understood(value, unit, text -> SlaText.freshness(text, field(timestampField)));
    }

    private static Optional<String> field(Optional<String> elements)
    {
        return elements
                .map(text -> text.split(",", -1)[0].strip())
                .map(element -> element.substring(element.indexOf('.') + 1))
                .filter(name -> !name.isEmpty());
    }

    /**
     * Words such as daily are durations here, since they promise when to look for data.
     */
    private Optional<Duration> interval(YamlScalar value)
    {
        Optional<Duration> word = Optional.ofNullable(INTERVALS.get(value.text().strip().toLowerCase(Locale.ROOT)));
        return word.or(() -> understood(value, Optional.empty(), DurationText::age));
    }

    private Optional<Period> period(YamlScalar value, Optional<String> unit)
    {
        return value.text().strip().equalsIgnoreCase("unlimited") ? Optional.empty() : understood(value, unit, DurationText::period);
    }

    private Optional<BigDecimal> ratio(YamlScalar value, Optional<String> unit)
    {
        return understood(value, unit, SlaText::ratio);
    }

    private <T> Optional<T> understood(YamlScalar value, Optional<String> unit, Function<String, T> reader)
    {
        // a unit that the value already has is not written twice
        String text = unit.filter(word -> !value.text().strip().endsWith(word.strip())).map(word -> value.text().strip() + " " + word.strip()).orElse(value.text());
        try {
            return Optional.of(reader.apply(text));
        }
        catch (SlaFormatException e) {
            reading.findings().add(SERVICE_LEVEL, value.locationOf(Math.min(e.offset(), value.text().length())), value.path(), e.getMessage(), e.fix());
            return Optional.empty();
        }
    }
}
