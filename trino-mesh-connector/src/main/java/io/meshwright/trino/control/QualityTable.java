package io.meshwright.trino.control;

import com.google.common.collect.ImmutableMap;
import io.meshwright.bridge.result.CheckRow;
import io.meshwright.bridge.table.Row;
import io.meshwright.model.check.CheckMetric;
import io.meshwright.model.mask.ShownFigures;
import io.meshwright.trino.control.LatestResults.TestRun;
import io.meshwright.trino.product.Product;
import io.meshwright.trino.product.ReaderAccess;
import io.meshwright.trino.registry.RegistryTables;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static com.google.common.collect.Sets.difference;
import static java.util.Objects.requireNonNull;

/**
 * What contract tests found.
 */
final class QualityTable
{
    /**
     * @param showsFigures whether figures and words may be shown, or the verdict only
     */
    record State(CheckRow row, boolean showsFigures) {}

    static final ControlColumns<State> COLUMNS = ControlColumns.<State>builder()
            .text("product", "Address of the product", state -> state.row().product())
            .text("port", "Output port whose data was tested", state -> state.row().port())
            .text("contract_id", "Id of the contract", state -> state.row().contract())
            .text("contract_version", "Version of the contract", state -> state.row().contractVersion())
            .optionalText("contract_hash", "SHA-256 of the contract's text; null in results of earlier versions", state -> state.row().contractHash())
            .text("check_name", "Name of the rule, stable over tests", state -> state.row().checkName())
            .optionalText("field", "Column, for a rule on one", state -> state.row().field())
            .text("metric", "What is measured", state -> state.row().metric())
            .optionalText("dimension", "Quality dimension", state -> state.row().dimension())
            .text("severity", "As the contract says", state -> state.row().severity())
            .text("status", "passed, warning, failed, error or skipped; error means that the rule could not be tested", state -> state.row().status())
            .optionalDecimal("actual", 6, "The figure; null when it was not measured or is not for you", state -> state.row().actual().filter(_ -> state.showsFigures()))
            .optionalDecimal("valid_ratio", 9, "Share of rows that keep the rule, 0..1; null when the rule is not about rows or it is not for you", state -> state.row().validRatio().filter(_ -> state.showsFigures()))
            .optionalText("threshold", "What the figure is held against", state -> state.row().threshold())
            .optionalText("message", "What was found", state -> state.row().message().filter(_ -> state.showsFigures()))
            .optionalText("rung", "Evidence of the figure, R0 to R6", state -> state.row().rung())
            .optionalText("branch", "Branch that was tested before it is published; null for what the product serves", state -> state.row().branch())
            .optionalText("snapshot_id", "Version of the data that was tested, for FOR VERSION AS OF", state -> state.row().snapshotId())
            .optionalBigint("bytes_read", "Bytes of data files read by the query that gave the figure, which other rules may share; null when nobody counted or it is not for you", state -> state.showsFigures() ? state.row().bytesRead() : OptionalLong.empty())
            .optionalDecimal("duration_seconds", 3, "Seconds of that query; null when none was needed or it is not for you", state -> state.row().durationSeconds().filter(_ -> state.showsFigures()))
            .optionalText("job_id", "Id of the Spark application; null where no row had to be read", state -> state.row().jobId())
            .optionalText("product_version", "Version that the product declared", state -> state.row().productVersion())
            .text("run_id", "The test that this result belongs to", state -> state.row().runId())
            .timestamp("started_at", "Begin of the test", state -> state.row().startedAt())
            .timestamp("finished_at", "End of the test", state -> state.row().finishedAt())
            .build();

    private final ControlAccess access;
    private final RegistryTables tables;
    private final LatestResults results;

    QualityTable(ControlAccess access, RegistryTables tables, LatestResults results)
    {
        this.access = requireNonNull(access, "access is null");
        this.tables = requireNonNull(tables, "tables is null");
        this.results = requireNonNull(results, "results is null");
    }

    /**
     * All results that were ever recorded.
     */
    ControlRows<State> all(ControlRequest request)
            throws IOException
    {
        return ControlRows.scan(tables, CheckRow.TABLE, CheckRow.SCHEMA.columnNames(), "product", request, (row, rows) -> add(request, row, rows));
    }

    /**
     * The results of the last test of each port; only the files that hold them are read.
     */
    ControlRows<State> last(ControlRequest request)
            throws IOException
    {
        Map<String, Map<String, TestRun>> lastTests = results.tests();
        Map<String, TestRun> runs = request.asked()
                .filter(product -> access.finds(product, request.identity()))
                .flatMap(product -> lastTests.getOrDefault(product.address(), ImmutableMap.of()).values().stream())
                .collect(toImmutableMap(run -> key(run.runId(), run.port()), run -> run));
        Set<String> parts = runs.values().stream().map(TestRun::part).collect(toImmutableSet());
        Set<String> found = new HashSet<>();
        ControlRows<State> rows = ControlRows.scanParts(tables, CheckRow.TABLE, CheckRow.SCHEMA.columnNames(), parts, (row, consumer) -> {
            String key = key(row.string("run_id"), row.string("port"));
            if (runs.containsKey(key)) {
                found.add(key);
                add(request, row, consumer);
            }
        });
        return new ControlRows<>()
        {
            @Override
            public boolean advance(Consumer<State> consumer)
                    throws IOException
            {
                if (rows.advance(consumer)) {
                    return true;
                }
                if (!found.containsAll(runs.keySet())) {
                    throw new IOException("Results of the runs %s were put together while they were read".formatted(difference(runs.keySet(), found)));
                }
                return false;
            }

            @Override
            public void close()
                    throws IOException
            {
                rows.close();
            }
        };
    }

    private static String key(String run, String port)
    {
        return run + " " + port;
    }

    private void add(ControlRequest request, Row row, Consumer<State> rows)
    {
        String address = row.string("product");
        if (!request.asks(address)) {
            return;
        }
        Optional<Product> product = request.product(address).filter(found -> access.finds(found, request.identity()));
        if (product.isEmpty()) {
            return;
        }
        CheckRow check = CheckRow.SCHEMA.decode(row);
        rows.accept(new State(check, showsFigures(request, product.orElseThrow(), check)));
    }

    /**
     * A figure that may be a value of a masked column is for those who see clear values. So is an age that comes from one.
     */
    private boolean showsFigures(ControlRequest request, Product product, CheckRow check)
    {
        ReaderAccess readers = access.readers();
        if (!access.reads(product, request.identity()) || (check.metric().equals(CheckMetric.FRESHNESS.label()) && !readers.seesAge(product, request.identity()))) {
            return false;
        }
        return readers.seesClearValues(product, request.identity()) || shownFigures(product, check.port()).ofCheck(check.metric(), check.field());
    }

    /**
     * The masks of another port than the one behind the address are not known here.
     */
    private static ShownFigures shownFigures(Product product, String port)
    {
        return product.port() instanceof Product.Table table && table.registered().port().equals(port) ? ShownFigures.of(table.model(), table.masks()) : ShownFigures.OF_UNKNOWN_COLUMNS;
    }
}
