package io.meshwright.bridge.reconciliation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.meshwright.model.check.ReadOnlyExpression;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.fingerprint.ColumnMatch;
import io.meshwright.model.fingerprint.ComparedColumn;
import io.meshwright.model.fingerprint.ComparedType;
import io.meshwright.model.fingerprint.FingerprintPlan;
import io.meshwright.model.fingerprint.HashProfile;
import io.meshwright.model.fingerprint.LegacyDialect;
import io.meshwright.model.fingerprint.LegacyType;
import io.meshwright.model.product.MigrationSpec;
import io.meshwright.model.reconciliation.CountPlan;
import io.meshwright.model.reconciliation.ReconciliationReport.NotCompared;
import io.meshwright.model.reconciliation.ReconciliationRule;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types.NestedField;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;

/**
 * Finds out which columns of a product can be compared with which of its legacy table, and how. What cannot is listed with its reason, but the key has to be.
 */
final class ComparisonPlanner
{
    private static final Set<ComparedType.Kind> NUMBERS = Set.of(ComparedType.Kind.INTEGER, ComparedType.Kind.DECIMAL, ComparedType.Kind.REAL, ComparedType.Kind.DOUBLE);

    private final LegacySession session;
    private final LegacyDialect dialect;
    private final MigrationSpec migration;
    private final CountPlan counts;
    private final LegacyColumns legacy;
    private final List<NotCompared> notCompared = new ArrayList<>();
    private final List<String> rules = new ArrayList<>();

    private ComparisonPlanner(LegacySession session, MigrationSpec migration, CountPlan counts)
    {
        this.session = requireNonNull(session, "session is null");
        this.dialect = session.dialect();
        this.migration = requireNonNull(migration, "migration is null");
        this.counts = requireNonNull(counts, "counts is null");
        legacy = LegacyColumns.of(session, counts.legacyTable());
    }

    /**
     * @param schema of the product's table
     * @param zone whose days are meant, and whose clock timestamps without a zone show
     */
    static ComparisonPlan plan(LegacySession session, MigrationSpec migration, CountPlan counts, Schema schema, ZoneId zone)
    {
        return new ComparisonPlanner(session, migration, counts).plan(schema, zone);
    }

    private ComparisonPlan plan(Schema schema, ZoneId zone)
    {
        Map<String, ReadOnlyExpression> expressions = expressions(schema);
        Map<String, LegacyType> types = types(expressions);
        Map<String, ComparedColumn> columns = new LinkedHashMap<>();
        Optional<ZoneId> declared = migration.window().map(window -> zone);
        types.forEach((name, type) -> {
            ColumnMatch match = dialect.match(name, expressions.get(name), type, schema.findField(name).type().toString(), declared);
            match.column().ifPresent(column -> columns.put(name, column));
            match.reason().ifPresent(reason -> notCompared.add(new NotCompared("column " + name, reason)));
            match.notes().forEach(note -> rules.add(name + ": " + note));
        });
        List<ComparedColumn> key = migration.key().stream().map(name -> key(name, columns)).collect(toImmutableList());
        Map<String, BigDecimal> tolerances = tolerances(columns);
        List<ComparedColumn> others = columns.values().stream().filter(column -> !migration.key().contains(column.column())).collect(toImmutableList());
        others.stream().filter(column -> !column.type().kind().isHashed() || tolerances.containsKey(column.column())).forEach(column -> rules.add(
                column.column() + ": " + (tolerances.containsKey(column.column()) ? "equal within " + tolerances.get(column.column()).toPlainString() : "a binary fraction") + ", compared by its sum in each window, and by value in rows that differ otherwise"));
        List<ComparedColumn> hashed = ImmutableList.<ComparedColumn>builder()
                .addAll(key)
                .addAll(others.stream().filter(column -> column.type().kind().isHashed() && !tolerances.containsKey(column.column())).collect(toImmutableList()))
                .build();
        listLegacyColumns(expressions);
        HashChoice choice = HashChoice.of(session, migration.profile(), counts.legacyTable(), hashed);
        HashProfile profile = choice.profile();
        choice.words().ifPresent(words -> rules.add(0, words));
        FingerprintPlan fingerprints = new FingerprintPlan(
                counts.legacyTable(),
                counts.legacyFilter(),
                counts.meshFilter(),
                key,
                others,
                dialect.rowHash(profile, hashed),
                dialect.rowHash(profile, key),
                tolerances,
                counts.window(),
                counts.range());
        return new ComparisonPlan(fingerprints, profile, windows(session, counts), notCompared, rules);
    }

