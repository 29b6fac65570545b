package io.meshwright.model.contract;

import io.meshwright.model.check.BoundText;
import io.meshwright.model.check.CheckRule;
import io.meshwright.model.check.ReadOnlySql;
import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.Findings;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.finding.Severity;
import io.meshwright.model.finding.SourceLocation;
import io.meshwright.model.product.ProductAddress;
import io.meshwright.model.yaml.DidYouMean;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.meshwright.model.contract.ContractRule.ENUM_TYPE;
import static io.meshwright.model.contract.ContractRule.FIELD_TYPE;
import static io.meshwright.model.contract.ContractRule.FIELD_TYPE_MISSING;
import static io.meshwright.model.contract.ContractRule.IMPOSSIBLE_CONSTRAINT;
import static io.meshwright.model.contract.ContractRule.MISPLACED_CONSTRAINT;
import static io.meshwright.model.contract.ContractRule.PATTERN;
import static io.meshwright.model.contract.ContractRule.QUALITY_SQL;
import static io.meshwright.model.contract.ContractRule.UNKNOWN_FIELD;

/**
 * Finds what cannot be right in a contract that was understood.
 */
final class ContractChecks
{
    private static final Set<FieldType> NUMBERS = Set.of(FieldType.INTEGER, FieldType.LONG, FieldType.DECIMAL, FieldType.FLOAT, FieldType.DOUBLE);
    private static final Set<FieldType> ORDERED = Set.of(
            FieldType.INTEGER,
            FieldType.LONG,
            FieldType.DECIMAL,
            FieldType.FLOAT,
            FieldType.DOUBLE,
            FieldType.DATE,
            FieldType.TIME,
            FieldType.TIMESTAMP,
            FieldType.TIMESTAMP_NTZ);

    private static final Set<FieldType> TEXTS = Set.of(FieldType.STRING, FieldType.UUID, FieldType.BINARY);

    private final DataContract contract;
    private final Findings findings;
    private final Set<String> withoutType;

    private ContractChecks(DataContract contract, Findings findings)
    {
        this.contract = contract;
        this.findings = findings;
        this.withoutType = findings.sorted().stream()
                .filter(finding -> finding.rule() == FIELD_TYPE || finding.rule() == FIELD_TYPE_MISSING)
                .map(finding -> finding.path().replaceFirst("\\.(type|logicalType)$", ""))
                .collect(toImmutableSet());
    }

    static void check(DataContract contract, Findings findings)
    {
        new ContractChecks(contract, findings).check();
    }

    private void check()
    {
        for (ContractModel model : contract.models()) {
            model.fields().forEach(field -> check(model, field, field.name()));
            model.quality().forEach(rule -> checkRule(model, rule, Optional.empty()));
        }
        checkFreshness();
    }

    private void check(ContractModel model, ContractField field, String column)
    {
        if (!withoutType.contains(field.path())) {
            checkText(field);
            checkBounds(field);
            checkEnum(field);
        }
        checkReference(field);
        field.quality().forEach(rule -> checkRule(model, rule, Optional.of(column)));
        field.fields().forEach(nested -> check(model, nested, column + "." + nested.name()));
        field.items().ifPresent(nested -> check(model, nested, column + "." + nested.name()));
        field.key().ifPresent(nested -> check(model, nested, column + "." + nested.name()));
        field.value().ifPresent(nested -> check(model, nested, column + "." + nested.name()));
    }

