package io.meshwright.model.product;

import com.google.common.collect.ImmutableMap;
import io.meshwright.model.finding.Findings;
import io.meshwright.model.product.MigrationSpec.Comparison;
import io.meshwright.model.product.MigrationSpec.Cutover;
import io.meshwright.model.product.MigrationSpec.Grain;
import io.meshwright.model.product.MigrationSpec.Profile;
import io.meshwright.model.product.MigrationSpec.Protection;
import io.meshwright.model.product.MigrationSpec.Window;
import io.meshwright.model.sla.DurationText;
import io.meshwright.model.sla.SlaFormatException;
import io.meshwright.model.yaml.MappingReader;
import io.meshwright.model.yaml.YamlScalar;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static io.meshwright.model.finding.QuotedText.quoted;

/**
 * Reads {@code migration:}. Only {@code replaces}, and {@code key} where rows are compared, have no default.
 */
final class MigrationReader
{
    private static final Map<String, Grain> GRAINS = ImmutableMap.of("row", Grain.ROW, "distinct key", Grain.DISTINCT_KEY);
    private static final Map<String, Comparison> COMPARISONS = ImmutableMap.of("counts", Comparison.COUNTS, "aggregates", Comparison.AGGREGATES, "rows", Comparison.ROWS);
    private static final Map<String, Profile> PROFILES = ImmutableMap.of("auto", Profile.AUTO, "native", Profile.NATIVE, "md5", Profile.MD5, "sha256", Profile.SHA256);
    private static final Duration DEFAULT_SETTLE = Duration.ofHours(2);
    private static final Duration DEFAULT_LOOKBACK = Duration.ofDays(35);
    private static final Pattern TABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*(\\.[A-Za-z_][A-Za-z0-9_$]*){1,3}");
    private static final Pattern BLACKOUT = Pattern.compile("\\d{2}:\\d{2}-\\d{2}:\\d{2}");
    private static final Pattern TOLERANCE = Pattern.compile("\\d{1,18}(\\.\\d{1,18})?");

    private final MappingReader section;
    private final Findings findings;

    MigrationReader(MappingReader section)
    {
        this.section = section;
        this.findings = section.findings();
    }

    Optional<MigrationSpec> read()
    {
        section.require("replaces", "legacy_warehouse.fct_orders");
        Optional<String> replaces = section.stringScalar("replaces").flatMap(this::table);
        Comparison compare = section.word("compare", COMPARISONS, Map.of("count", "counts", "sums", "aggregates", "row", "rows")).orElse(Comparison.ROWS);
        List<String> key = key(compare);
        Map<String, String> columns = texts("columns");
        Optional<MappingReader> where = section.section("where", SpecKeys.WHERE);
        Optional<String> legacyFilter = where.flatMap(filter -> filter.string("legacy"));
        Optional<String> meshFilter = where.flatMap(filter -> filter.string("mesh"));
        Grain grain = section.word("grain", GRAINS, Map.of("distinct_key", "distinct key", "distinct-key", "distinct key", "distinct", "distinct key", "key", "distinct key")).orElse(Grain.ROW);
        Optional<Window> window = section.section("window", SpecKeys.WINDOW).flatMap(nested -> window(nested, columns));
        Profile profile = section.word("profile", PROFILES, Map.of("sha-256", "sha256")).orElse(Profile.AUTO);
        Duration settle = duration(section, "settle").orElse(DEFAULT_SETTLE);
        Duration lookback = duration(section, "lookback").orElse(DEFAULT_LOOKBACK);
        Map<String, BigDecimal> tolerances = tolerances();
        Protection protect = section.section("protect", SpecKeys.PROTECT).map(this::protection).orElse(Protection.DEFAULT);
        Cutover cutover = section.section("cutover", SpecKeys.CUTOVER)
                .map(nested -> new Cutover(
                        nested.integer("green_days", 1, 3650).orElse(Cutover.DEFAULT.greenDays()),
                        nested.integer("zero_consumers_days", 1, 3650).orElse(Cutover.DEFAULT.zeroConsumersDays())))
                .orElse(Cutover.DEFAULT);
        return replaces.map(table -> {
            int dot = table.indexOf('.');
            return new MigrationSpec(
                    table.substring(0, dot), table.substring(dot + 1), key, columns, legacyFilter, meshFilter, grain, window, compare, profile, settle, lookback, tolerances, protect, cutover);
        });
    }

    private Optional<String> table(YamlScalar value)
    {
        if (!TABLE.matcher(value.text()).matches()) {
            report(value, "replaces %s names no legacy table".formatted(quoted(value.text())), "write the reference below legacy: in mesh.yaml, a dot and the table, for example legacy_warehouse.fct_orders");
            return Optional.empty();
        }
        return Optional.of(value.text());
    }

