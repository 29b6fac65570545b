package io.meshwright.model.check;

import net.sf.jsqlparser.expression.DateTimeLiteralExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.SignedExpression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.relational.Between;
import net.sf.jsqlparser.expression.operators.relational.ComparisonOperator;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.GreaterThan;
import net.sf.jsqlparser.expression.operators.relational.GreaterThanEquals;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.IsNullExpression;
import net.sf.jsqlparser.expression.operators.relational.MinorThan;
import net.sf.jsqlparser.expression.operators.relational.MinorThanEquals;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;

import java.util.Optional;

import static io.meshwright.model.check.RowFilter.columnOf;
import static java.util.Objects.requireNonNull;

/**
 * What metadata can hold against a filter: the comparisons of columns with literals in it. Everything else of the filter is {@link Other}, of which nothing
 * is known.
 */
public sealed interface RowPredicate
{
    record And(RowPredicate left, RowPredicate right)
            implements RowPredicate
    {
        public And
        {
            requireNonNull(left, "left is null");
            requireNonNull(right, "right is null");
        }
    }

    record Or(RowPredicate left, RowPredicate right)
            implements RowPredicate
    {
        public Or
        {
            requireNonNull(left, "left is null");
            requireNonNull(right, "right is null");
        }
    }

    /**
     * The column is not NULL and stands in this relation to the literal.
     */
    record Compare(String column, Relation relation, Literal literal)
            implements RowPredicate
    {
        public Compare
        {
            requireNonNull(column, "column is null");
            requireNonNull(relation, "relation is null");
            requireNonNull(literal, "literal is null");
        }
    }

    record IsNull(String column)
            implements RowPredicate
    {
        public IsNull
        {
            requireNonNull(column, "column is null");
        }
    }

    record NotNull(String column)
            implements RowPredicate
    {
        public NotNull
        {
            requireNonNull(column, "column is null");
        }
    }

    record Other()
            implements RowPredicate {}

    enum Relation
    {
        EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL;

        private Relation mirrored()
        {
            return switch (this) {
                case EQUAL -> EQUAL;
                case LESS -> GREATER;
                case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
                case GREATER -> LESS;
                case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
            };
        }
    }

    /**
     * @param text without quotes
     */
    record Literal(Kind kind, String text)
    {
        public enum Kind
        {
            WHOLE_NUMBER,
            /**
             * A quoted text; for a date column it is a date.
             */
            TEXT,
            DATE,
        }

        public Literal
        {
            requireNonNull(kind, "kind is null");
            requireNonNull(text, "text is null");
        }
    }

    static RowPredicate of(Expression expression)
    {
        if (expression instanceof ParenthesedExpressionList<?> list && list.size() == 1) {
            return of(list.get(0));
        }
        if (expression instanceof AndExpression and) {
            return new And(of(and.getLeftExpression()), of(and.getRightExpression()));
        }
        if (expression instanceof OrExpression or) {
            return new Or(of(or.getLeftExpression()), of(or.getRightExpression()));
        }
        if (expression instanceof IsNullExpression isNull) {
            return columnOf(isNull.getLeftExpression()).<RowPredicate>map(column -> isNull.isNot() ? new NotNull(column) : new IsNull(column)).orElseGet(Other::new);
        }
        if (expression instanceof Between between && !between.isNot()) {
            Expression value = between.getLeftExpression();
            return new And(
                    compare(value, Relation.GREATER_OR_EQUAL, between.getBetweenExpressionStart()),
                    compare(value, Relation.LESS_OR_EQUAL, between.getBetweenExpressionEnd()));
        }
        if (expression instanceof InExpression in && !in.isNot() && in.getRightExpression() instanceof ExpressionList<?> list) {
            return list.stream()
                    .map(element -> compare(in.getLeftExpression(), Relation.EQUAL, element))
                    .reduce(Or::new)
                    .orElseGet(Other::new);
        }
        if (expression instanceof ComparisonOperator comparison) {
            return relation(comparison).map(relation -> compare(comparison, relation)).orElseGet(Other::new);
        }
        return new Other();
    }

    private static RowPredicate compare(ComparisonOperator comparison, Relation relation)
    {
        return columnOf(comparison.getLeftExpression()).isPresent()
                ? compare(comparison.getLeftExpression(), relation, comparison.getRightExpression())
                : compare(comparison.getRightExpression(), relation.mirrored(), comparison.getLeftExpression());
    }

    private static RowPredicate compare(Expression side, Relation relation, Expression value)
    {
        Optional<String> column = columnOf(side);
        Optional<Literal> literal = literal(value);
        return column.isPresent() && literal.isPresent() ? new Compare(column.orElseThrow(), relation, literal.orElseThrow()) : new Other();
    }

    private static Optional<Relation> relation(ComparisonOperator comparison)
    {
        if (comparison instanceof EqualsTo) {
            return Optional.of(Relation.EQUAL);
        }
        if (comparison instanceof MinorThan) {
            return Optional.of(Relation.LESS);
        }
        if (comparison instanceof MinorThanEquals) {
            return Optional.of(Relation.LESS_OR_EQUAL);
        }
        if (comparison instanceof GreaterThan) {
            return Optional.of(Relation.GREATER);
        }
        return comparison instanceof GreaterThanEquals ? Optional.of(Relation.GREATER_OR_EQUAL) : Optional.empty();
    }

    private static Optional<Literal> literal(Expression value)
    {
        if (value instanceof LongValue number) {
            return Optional.of(new Literal(Literal.Kind.WHOLE_NUMBER, number.getStringValue()));
        }
        if (value instanceof SignedExpression signed && signed.getSign() == '-' && signed.getExpression() instanceof LongValue number) {
            return Optional.of(new Literal(Literal.Kind.WHOLE_NUMBER, "-" + number.getStringValue()));
        }
        if (value instanceof StringValue text) {
            return Optional.of(new Literal(Literal.Kind.TEXT, text.getNotExcapedValue()));
        }
        if (value instanceof DateTimeLiteralExpression date && date.getType() == DateTimeLiteralExpression.DateTime.DATE) {
            return Optional.of(new Literal(Literal.Kind.DATE, date.getValue().replace("'", "")));
        }
        return Optional.empty();
    }
}
