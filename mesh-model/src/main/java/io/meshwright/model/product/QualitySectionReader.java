package io.meshwright.model.product;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.contract.ThresholdSpec;
import io.meshwright.model.contract.ThresholdSpec.Operator;
import io.meshwright.model.finding.Findings;
import io.meshwright.model.product.ProductCheck.Kind;
import io.meshwright.model.sla.ServiceLevels.Freshness;
import io.meshwright.model.sla.SlaFormatException;
import io.meshwright.model.sla.SlaText;
import io.meshwright.model.yaml.DidYouMean;
import io.meshwright.model.yaml.MappingReader;
import io.meshwright.model.yaml.YamlMapping;
import io.meshwright.model.yaml.YamlNode;
import io.meshwright.model.yaml.YamlScalar;
import io.meshwright.model.yaml.YamlSequence;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * Reads {@code spec.quality}: a mapping with {@code completeness}, {@code freshness} and {@code checks}, or the list of checks itself.
 */
final class QualitySectionReader
{
    private static final String FRESHNESS = "freshness";
    private static final String SOURCE_ROWS = "row_count_vs_source";
    private static final List<String> NAMES = ImmutableList.of("row_count", "null_count", "null_percentage", "duplicate_count", FRESHNESS, SOURCE_ROWS, "no_nulls_in_COLUMN", "no_duplicates_in_COLUMN");
    private static final Pattern NO_NULLS = Pattern.compile("no_(?:nulls|null|missing)_in_(.+)");
    private static final Pattern NO_DUPLICATES = Pattern.compile("no_(?:duplicates|duplicate)_in_(.+)");
    private static final Pattern THRESHOLD = Pattern.compile("\\s*(<=|=<|≤|<|>=|=>|≥|>|==?|!=)\\s*(\\d{1,15}(?:\\.\\d{1,9})?)\\s*(%|percent)?\\s*");
    private static final ThresholdSpec NONE = new ThresholdSpec(Operator.MUST_BE, List.of(BigDecimal.ZERO));

    private final MappingReader spec;
    private final Findings findings;
    private final ImmutableList.Builder<ProductCheck> checks = ImmutableList.builder();
    private Optional<Freshness> freshness = Optional.empty();

    QualitySectionReader(MappingReader spec)
    {
        this.spec = requireNonNull(spec, "spec is null");
        this.findings = spec.findings();
    }

    List<ProductCheck> read()
    {
        Optional<YamlNode> section = spec.node("quality");
        if (section.isEmpty()) {
            return List.of();
        }
        if (section.orElseThrow() instanceof YamlSequence) {
            spec.sections("quality", SpecKeys.QUALITY_CHECK).forEach(this::readCheck);
            return checks.build();
        }
        spec.section("quality", SpecKeys.QUALITY).ifPresent(quality -> {
            quality.freeMapping("completeness").ifPresent(this::readCompleteness);
            quality.scalar(FRESHNESS).ifPresent(value -> {
                freshness = objective(value);
                freshness.ifPresent(objective -> checks.add(new ProductCheck(Kind.FRESHNESS, FRESHNESS, Optional.empty(), List.of(), Optional.of(objective), value.location(), value.path())));
            });
            quality.string("framework");
            quality.sections("checks", SpecKeys.QUALITY_CHECK).forEach(this::readCheck);
        });
        return checks.build();
    }

    /**
     * What {@code quality.freshness} promises.
     */
    Optional<Freshness> freshness()
    {
        return freshness;
    }

    private void readCompleteness(YamlMapping columns)
    {
        columns.entries().forEach((column, entry) -> {
            if (!(entry.value() instanceof YamlScalar value)) {
                findings.add(SpecRule.QUALITY, entry.keyLocation(), entry.value().path(), "completeness of %s is no share".formatted(column), "write for example  %s: 0.95".formatted(column));
                return;
            }
            share(value).ifPresent(share -> checks.add(new ProductCheck(Kind.COMPLETENESS, "completeness", Optional.of(column), List.of(atLeast(share)), Optional.empty(), entry.keyLocation(), value.path())));
        });
    }

    private void readCheck(MappingReader check)
    {
        Optional<YamlScalar> named = check.stringScalar("name").or(() -> check.stringScalar("metric"));
        Optional<YamlScalar> threshold = check.scalar("threshold");
        Optional<String> column = check.string("column");
        check.string("description");
        if (named.isEmpty()) {
            findings.add(SpecRule.QUALITY, check.mapping().location(), check.mapping().path(), "the check has no name", "write  name: row_count");
            return;
        }
        YamlScalar name = named.orElseThrow();
        String written = name.text().strip();
        Matcher noNulls = NO_NULLS.matcher(written);
        Matcher noDuplicates = NO_DUPLICATES.matcher(written);
        if (noNulls.matches()) {
            add(Kind.NULL_VALUES, written, Optional.of(noNulls.group(1)), NONE, name);
        }
        else if (noDuplicates.matches()) {
            add(Kind.DUPLICATES, written, Optional.of(noDuplicates.group(1)), NONE, name);
        }
        else {
            readCheck(name, kind(written), column, threshold);
        }
    }

