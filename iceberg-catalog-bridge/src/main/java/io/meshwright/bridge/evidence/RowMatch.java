package io.meshwright.bridge.evidence;

import io.meshwright.model.check.RowFilter;
import io.meshwright.model.check.RowPredicate;
import io.meshwright.model.check.RowPredicate.Literal;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.InclusiveMetricsEvaluator;
import org.apache.iceberg.expressions.ResidualEvaluator;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Which rows of a data file a filter has, as far as its partition and its bounds tell.
 */
enum RowMatch
{
    NONE,
    ALL,
    UNKNOWN;

    /**
     * @param trusted whether metrics of columns are believed
     */
    static RowMatch of(Table table, LiveFile file, RowFilter filter, boolean trusted)
    {
        PartitionSpec spec = file.task().file().specId() == table.spec().specId() ? table.spec() : table.specs().get(file.task().file().specId());
        StructLike partition = file.task().file().partition();
        // what is not understood may be true of any row
        Expression atMost = translate(table.schema(), filter.predicate(), Expressions.alwaysTrue());
        if (residual(spec, atMost, partition).equals(Expressions.alwaysFalse())) {
            return NONE;
        }
        if (trusted && !new InclusiveMetricsEvaluator(table.schema(), atMost).eval(file.task().file())) {
            return NONE;
        }
        Expression atLeast = translate(table.schema(), filter.predicate(), Expressions.alwaysFalse());
        return residual(spec, atLeast, partition).equals(Expressions.alwaysTrue()) ? ALL : UNKNOWN;
    }

    private static Expression residual(PartitionSpec spec, Expression expression, StructLike partition)
    {
        return ResidualEvaluator.of(spec, expression, true).residualFor(partition);
    }

    private static Expression translate(Schema schema, RowPredicate predicate, Expression unknown)
    {
        if (predicate instanceof RowPredicate.And and) {
            return Expressions.and(translate(schema, and.left(), unknown), translate(schema, and.right(), unknown));
        }
        if (predicate instanceof RowPredicate.Or or) {
            return Expressions.or(translate(schema, or.left(), unknown), translate(schema, or.right(), unknown));
        }
        if (predicate instanceof RowPredicate.IsNull isNull && column(schema, isNull.column()).isPresent()) {
            return Expressions.isNull(isNull.column());
        }
        if (predicate instanceof RowPredicate.NotNull notNull && column(schema, notNull.column()).isPresent()) {
            return Expressions.notNull(notNull.column());
        }
        if (predicate instanceof RowPredicate.Compare compare) {
            return column(schema, compare.column()).flatMap(field -> literal(field.type(), compare.literal()))
                    .map(value -> compare(compare, value))
                    .orElse(unknown);
        }
        return unknown;
    }

    private static Expression compare(RowPredicate.Compare compare, Object value)
    {
        return switch (compare.relation()) {
            case EQUAL -> Expressions.equal(compare.column(), value);
            case LESS -> Expressions.lessThan(compare.column(), value);
            case LESS_OR_EQUAL -> Expressions.lessThanOrEqual(compare.column(), value);
            case GREATER -> Expressions.greaterThan(compare.column(), value);
            case GREATER_OR_EQUAL -> Expressions.greaterThanOrEqual(compare.column(), value);
        };
    }

    /**
     * Columns of the top level only: below, counts of NULL are not to be believed.
     */
    private static Optional<NestedField> column(Schema schema, String name)
    {
        return Optional.ofNullable(schema.asStruct().field(name)).filter(field -> field.type().isPrimitiveType());
    }

    /**
     * The literal as a value of the column; empty where an engine would convert one of the two before it compares them.
     */
    private static Optional<Object> literal(Type type, Literal literal)
    {
        try {
            return switch (type.typeId()) {
                case INTEGER -> whole(literal).map(BigDecimal::intValueExact);
                case LONG -> whole(literal).map(BigDecimal::longValueExact);
                case STRING -> literal.kind() == Literal.Kind.TEXT ? Optional.of(literal.text()) : Optional.empty();
                case DATE -> literal.kind() == Literal.Kind.WHOLE_NUMBER ? Optional.empty() : Optional.of(LocalDate.parse(literal.text()).toString());
                default -> Optional.empty();
            };
        }
        catch (ArithmeticException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<BigDecimal> whole(Literal literal)
    {
        return literal.kind() == Literal.Kind.WHOLE_NUMBER ? Optional.of(new BigDecimal(literal.text())) : Optional.empty();
    }
}
