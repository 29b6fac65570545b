package io.meshwright.spark.producer;

import io.meshwright.bridge.check.ProductUnderTest;
import io.meshwright.model.check.CheckPlanner;
import io.meshwright.model.check.CheckRule;
import io.meshwright.model.check.CheckSpec;
import io.meshwright.model.check.CheckSpec.Unit;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.Measure;
import io.meshwright.spark.check.ValueViolations;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.KnownNotNull;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.optimizer.ReplaceExpressions$;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.catalyst.trees.TreeNodeTag;
import org.apache.spark.sql.catalyst.util.RowDeltaUtils;
import org.apache.spark.sql.classic.ColumnNodeToExpressionConverter$;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.Some;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractPartialFunction;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;

/**
 * Puts the contract's rules on values into the query that a write takes its rows from: a row that breaks one ends its task, and with it the write, before
 * the commit. Messages name field and rule and never the value.
 */
final class WriteValueGuard
        extends Rule<LogicalPlan>
{
    private static final TreeNodeTag<Boolean> GUARDED = new TreeNodeTag<>("meshwright.guarded");

    @Override
    public LogicalPlan apply(LogicalPlan plan)
    {
        return plan.transformDown(new AbstractPartialFunction<LogicalPlan, LogicalPlan>()
        {
            @Override
            public boolean isDefinedAt(LogicalPlan node)
            {
                return node.getTagValue(GUARDED).isEmpty() && ProductWrite.of(node).isPresent();
            }

            @Override
            public LogicalPlan apply(LogicalPlan node)
            {
                return guard(ProductWrite.of(node).orElseThrow());
            }
        });
    }

    private static LogicalPlan guard(ProductWrite write)
    {
        Optional<ProductUnderTest> product = WriteContracts.find(write.table());
        LogicalPlan command = (LogicalPlan) write.command();
        if (product.isPresent()) {
            Map<String, List<CheckSpec>> rules = rules(product.orElseThrow());
            command = (LogicalPlan) write.command().withNewQuery(guarded(write, rules, product.orElseThrow()));
        }
        command.setTagValue(GUARDED, true);
        return command;
    }

    /**
     * The rules that one row alone can break, by top-level column. Warnings refuse nothing, and neither do shares of rows.
     */
    private static Map<String, List<CheckSpec>> rules(ProductUnderTest product)
    {
        Map<String, List<CheckSpec>> rules = new LinkedHashMap<>();
        for (CheckSpec check : CheckPlanner.plan(product.contract().orElseThrow(), product.model(), product.tableNames()).checks()) {
            if (check.measure() instanceof Measure.Violations violations
                    && violations.filter().isEmpty()
                    && check.unit() == Unit.ROWS
                    && check.verdict(BigDecimal.ONE) == CheckStatus.FAILED) {
                rules.computeIfAbsent(violations.column().split("\\.", 2)[0], unused -> new ArrayList<>()).add(check);
            }
        }
        return rules;
    }

    private static LogicalPlan guarded(ProductWrite write, Map<String, List<CheckSpec>> rules, ProductUnderTest product)
    {
        LogicalPlan query = write.command().query();
        boolean namesOperation = CollectionConverters.asJava(query.output()).stream().anyMatch(attribute -> attribute.name().equals(RowDeltaUtils.OPERATION_COLUMN()));
        // a row that is only deleted has no values
        Column isWritten = namesOperation ? col(RowDeltaUtils.OPERATION_COLUMN()).notEqual(RowDeltaUtils.DELETE_OPERATION()) : lit(true);
        List<NamedExpression> columns = new ArrayList<>();
        for (Attribute attribute : CollectionConverters.asJava(query.output())) {
            List<CheckSpec> broken = rules.getOrDefault(attribute.name(), List.of());
            columns.add(broken.isEmpty() ? attribute : guarded(attribute, broken, isWritten, product));
        }
        // resolved over the bare columns, so that the query, which is optimized already, is not analyzed again
        LogicalPlan bare = new LocalRelation(query.output(), seq(List.of()), false, Option.empty());
        Project resolved = (Project) SparkSession.active().sessionState().analyzer().execute(new Project(seq(columns), bare));
        Project evaluable = (Project) ReplaceExpressions$.MODULE$.apply((LogicalPlan) resolved);
        return new Project(evaluable.projectList(), query);
    }

    private static NamedExpression guarded(Attribute attribute, List<CheckSpec> checks, Column isWritten, ProductUnderTest product)
    {
        Column value = col(ValueViolations.quoted(attribute.name()));
        Column guard = null;
        for (CheckSpec check : checks) {
            Measure.Violations violations = (Measure.Violations) check.measure();
            Column breaks = ValueViolations.of(violations.column(), violations.rule(), type(attribute, violations.column()));
            Column condition = isWritten.and(breaks);
            Column failure = raise_error(lit(message(check, violations, product)));
            guard = guard == null ? functions.when(condition, failure) : guard.when(condition, failure);
        }
        Expression expression = ColumnNodeToExpressionConverter$.MODULE$.apply(guard.otherwise(value).node());
        Expression guarded = attribute.nullable() ? expression : new KnownNotNull(expression);
        return new Alias(guarded, attribute.name(), NamedExpression.newExprId(), seq(List.of()), new Some<>(attribute.metadata()), seq(List.of()));
    }

    private static String message(CheckSpec check, Measure.Violations violations, ProductUnderTest product)
    {
        return "%s: a row of the write to %s (port %s) breaks its contract %s: field %s, rule %s. Nothing was written.".formatted(
                CheckRule.WRITE_REFUSED.id(), product.address(), product.port().name(), product.contract().orElseThrow().version(), violations.column(), check.name());
    }

    private static DataType type(Attribute attribute, String path)
    {
        DataType type = attribute.dataType();
        String[] steps = path.split("\\.");
        for (int index = 1; index < steps.length; index++) {
            type = ((StructType) type).apply(steps[index]).dataType();
        }
        return type;
    }

    private static <T> Seq<T> seq(List<T> elements)
    {
        return CollectionConverters.asScala(elements).toSeq();
    }
}
