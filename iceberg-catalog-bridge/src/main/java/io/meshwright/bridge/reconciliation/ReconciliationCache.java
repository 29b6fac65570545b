package io.meshwright.bridge.reconciliation;

import com.google.common.hash.Hashing;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.table.RowTable;
import io.meshwright.model.fingerprint.ComparedColumn;
import io.meshwright.model.fingerprint.FingerprintPlan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What former runs compared, so that a nightly run reads only the windows that changed, and a run that was killed goes on where it stopped.
 */
public final class ReconciliationCache
{
    private final RowTable<ComparedWindowRow> table;

    public ReconciliationCache(MeshCatalog catalog)
    {
        table = new RowTable<>(catalog, ComparedWindowRow.TABLE, ComparedWindowRow.SCHEMA);
    }

    /**
     * The newest row of each window.
     */
    Map<String, ComparedWindowRow> last(String product, String planHash)
    {
        Map<String, ComparedWindowRow> last = new HashMap<>();
        table.forEach(row -> {
            if (row.product().equals(product) && row.planHash().equals(planHash)) {
                last.merge(row.window(), row, (one, other) -> one.comparedAt().isAfter(other.comparedAt()) ? one : other);
            }
        });
        return last;
    }

    void record(List<ComparedWindowRow> rows)
    {
        table.append(rows);
    }

    /**
     * Changes whenever rows would be compared in another way.
     */
    static String planHash(ComparisonPlan plan, String legacy)
    {
        FingerprintPlan fingerprints = plan.fingerprints();
        List<String> parts = new ArrayList<>(List.of(
                legacy,
                fingerprints.legacyTable(),
                fingerprints.legacyFilter().toString(),
                fingerprints.meshFilter().toString(),
                fingerprints.window().toString(),
                fingerprints.range().map(range -> range.zone().getId()).orElse(""),
                plan.profileName()));
        fingerprints.key().forEach(column -> parts.add("key " + text(column)));
        fingerprints.columns().forEach(column -> parts.add(text(column) + " " + fingerprints.tolerances().get(column.column())));
        return Hashing.sha256().hashString(String.join("\u001F", parts), UTF_8).toString();
    }

    private static String text(ComparedColumn column)
    {
        return column.column() + "\u001E" + column.legacy().text() + "\u001E" + column.type() + "\u001E" + column.zone();
    }
}