    private void checkText(ContractField field)
    {
        FieldConstraints constraints = field.constraints();
        constraints.pattern().ifPresent(pattern -> {
            checkPattern(pattern, field.path(), field);
            if (!TEXTS.contains(field.type())) {
                misplaced(field, "pattern");
            }
        });
        // for maps and structs ODCS has words of its own
        boolean measured = TEXTS.contains(field.type()) || field.type() == FieldType.ARRAY
                || (contract.standard() == DataContract.Standard.ODCS && (field.type() == FieldType.MAP || field.type() == FieldType.STRUCT));
        if (!measured && (constraints.minLength().isPresent() || constraints.maxLength().isPresent())) {
            misplaced(field, constraints.minLength().isPresent() ? "minLength" : "maxLength");
        }
        if (constraints.minLength().isPresent() && constraints.minLength().orElseThrow() > constraints.maxLength().orElse(Integer.MAX_VALUE)) {
            impossible(field, "minLength %s is greater than maxLength %s".formatted(constraints.minLength().orElseThrow(), constraints.maxLength().orElseThrow()));
        }
        if (constraints.maxLength().orElse(0) < 0 || constraints.minLength().orElse(0) < 0) {
            impossible(field, "A length cannot be negative");
        }
    }

    private void misplaced(ContractField field, String key)
    {
        findings.add(
                MISPLACED_CONSTRAINT,
                field.source(),
                field.path() + "." + key,
                "%s does not apply to the type %s of the field '%s'".formatted(key, field.declaredType(), ContractNode.abbreviate(field.name())),
                "Remove it, or change the type.");
    }

    private void impossible(ContractField field, String message)
    {
        findings.add(IMPOSSIBLE_CONSTRAINT, field.source(), field.path(), "%s in the field '%s'".formatted(message, ContractNode.abbreviate(field.name())), "Change one of them, so that a value can satisfy both.");
    }

    private void checkPattern(String pattern, String path, ContractField field)
    {
        try {
            Pattern.compile(pattern);
        }
        catch (PatternSyntaxException | StackOverflowError e) {
            String reason = e instanceof PatternSyntaxException syntax ? syntax.getDescription() + " near index " + syntax.getIndex() : "it is nested too deeply";
            findings.add(
                    PATTERN,
                    field.source(),
                    path,
                    "The pattern '%s' is not a regular expression: %s".formatted(ContractNode.abbreviate(pattern), ContractNode.abbreviate(reason)),
                    "Correct it, for example ^[A-Z]{3}$ for three capital letters.");
        }
    }

    private void checkBounds(ContractField field)
    {
        FieldConstraints constraints = field.constraints();
        Optional<String> lower = checkBound(field, "minimum", constraints.minimum());
        Optional<String> above = checkBound(field, "exclusiveMinimum", constraints.exclusiveMinimum());
        Optional<String> upper = checkBound(field, "maximum", constraints.maximum());
        Optional<String> below = checkBound(field, "exclusiveMaximum", constraints.exclusiveMaximum());
        checkRange(field, "minimum", lower, "maximum", upper, false);
        checkRange(field, "minimum", lower, "exclusiveMaximum", below, true);
        checkRange(field, "exclusiveMinimum", above, "maximum", upper, true);
        checkRange(field, "exclusiveMinimum", above, "exclusiveMaximum", below, true);
        constraints.multipleOf().ifPresent(divisor -> {
            if (!NUMBERS.contains(field.type())) {
                misplaced(field, "multipleOf");
            }
            else if (ContractNode.number(divisor).filter(number -> number.signum() > 0).isEmpty()) {
                impossible(field, "multipleOf must be a number above zero, and is '%s'".formatted(ContractNode.abbreviate(divisor)));
            }
        });
    }

    /**
     * The bound as a value of the field's type, in the form that sorts; empty where there is none or it was refused.
     */
    private Optional<String> checkBound(ContractField field, String key, Optional<String> bound)
    {
        if (bound.isEmpty()) {
            return Optional.empty();
        }
        if (!ORDERED.contains(field.type())) {
            misplaced(field, key);
            return Optional.empty();
        }
        Optional<String> value = normalize(bound.orElseThrow(), field.type());
        if (value.isEmpty()) {
            // other tools may know the format in which a date is written
            findings.add(new Finding(
                    IMPOSSIBLE_CONSTRAINT,
                    NUMBERS.contains(field.type()) ? Severity.ERROR : Severity.WARNING,
                    field.source(),
                    field.path() + "." + key,
                    "%s of the field '%s' is '%s', which is no value of the type %s".formatted(key, ContractNode.abbreviate(field.name()), ContractNode.abbreviate(bound.orElseThrow()), field.declaredType()),
                    "Write a value of the type %s; dates and times as 2026-11-20 and 2026-11-20T10:00:00Z.".formatted(field.declaredType())));
        }
        return value;
    }

