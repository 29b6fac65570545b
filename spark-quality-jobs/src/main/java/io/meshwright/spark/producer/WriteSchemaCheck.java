package io.meshwright.spark.producer;

import io.meshwright.bridge.check.ColumnTypes;
import io.meshwright.bridge.check.ProductUnderTest;
import io.meshwright.model.check.CheckPlanner;
import io.meshwright.model.check.CheckRule;
import io.meshwright.model.check.Measure;
import io.meshwright.model.contract.ContractField;
import io.meshwright.model.finding.MeshException;
import org.apache.iceberg.Schema;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.spark.source.SparkTable;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.analysis.ResolvedIdentifier;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ReplaceTable;
import org.apache.spark.sql.catalyst.plans.logical.ReplaceTableAsSelect;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import scala.jdk.javaapi.CollectionConverters;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.meshwright.model.finding.MeshException.Cause.REFUSED;

/**
 * Holds the columns of a write against the contract once Spark has analyzed it. What the engine itself refuses does not come this far.
 */
final class WriteSchemaCheck
{
    private WriteSchemaCheck() {}

    /**
     * @throws MeshException naming every field that does not match, or where the registry cannot be read
     */
    static void check(LogicalPlan plan)
    {
        refuseReplacement(plan);
        ProductWrite.of(plan)
                // rows of UPDATE and MERGE have the columns of the table
                .filter(write -> write.operation().isEmpty())
                .ifPresent(write -> WriteContracts.find(write.table()).ifPresent(product -> check(write, product)));
        CollectionConverters.asJava(plan.children()).forEach(WriteSchemaCheck::check);
    }

    private static void check(ProductWrite write, ProductUnderTest product)
    {
        Schema written = SparkSchemaUtil.convert(write.command().query().schema());
        List<String> problems = new ArrayList<>();
        CheckPlanner.plan(product.contract().orElseThrow(), product.model(), product.tableNames()).checks().stream()
                .map(check -> check.measure())
                .filter(Measure.ColumnMatches.class::isInstance)
                .map(measure -> (Measure.ColumnMatches) measure)
                .forEach(column -> problem(written, column).ifPresent(problems::add));
        Set<String> declared = product.model().fields().stream().map(ContractField::name).collect(toImmutableSet());
        written.columns().stream()
                .map(column -> column.name())
                .filter(name -> !declared.contains(name) && write.table().schema().findField(name) == null)
                .forEach(name -> problems.add("field %s is neither in the contract nor in the table".formatted(name)));
        if (!problems.isEmpty()) {
            throw refused(product, String.join("; ", problems));
        }
    }

    private static Optional<String> problem(Schema written, Measure.ColumnMatches column)
    {
        if (written.findField(column.column()) == null) {
            // an optional one that is left out is NULL
            return column.field().required() ? Optional.of("required field %s is not written".formatted(column.column())) : Optional.empty();
        }
        return ColumnTypes.mismatch(written, column.column(), column.field()).map(text -> "field " + text.replaceFirst("^column ", "").replace(" in the table", ""));
    }

    private static void refuseReplacement(LogicalPlan plan)
    {
        LogicalPlan name = plan instanceof ReplaceTableAsSelect select ? select.name() : plan instanceof ReplaceTable replace ? replace.name() : null;
        if (!(name instanceof ResolvedIdentifier identifier) || !(identifier.catalog() instanceof TableCatalog catalog)) {
            return;
        }
        try {
            if (catalog.loadTable(identifier.identifier()) instanceof SparkTable table) {
                WriteContracts.find(table.table()).ifPresent(product -> {
                    throw refused(product, "its table is not replaced, since its schema and history are what consumers rely on; overwrite its rows");
                });
            }
        }
        catch (NoSuchTableException e) {
            // a new table is nobody's product yet
            return;
        }
    }

    static MeshException refused(ProductUnderTest product, String problems)
    {
        return new MeshException(
                CheckRule.WRITE_REFUSED,
                REFUSED,
                "%s: the write to %s (port %s) does not match its contract %s: %s. Nothing was written.".formatted(
                        CheckRule.WRITE_REFUSED.id(), product.address(), product.port().name(), product.contract().orElseThrow().version(), problems),
                "correct the write, or agree on another contract and register it");
    }
}