    private static Optional<Kind> kind(String name)
    {
        return switch (name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "").replace(" ", "")) {
            case "rowcount" -> Optional.of(Kind.ROW_COUNT);
            case "nullcount", "nullvalues" -> Optional.of(Kind.NULL_VALUES);
            case "nullpercentage", "nullpercent" -> Optional.of(Kind.NULL_PERCENTAGE);
            case "duplicatecount", "duplicatevalues" -> Optional.of(Kind.DUPLICATES);
            case "freshness" -> Optional.of(Kind.FRESHNESS);
            case "rowcountvssource" -> Optional.of(Kind.SOURCE_ROWS);
            default -> Optional.empty();
        };
    }

    private void readCheck(YamlScalar name, Optional<Kind> kind, Optional<String> column, Optional<YamlScalar> threshold)
    {
        String written = name.text().strip();
        if (kind.isEmpty()) {
            String meant = DidYouMean.suggest(written, NAMES).map(", did you mean %s?"::formatted).orElse("");
            findings.add(SpecRule.QUALITY, name.location(), name.path(), "the check \"%s\" is not known%s".formatted(written, meant), "use one of: " + String.join(", ", NAMES));
            return;
        }
        if (threshold.isEmpty()) {
            findings.add(SpecRule.QUALITY, name.location(), name.path(), "the check %s has no threshold, so it cannot fail".formatted(written), "add for example  threshold: " + example(kind.orElseThrow()));
            return;
        }
        YamlScalar bound = threshold.orElseThrow();
        switch (kind.orElseThrow()) {
            case FRESHNESS -> objective(bound).ifPresent(objective -> checks.add(new ProductCheck(Kind.FRESHNESS, written, Optional.empty(), List.of(), Optional.of(objective), name.location(), name.path())));
            case SOURCE_ROWS -> share(bound).ifPresent(share -> add(Kind.SOURCE_ROWS, written, Optional.empty(), atLeast(share), name));
            case ROW_COUNT -> threshold(bound, kind.orElseThrow()).ifPresent(limit -> add(Kind.ROW_COUNT, written, Optional.empty(), limit, name));
            case NULL_VALUES, NULL_PERCENTAGE, DUPLICATES, COMPLETENESS -> {
                if (column.isEmpty()) {
                    findings.add(SpecRule.QUALITY, name.location(), name.path(), "the check %s names no column".formatted(written), "add  column: the field of the contract");
                    return;
                }
                threshold(bound, kind.orElseThrow()).ifPresent(limit -> add(kind.orElseThrow(), written, column, limit, name));
            }
        }
    }

    private void add(Kind kind, String name, Optional<String> column, ThresholdSpec threshold, YamlScalar place)
    {
        checks.add(new ProductCheck(kind, name, column, List.of(threshold), Optional.empty(), place.location(), place.path()));
    }

    private Optional<ThresholdSpec> threshold(YamlScalar value, Kind kind)
    {
        Matcher matcher = THRESHOLD.matcher(value.text());
        boolean percent = matcher.matches() && matcher.group(3) != null;
        if (!matcher.matches() || (percent && kind != Kind.NULL_PERCENTAGE)) {
            findings.add(SpecRule.QUALITY, value.location(), value.path(), "\"%s\" is no threshold of this check".formatted(value.text()), "write an operator and a number, for example \"%s\"".formatted(example(kind)));
            return Optional.empty();
        }
        Operator operator = switch (matcher.group(1)) {
            case "<=", "=<", "≤" -> Operator.MUST_BE_LESS_OR_EQUAL_TO;
            case "<" -> Operator.MUST_BE_LESS_THAN;
            case ">=", "=>", "≥" -> Operator.MUST_BE_GREATER_OR_EQUAL_TO;
            case ">" -> Operator.MUST_BE_GREATER_THAN;
            case "!=" -> Operator.MUST_NOT_BE;
            default -> Operator.MUST_BE;
        };
        return Optional.of(new ThresholdSpec(operator, List.of(new BigDecimal(matcher.group(2)))));
    }

    private static String example(Kind kind)
    {
        return switch (kind) {
            case ROW_COUNT -> "> 1000";
            case NULL_PERCENTAGE -> "< 1%";
            case FRESHNESS -> "< 24 hours";
            case SOURCE_ROWS, COMPLETENESS -> "99.9%";
            case NULL_VALUES, DUPLICATES -> "<= 0";
        };
    }

    private static ThresholdSpec atLeast(BigDecimal share)
    {
        return new ThresholdSpec(Operator.MUST_BE_GREATER_OR_EQUAL_TO, List.of(share));
    }

    private Optional<BigDecimal> share(YamlScalar value)
    {
        try {
            return Optional.of(SlaText.ratio(value.text()));
        }
        catch (SlaFormatException e) {
            findings.add(SpecRule.QUALITY, value.locationOf(e.offset()), value.path(), e.getMessage(), e.fix());
            return Optional.empty();
        }
    }

    private Optional<Freshness> objective(YamlScalar value)
    {
        try {
            return Optional.of(SlaText.freshness(value.text(), Optional.empty()));
        }
        catch (SlaFormatException e) {
            findings.add(SpecRule.QUALITY, value.locationOf(e.offset()), value.path(), "freshness: " + e.getMessage(), e.fix());
            return Optional.empty();
        }
    }
}