    private static Optional<String> normalize(String text, FieldType type)
    {
        if (NUMBERS.contains(type)) {
            return ContractNode.number(text).map(BigDecimal::toPlainString);
        }
        try {
            if (type == FieldType.TIME) {
                return Optional.of(LocalTime.parse(text.strip()).toString());
            }
            // without the Z the texts of instants sort by time
            return BoundText.normalize(text, type).map(value -> value.replaceFirst("Z$", ""));
        }
        catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private void checkRange(ContractField field, String lowerKey, Optional<String> lower, String upperKey, Optional<String> upper, boolean exclusive)
    {
        if (lower.isEmpty() || upper.isEmpty()) {
            return;
        }
        int comparison = NUMBERS.contains(field.type())
                ? ContractNode.number(lower.orElseThrow()).orElseThrow().compareTo(ContractNode.number(upper.orElseThrow()).orElseThrow())
                : lower.orElseThrow().compareTo(upper.orElseThrow());
        if (comparison > 0 || (exclusive && comparison == 0)) {
            impossible(field, "%s %s leaves nothing below %s %s".formatted(lowerKey, ContractNode.abbreviate(lower.orElseThrow()), upperKey, ContractNode.abbreviate(upper.orElseThrow())));
        }
    }

    private void checkEnum(ContractField field)
    {
        List<String> values = field.constraints().allowedValues();
        if (values.isEmpty()) {
            return;
        }
        if (field.type() == FieldType.STRUCT || field.type() == FieldType.ARRAY || field.type() == FieldType.MAP) {
            misplaced(field, "enum");
            return;
        }
        if (new HashSet<>(values).size() < values.size()) {
            findings.add(new Finding(ENUM_TYPE, Severity.WARNING, field.source(), field.path() + ".enum", "enum of the field '%s' lists a value twice".formatted(ContractNode.abbreviate(field.name())), "Remove the repetition."));
        }
        if (!NUMBERS.contains(field.type())) {
            return;
        }
        Optional<String> foreign = values.stream().filter(value -> ContractNode.number(value).isEmpty()).findFirst();
        if (foreign.isPresent()) {
            findings.add(
                    IMPOSSIBLE_CONSTRAINT,
                    field.source(),
                    field.path() + ".enum",
                    "enum of the field '%s' lists '%s', which is no value of the type %s".formatted(ContractNode.abbreviate(field.name()), ContractNode.abbreviate(foreign.orElseThrow()), field.declaredType()),
                    "Change the type to string, or list numbers.");
            return;
        }
        findings.add(
                ENUM_TYPE,
                field.source(),
                field.path() + ".enum",
                "enum stands on the field '%s' of the type %s".formatted(ContractNode.abbreviate(field.name()), field.declaredType()),
                "Change the type to string if the values are codes; else minimum and maximum say it more plainly.");
    }

    /**
     * A reference within the contract must hold; one to another contract cannot be looked up here.
     */
    private void checkReference(ContractField field)
    {
        if (field.references().isEmpty()) {
            return;
        }
        String[] parts = field.references().orElseThrow().split("\\.", 2);
        Optional<ContractModel> target = contract.models().stream().filter(model -> model.name().equals(parts[0])).findFirst();
        if (parts.length == 2 && target.isPresent() && findField(target.orElseThrow(), parts[1]).isEmpty()) {
            unknownField(field.source(), field.path() + ".references", parts[1], target.orElseThrow(), "The field '%s' refers to".formatted(ContractNode.abbreviate(field.name())));
        }
    }

    private void unknownField(SourceLocation source, String path, String name, ContractModel model, String who)
    {
        List<String> names = model.fields().stream().map(ContractField::name).toList();
        findings.add(
                UNKNOWN_FIELD,
                source,
                path,
                "%s '%s', which is not a field of '%s'".formatted(who, ContractNode.abbreviate(name), ContractNode.abbreviate(model.name())),
                DidYouMean.suggest(name, names).map("Did you mean '%s'?"::formatted).orElse("Name one of its fields."));
    }

    private static Optional<ContractField> findField(ContractModel model, String path)
    {
        List<ContractField> fields = model.fields();
        Optional<ContractField> found = Optional.empty();
        for (String name : path.split("\\.")) {
            found = fields.stream().filter(field -> field.name().equals(name)).findFirst();
            if (found.isEmpty()) {
                return found;
            }
            fields = found.orElseThrow().fields();
        }
        return found;
    }

    private void checkRule(ContractModel model, QualityRule rule, Optional<String> column)
    {
        for (String property : rule.arguments().getOrDefault("properties", List.of())) {
            if (findField(model, property).isEmpty()) {
                unknownField(rule.source(), rule.path(), property, model, "The rule names");
            }
        }
        for (String pattern : rule.arguments().getOrDefault("pattern", List.of())) {
            try {
                Pattern.compile(pattern);
            }
            catch (PatternSyntaxException e) {
                findings.add(
                        PATTERN,
                        rule.source(),
                        rule.path(),
                        "The pattern '%s' is not a regular expression: %s".formatted(ContractNode.abbreviate(pattern), e.getDescription()),
                        "Correct it, for example ^[A-Z]{3}$ for three capital letters.");
            }
        }
        if (rule.type() == QualityRule.Type.SQL) {
            rule.query().ifPresent(query -> checkSql(model, rule, query, column));
        }
    }

    private void checkSql(ContractModel model, QualityRule rule, String query, Optional<String> column)
    {
        try {
            ReadOnlySql.parse(query, tableNames(model), column);
        }
        catch (MeshException e) {
            // a query over other tables or with functions of another engine is right for other tools, and is not run here
            boolean foreign = e.rule() == CheckRule.SQL_TABLE || e.rule() == CheckRule.SQL_FUNCTION;
            Severity severity = foreign ? Severity.WARNING : Severity.ERROR;
            findings.add(new Finding(
                    QUALITY_SQL,
                    severity,
                    rule.source(),
                    rule.path(),
                    "The query cannot be run: %s".formatted(ContractNode.abbreviate(e.getMessage())),
                    e.fix().isBlank() ? "Write exactly one SELECT over the table." : e.fix()));
        }
    }

    /**
     * What the table under test may be called in SQL, as far as the contract tells.
     */
    private Set<String> tableNames(ContractModel model)
    {
        Set<String> names = new HashSet<>();
        names.add(model.name());
        model.physicalName().ifPresent(names::add);
        ProductAddress.parse(contract.id()).ifPresent(address -> names.addAll(List.of(address.product(), address.tableName(), address.sqlName(), address.toString())));
        return names;
    }

    private void checkFreshness()
    {
        Optional<String> field = contract.serviceLevels().freshness().flatMap(freshness -> freshness.timestampField());
        if (field.isEmpty() || contract.models().isEmpty()) {
            return;
        }
        List<ContractField> found = new ArrayList<>();
        contract.models().forEach(model -> findField(model, field.orElseThrow()).ifPresent(found::add));
        if (found.isEmpty()) {
            ContractModel model = contract.models().get(0);
            List<String> names = model.fields().stream().map(ContractField::name).toList();
            findings.add(new Finding(
                    UNKNOWN_FIELD,
                    Severity.WARNING,
                    model.source(),
                    model.path(),
                    "Freshness is measured by '%s', which is not a field of the contract".formatted(ContractNode.abbreviate(field.orElseThrow())),
                    DidYouMean.suggest(field.orElseThrow(), names).map("Did you mean '%s'?"::formatted).orElse("Name a timestamp field of the contract.")));
        }
    }
}
