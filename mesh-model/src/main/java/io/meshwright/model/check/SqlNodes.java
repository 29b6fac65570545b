package io.meshwright.model.check;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.sql.SyntaxTree;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.schema.Table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import static io.meshwright.model.check.CheckRule.SQL_FUNCTION;
import static io.meshwright.model.check.CheckRule.SQL_NOT_READ_ONLY;
import static io.meshwright.model.finding.MeshException.Cause.USER;

/**
 * Refuses every kind of node in a parsed statement that is not listed here.
 */
final class SqlNodes
{
    private static final Set<String> KINDS = words(
            """
            PlainSelect ParenthesedSelect SetOperationList UnionOp IntersectOp ExceptOp MinusOp SetOperationModifierType SetOperationType
            SelectItem WithItem Alias Table Join Distinct GroupByElement OrderByElement NullOrdering Limit Offset ParenthesedFromItem
            MySqlSqlCacheFlags EmitMode Column AllColumns AllTableColumns FunctionAllColumns LongValue DoubleValue StringValue
            BooleanValue NullValue DateTimeLiteralExpression DateTime IntervalExpression IntervalQualifier ColDataType TimeKeyExpression
            TimezoneExpression DateUnitExpression DateUnit Addition Subtraction Multiplication Division Modulo Concat AndExpression
            OrExpression NotExpression EqualsTo NotEqualsTo GreaterThan GreaterThanEquals MinorThan MinorThanEquals Between InExpression
            IsNullExpression IsBooleanExpression IsDistinctExpression LikeExpression KeyWord ExistsExpression SignedExpression
            Parenthesis ExpressionList ParenthesedExpressionList NamedExpressionList CaseExpression WhenClause CastExpression
            ExtractExpression TrimFunction TrimSpecification RegExpMatchOperator RegExpMatchOperatorType Function NullHandling
            AnalyticExpression AnalyticType WindowDefinition WindowElement WindowOffset WindowRange PartitionByClause OrderByClause
            FilterOverImpl Type""");

    static final Set<String> FUNCTIONS = words(
            """
            abs any_value approx_count_distinct approx_percentile avg bool_and bool_or cast cardinality ceil ceiling char_length
            character_length coalesce concat contains corr count count_if current_date current_timestamp date date_add date_diff
            date_part date_sub date_trunc datediff day dayofmonth dayofweek dayofyear dense_rank endswith every exp extract first_value
            floor from_unixtime greatest hour if ifnull instr isnan isnotnull isnull lag last_day last_value lead least left length ln
            locate log log10 lower ltrim max median min minute mod month nanvl now ntile nullif nvl percent_rank percentile
            percentile_approx position pow power quarter rank regexp_count regexp_like replace reverse right round row_number rtrim
            second sign size some split_part sqrt startswith stddev stddev_pop stddev_samp substr substring sum timestampdiff to_date
            to_timestamp trim trunc try_cast unix_timestamp upper var_pop var_samp variance weekofyear year""");

    private final List<Table> tables = new ArrayList<>();

    private SqlNodes() {}

    private static Set<String> words(String text)
    {
        return ImmutableSet.copyOf(Splitter.on(CharMatcher.whitespace()).omitEmptyStrings().split(text));
    }

    /**
     * All tables that are read from, after every node is found to be harmless.
     */
    static List<Table> tablesOf(Object root)
    {
        SqlNodes nodes = new SqlNodes();
        SyntaxTree.forEach(root, nodes::inspect);
        return nodes.tables;
    }

    private void inspect(Object node)
    {
        if (node instanceof Table table) {
            tables.add(table);
        }
        String kind = node instanceof Enum<?> constant ? constant.getDeclaringClass().getSimpleName() : node.getClass().getSimpleName();
        if (!KINDS.contains(kind)) {
            throw new MeshException(SQL_NOT_READ_ONLY, USER, "The statement has a part that is not allowed here: " + kind, "write a plain SELECT over the table under test");
        }
        if (node instanceof Function function) {
            allow(function.getName());
        }
        else if (node instanceof AnalyticExpression analytic) {
            allow(analytic.getName());
        }
    }

    private static void allow(String name)
    {
        if (!FUNCTIONS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new MeshException(SQL_FUNCTION, USER, "The function " + name + " is not allowed in a contract", "use one of: " + String.join(", ", FUNCTIONS));
        }
    }
}
