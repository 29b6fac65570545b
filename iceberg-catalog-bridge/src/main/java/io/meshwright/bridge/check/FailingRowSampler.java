package io.meshwright.bridge.check;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.meshwright.bridge.evidence.FileEvidence;
import io.meshwright.model.check.CheckMetric;
import io.meshwright.model.check.CheckPlan;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckSpec;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.ContractTestReport;
import io.meshwright.model.check.FailingRows;
import io.meshwright.model.check.FileMeasure;
import io.meshwright.model.contract.ContractField;
import io.meshwright.model.mask.KeyRing;
import org.apache.iceberg.Schema;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Fetches some of the rows that break rules: their keys and the column that the rule is about, masked. Only files are read in which rows are known to break the
 * rule, and only until there are enough.
 */
public final class FailingRowSampler
{
    /**
     * The most rows of a check that are ever shown.
     */
    public static final int MOST_ROWS = 100;

    private static final int LONGEST_TEXT = 200;
    private static final Set<String> OF_ROWS = ImmutableSet.of(CheckMetric.NULL_VALUES.label(), CheckMetric.MISSING_VALUES.label(), CheckMetric.INVALID_VALUES.label());
    private static final Set<CheckStatus> FOUND = ImmutableSet.of(CheckStatus.FAILED, CheckStatus.WARNING);

    private final int limit;
    private final Optional<KeyRing> keys;

    /**
     * @param limit rows for each check, 1 to {@value #MOST_ROWS}
     * @param keys of the masks; without them, rows with a column that needs one are withheld
     */
    public FailingRowSampler(int limit, Optional<KeyRing> keys)
    {
        checkArgument(limit > 0 && limit <= MOST_ROWS, "limit is not between 1 and %s: %s", MOST_ROWS, limit);
        this.limit = limit;
        this.keys = requireNonNull(keys, "keys is null");
    }

    /**
     * Whether a report tells of rows that could be fetched.
     */
    public static boolean isWorthwhile(ContractTestReport report)
    {
        return report.checks().stream().anyMatch(check -> FOUND.contains(check.status()) && OF_ROWS.contains(check.metric()));
    }

    List<FailingRows> sample(ProductUnderTest product, Schema schema, CheckPlan plan, List<CheckResult> results, FileEvidence files, TableReader reader)
    {
        Optional<RowMasks> masks = RowMasks.of(product, schema, keys);
        ImmutableList.Builder<FailingRows> sampled = ImmutableList.builder();
        for (CheckResult result : results) {
            if (FOUND.contains(result.status()) && result.actual().filter(figure -> figure.compareTo(BigDecimal.ZERO) != 0).isPresent()) {
                plan.checks().stream()
                        .filter(check -> check.name().equals(result.name()))
                        .findFirst()
                        .map(check -> sample(product, check, files, reader, masks))
                        .ifPresent(sampled::add);
            }
        }
        return sampled.build();
    }

    private FailingRows sample(ProductUnderTest product, CheckSpec check, FileEvidence files, TableReader reader, Optional<RowMasks> masks)
    {
        Optional<FileMeasure> measure = FileChecks.measure(check);
        if (measure.isEmpty() || !(measure.orElseThrow() instanceof FileMeasure.Violations violations)) {
            return FailingRows.withheld(check.name(), "the rule is not about single rows");
        }
        if (masks.isEmpty()) {
            return FailingRows.withheld(check.name(), "the registered contract does not tell which columns are personal");
        }
        if (!masks.orElseThrow().shows(violations.column())) {
            return FailingRows.withheld(check.name(), "column " + violations.column() + " holds no single values, or is not the one that was registered");
        }
        Set<String> columns = new LinkedHashSet<>(keyColumns(product));
        columns.removeIf(column -> !masks.orElseThrow().shows(column));
        columns.remove(violations.column());
        columns.add(violations.column());
        List<String> withoutKey = columns.stream().filter(masks.orElseThrow()::lacksKey).collect(toImmutableList());
        if (!withoutKey.isEmpty()) {
            return FailingRows.withheld(check.name(), "personal columns (" + String.join(", ", withoutKey) + ") are shown as tokens only, and no key ring of the masks was given");
        }
        try {
            return new FailingRows(check.name(), ImmutableList.copyOf(columns), masked(reader.violatingRows(violations, ImmutableList.copyOf(columns), files.violated(violations), limit), columns, masks.orElseThrow()), Optional.empty());
        }
        catch (RuntimeException e) {
            return FailingRows.withheld(check.name(), "the rows cannot be read: " + reader.explain(e));
        }
    }

    private List<List<Optional<String>>> masked(List<List<Optional<String>>> rows, Set<String> columns, RowMasks masks)
    {
        List<Function<String, Optional<String>>> maskers = columns.stream().map(masks::masker).collect(toImmutableList());
        List<List<Optional<String>>> masked = new ArrayList<>();
        for (List<Optional<String>> row : rows.subList(0, Math.min(rows.size(), limit))) {
            ImmutableList.Builder<Optional<String>> values = ImmutableList.builder();
            for (int index = 0; index < maskers.size(); index++) {
                values.add(row.get(index).flatMap(maskers.get(index)).map(FailingRowSampler::shortened));
            }
            masked.add(values.build());
        }
        return masked;
    }

    private static String shortened(String text)
    {
        return text.codePointCount(0, text.length()) <= LONGEST_TEXT ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT)) + "…";
    }

    /**
     * The fields of the primary key, else those that are unique.
     */
    private static List<String> keyColumns(ProductUnderTest product)
    {
        List<ContractField> fields = product.model().fields();
        List<String> key = fields.stream().filter(ContractField::primaryKey).map(ContractField::name).collect(toImmutableList());
        return key.isEmpty() ? fields.stream().filter(ContractField::unique).map(ContractField::name).collect(toImmutableList()) : key;
    }
}
