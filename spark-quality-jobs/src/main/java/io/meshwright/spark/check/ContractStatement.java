package io.meshwright.spark.check;

import com.google.common.collect.ImmutableSet;
import io.meshwright.model.check.CheckRule;
import io.meshwright.model.check.ReadOnlySql;
import io.meshwright.model.finding.MeshException;
import io.meshwright.spark.session.PinnedTable;
import io.meshwright.spark.session.PinnedTableCatalog;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.QueryPlan;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;

/**
 * Runs a statement of a contract over a pinned table. {@link ReadOnlySql} has proven the text harmless; this is the second wall: what
 * Spark itself understood may read that table and nothing else.
 */
final class ContractStatement
{
    private static final Set<String> SOURCES = ImmutableSet.of("DataSourceV2Relation", "OneRowRelation", "LocalRelation", "CTERelationRef");
    private static final Set<String> FORBIDDEN = ImmutableSet.of("CallMethodViaReflection", "TryReflect", "InputFileName", "InputFileBlockStart", "InputFileBlockLength", "ScalaUDF", "PythonUDF", "CurrentUser");

    private final PinnedTable table;

    ContractStatement(PinnedTable table)
    {
        this.table = requireNonNull(table, "table is null");
    }

    /**
     * @throws IllegalArgumentException where the result is anything else than one number
     */
    BigDecimal run(ReadOnlySql sql, Dataset<Row> rows)
    {
        rows.createOrReplaceTempView(ReadOnlySql.TABLE);
        List<Row> result = query(sql.text()).limit(2).collectAsList();
        if (result.isEmpty()) {
            throw new IllegalArgumentException("The statement returned no row, where one number was expected");
        }
        if (result.size() > 1 || result.get(0).size() != 1) {
            throw new IllegalArgumentException("The statement returned more than one value, where one number was expected");
        }
        return number(result.get(0).get(0));
    }

    private Dataset<Row> query(String sql)
    {
        org.apache.spark.sql.classic.SparkSession session = (org.apache.spark.sql.classic.SparkSession) table.session();
        LogicalPlan parsed;
        try {
            parsed = session.sessionState().sqlParser().parsePlan(sql);
        }
        catch (Exception e) {
            throw new IllegalArgumentException(SparkMessages.of(e), e);
        }
        // a command would run at once, before its plan could be looked at
        if (parsed instanceof Command) {
            throw refused("is a command: " + parsed.nodeName());
        }
        return inspect(session.sql(sql));
    }

    /**
     * @throws MeshException where a query reads something else than the table under test, or calls what is not allowed
     */
    static Dataset<Row> inspect(Dataset<Row> query)
    {
        LogicalPlan analyzed = ((org.apache.spark.sql.classic.Dataset<Row>) query).queryExecution().analyzed();
        analyzed.foreachWithSubqueries(node -> {
            inspect((LogicalPlan) node);
            return BoxedUnit.UNIT;
        });
        return query;
    }

    private static void inspect(QueryPlan<LogicalPlan> node)
    {
        boolean leaf = node.children().isEmpty();
        if (node instanceof Command || (leaf && !SOURCES.contains(node.getClass().getSimpleName().replace("$", "")))) {
            throw refused("reads something else than the table under test: " + node.nodeName());
        }
        // names of pinned tables cannot be guessed, so a table of that catalog is one that this run opened
        if (node instanceof DataSourceV2Relation relation && !(relation.catalog().isDefined() && relation.catalog().get() instanceof PinnedTableCatalog)) {
            throw refused("reads another table");
        }
        CollectionConverters.asJava(node.expressions()).forEach(ContractStatement::inspect);
    }

    private static void inspect(Expression expression)
    {
        if (FORBIDDEN.contains(expression.getClass().getSimpleName()) || !expression.deterministic()) {
            throw refused("calls a function that is not allowed: " + expression.prettyName());
        }
        CollectionConverters.asJava(expression.children()).forEach(ContractStatement::inspect);
    }

    private static MeshException refused(String what)
    {
        return new MeshException(CheckRule.SQL_NOT_READ_ONLY, USER, "The statement " + what, "write one SELECT over the table under test");
    }

    private static BigDecimal number(Object value)
    {
        if (value == null) {
            throw new IllegalArgumentException("The statement returned NULL, where one number was expected");
        }
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (Double.isNaN(number) || Double.isInfinite(number)) {
                throw new IllegalArgumentException("The statement returned " + number + ", where one number was expected");
            }
            return BigDecimal.valueOf(number);
        }
        if (value instanceof Number number) {
            return BigDecimal.valueOf(number.longValue());
        }
        // the value itself may be personal
        throw new IllegalArgumentException("The statement returned a " + value.getClass().getSimpleName() + ", where one number was expected");
    }
}