    private List<String> key(Comparison compare)
    {
        List<YamlScalar> key = section.strings("key").orElse(List.of());
        if (compare != Comparison.COUNTS && !section.has("key")) {
            findings.add(SpecRule.MIGRATION, section.keyLocation("key"), section.path("key"), "migration has no key, without which rows cannot be matched", "name the columns that identify a row, for example  key: [order_id]  , or write  compare: counts");
        }
        if (section.has("key") && section.strings("key").filter(List::isEmpty).isPresent()) {
            findings.add(SpecRule.MIGRATION, section.keyLocation("key"), section.path("key"), "key names no column", "name the columns that identify a row, for example  key: [order_id]");
        }
        return key.stream().map(YamlScalar::text).distinct().toList();
    }

    private Map<String, String> texts(String key)
    {
        return section.stringMap(key).orElse(Map.of()).entrySet().stream()
                .collect(toImmutableMap(Map.Entry::getKey, entry -> entry.getValue().text()));
    }

    private Optional<Window> window(MappingReader nested, Map<String, String> columns)
    {
        Optional<String> column = nested.requiredString("column", "occurred_at");
        Optional<String> legacy = nested.string("legacy");
        String size = nested.word("size", Map.of("day", "day"), Map.of("daily", "day", "1d", "day", "days", "day")).orElse("day");
        ZoneId zone = nested.stringScalar("zone").flatMap(this::zone).orElse(ZoneOffset.UTC);
        return column.map(name -> new Window(name, legacy.orElseGet(() -> columns.getOrDefault(name, name)), size, zone));
    }

    private Optional<ZoneId> zone(YamlScalar value)
    {
        try {
            return Optional.of(value.text().equalsIgnoreCase("utc") ? ZoneOffset.UTC : ZoneId.of(value.text()));
        }
        catch (DateTimeException e) {
            report(value, "unknown time zone %s".formatted(quoted(value.text())), "write UTC or a name such as Europe/Berlin");
            return Optional.empty();
        }
    }

    private Map<String, BigDecimal> tolerances()
    {
        ImmutableMap.Builder<String, BigDecimal> tolerances = ImmutableMap.builder();
        section.stringMap("tolerances").orElse(Map.of()).forEach((column, value) -> {
            if (TOLERANCE.matcher(value.text()).matches()) {
                tolerances.put(column, new BigDecimal(value.text()));
            }
            else {
                report(value, "the tolerance of %s is %s".formatted(column, MappingReader.describe(value)), "write the greatest difference that counts as equal, for example 0.01");
            }
        });
        return tolerances.buildOrThrow();
    }

    private Protection protection(MappingReader nested)
    {
        return new Protection(
                connections(nested),
                duration(nested, "statement_timeout").orElse(Protection.DEFAULT.statementTimeout()),
                nested.integer("chunk_seconds", 1, 3600).orElse(Protection.DEFAULT.chunkSeconds()),
                nested.stringScalar("blackout").flatMap(this::blackout));
    }

    private int connections(MappingReader nested)
    {
        int most = Protection.DEFAULT.connections();
        nested.integer("connections", 1, Integer.MAX_VALUE).filter(connections -> connections > most).ifPresent(connections -> report(
                nested.scalar("connections").orElseThrow(),
                "connections is %s, and a run never opens more than one".formatted(connections),
                "write  connections: 1  , or leave it out"));
        return most;
    }

    private Optional<String> blackout(YamlScalar value)
    {
        if (BLACKOUT.matcher(value.text()).matches()) {
            try {
                LocalTime from = LocalTime.parse(value.text().substring(0, 5));
                LocalTime to = LocalTime.parse(value.text().substring(6));
                if (!from.equals(to)) {
                    return Optional.of(value.text());
                }
            }
            catch (DateTimeException e) {
                // an hour or minute out of range: reported below like any other wrong text
            }
        }
        report(value, "blackout %s names no hours".formatted(quoted(value.text())), "write  blackout: \"08:00-18:00\"");
        return Optional.empty();
    }

    private Optional<Duration> duration(MappingReader nested, String key)
    {
        return nested.scalar(key).flatMap(value -> {
            try {
                return Optional.of(DurationText.age(value.text()));
            }
            catch (SlaFormatException e) {
                findings.add(SpecRule.MIGRATION, value.locationOf(e.offset()), value.path(), key + ": " + e.getMessage(), e.fix());
                return Optional.empty();
            }
        });
    }

    private void report(YamlScalar value, String message, String fix)
    {
        findings.add(SpecRule.MIGRATION, value.location(), value.path(), message, fix);
    }
}