    /**
     * How days are told in a legacy table, which counts need as much as fingerprints do.
     */
    static LegacyWindows windows(LegacySession session, CountPlan counts)
    {
        if (counts.window().isEmpty()) {
            return LegacyWindows.wholeTable(session.dialect());
        }
        ReadOnlyExpression expression = counts.window().orElseThrow().legacy();
        LegacyType type = LegacyColumns.typeOf(session, counts.legacyTable(), expression);
        return LegacyWindows.days(session.dialect(), type, session.dialect().expression(expression), counts.range().orElseThrow().zone());
    }

    private Map<String, ReadOnlyExpression> expressions(Schema schema)
    {
        Map<String, ReadOnlyExpression> expressions = new LinkedHashMap<>();
        for (NestedField field : schema.columns()) {
            String mapped = migration.columns().get(field.name());
            Optional<ReadOnlyExpression> expression = mapped == null ? legacy.column(field.name()) : Optional.of(legacy.mapped(mapped));
            expression.ifPresentOrElse(
                    found -> expressions.put(field.name(), found),
                    () -> notCompared.add(new NotCompared("column " + field.name(), "the legacy table has no column of this name; name one below columns:")));
        }
        return expressions;
    }

    private Map<String, LegacyType> types(Map<String, ReadOnlyExpression> expressions)
    {
        Map<String, LegacyType> types = new LinkedHashMap<>();
        List<String> names = ImmutableList.copyOf(expressions.keySet());
        if (!legacy.names().isEmpty()) {
            List<LegacyType> found = legacy.types(ImmutableList.copyOf(expressions.values()));
            for (int index = 0; index < found.size(); index++) {
                types.put(names.get(index), found.get(index));
            }
            return types;
        }
        for (String name : names) {
            try {
                types.put(name, legacy.types(ImmutableList.of(expressions.get(name))).get(0));
            }
            catch (LegacyException e) {
                if (e.failure() != LegacyFailure.PERMISSION && e.failure() != LegacyFailure.STATEMENT || migration.key().contains(name)) {
                    throw e;
                }
                notCompared.add(new NotCompared(
                        "column " + name,
                        e.failure() == LegacyFailure.PERMISSION ? "the user has no right to read its legacy column" : "the legacy table has no such column, or the user may not see it"));
            }
        }
        return types;
    }

    private ComparedColumn key(String name, Map<String, ComparedColumn> columns)
    {
        ComparedColumn column = columns.get(name);
        if (column == null || !column.type().kind().isHashed()) {
            String reason = notCompared.stream().filter(entry -> entry.what().equals("column " + name)).map(entry -> ": " + entry.reason()).findFirst().orElse("");
            throw new MeshException(ReconciliationRule.KEY, USER, "The key column " + name + " cannot be compared" + reason, "name columns of both sides in migration.key, or write  compare: counts");
        }
        return column;
    }

    private Map<String, BigDecimal> tolerances(Map<String, ComparedColumn> columns)
    {
        Map<String, BigDecimal> tolerances = new HashMap<>();
        migration.tolerances().forEach((name, tolerance) -> {
            ComparedColumn column = columns.get(name);
            if (column != null && NUMBERS.contains(column.type().kind()) && !migration.key().contains(name)) {
                tolerances.put(name, tolerance);
            }
            else {
                notCompared.add(new NotCompared("tolerance of " + name, "it is no number that is compared outside of the key"));
            }
        });
        return ImmutableMap.copyOf(tolerances);
    }

    private void listLegacyColumns(Map<String, ReadOnlyExpression> expressions)
    {
        Set<String> used = new HashSet<>();
        expressions.values().forEach(expression -> used.add(expression.text().toLowerCase(Locale.ROOT)));
        counts.window().ifPresent(window -> used.add(window.legacy().text().toLowerCase(Locale.ROOT)));
        String all = String.join(" ", used);
        legacy.names().forEach((lower, name) -> {
            if (!Pattern.compile("\\b" + Pattern.quote(lower) + "\\b").matcher(all).find()) {
                notCompared.add(new NotCompared("legacy column " + name, "the product has no column of this name"));
            }
        });
    }
}
