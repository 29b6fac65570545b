package io.meshwright.spark.check;

import io.meshwright.model.check.PatternSearch;
import io.meshwright.model.check.ValueRule;
import io.meshwright.model.check.ValueRule.Bound;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

/**
 * Rules on values as Spark conditions that hold for the rows that break them, and for no other row: they are never NULL.
 */
public final class ValueViolations
{
    private static final Column NEVER = lit(false);

    private ValueViolations() {}

    public static Column of(String path, ValueRule rule, DataType type)
    {
        Column breaks = breaks(column(path), rule, type);
        boolean asksOfNull = rule instanceof ValueRule.NotNull || rule instanceof ValueRule.NotMissing;
        return asksOfNull ? present(parents(path)).and(breaks) : breaks;
    }

    /**
     * Never NULL.
     */
    private static Column breaks(Column value, ValueRule rule, DataType type)
    {
        if (rule instanceof ValueRule.NotNull) {
            return value.isNull();
        }
        if (rule instanceof ValueRule.NotMissing notMissing) {
            Column listed = notMissing.missing().isEmpty() ? NEVER : in(value, notMissing.missing(), type);
            return value.isNull().or(functions.coalesce(listed, lit(false)));
        }
        return value.isNotNull().and(functions.coalesce(broken(value, rule, type), lit(true)));
    }

    /**
     * The column at a path through structs.
     */
    static Column column(String path)
    {
        return col(quoted(path));
    }

    public static String quoted(String path)
    {
        return "`" + path.replace("`", "``").replace(".", "`.`") + "`";
    }

    private static Column broken(Column value, ValueRule rule, DataType type)
    {
        if (rule instanceof ValueRule.OneOf oneOf) {
            return not(in(value, oneOf.values(), type));
        }
        if (rule instanceof ValueRule.Matches matches) {
            return not(found(value.cast(DataTypes.StringType), matches.regex()));
        }
        if (rule instanceof Bound bound) {
            return outside(value, bound, type);
        }
        if (rule instanceof ValueRule.Length length) {
            Column actual = length(value, type);
            return actual.lt(length.minimum()).or(actual.gt(length.maximum()));
        }
        if (rule instanceof ValueRule.MultipleOf multiple) {
            return remainder(value, multiple.divisor(), type).notEqual(lit(0));
        }
        if (rule instanceof ValueRule.AllOf all) {
            return all.rules().stream().map(part -> broken(value, part, type)).reduce(NEVER, Column::or);
        }
        if (rule instanceof ValueRule.DistinctElements) {
            Column elements = comparable(functions.filter(value, Column::isNotNull), ((ArrayType) type).elementType());
            return functions.size(functions.array_distinct(elements)).lt(functions.size(elements));
        }
        if (rule instanceof ValueRule.Each each) {
            return anyBreaks(value, each, type);
        }
        if (rule instanceof ValueRule.Inside inside) {
            return breaks(value.getField(inside.field()), inside.rule(), ((StructType) type).apply(inside.field()).dataType());
        }
        throw new IllegalArgumentException("Unknown rule: " + rule);
    }

    /**
     * By Spark's own search where it cannot get lost, else by one that gives up.
     */
    private static Column found(Column text, String regex)
    {
        if (PatternSearch.isAlwaysFast(regex)) {
            return text.rlike(regex);
        }
        UDF1<String, Boolean> search = value -> value == null ? null : PatternSearch.found(regex, value);
        return functions.udf(search, DataTypes.BooleanType).apply(text);
    }

    private static Column length(Column value, DataType type)
    {
        if (type instanceof StructType struct) {
            return Arrays.stream(struct.fieldNames())
                    .map(field -> functions.when(value.getField(field).isNotNull(), 1).otherwise(0))
                    .reduce(lit(0), Column::plus);
        }
        return type instanceof ArrayType || type instanceof MapType ? functions.size(value) : functions.length(value);
    }

    private static Column anyBreaks(Column container, ValueRule.Each each, DataType type)
    {
        return switch (each.part()) {
            case ELEMENT -> functions.exists(container, element -> breaks(element, each.rule(), ((ArrayType) type).elementType()));
            case KEY -> functions.exists(functions.map_keys(container), key -> breaks(key, each.rule(), ((MapType) type).keyType()));
            case VALUE -> functions.exists(functions.map_values(container), element -> breaks(element, each.rule(), ((MapType) type).valueType()));
        };
    }

    /**
     * Spark's list functions tell -0.0 from 0.0, unlike its comparisons.
     */
    private static Column comparable(Column elements, DataType type)
    {
        boolean floating = type instanceof DoubleType || type instanceof FloatType;
        return floating ? functions.transform(elements, element -> element.plus(lit(0).cast(type))) : elements;
    }

    private static Column in(Column value, List<String> texts, DataType type)
    {
        List<Object> literals = new ArrayList<>();
        for (String text : texts) {
            literal(text, type).ifPresent(literals::add);
        }
        // no text is a value of the type, so no value is among them
        return literals.isEmpty() ? NEVER : value.isin(literals.toArray());
    }

    private static Column outside(Column value, Bound bound, DataType type)
    {
        Object literal = literal(bound.value(), type)
                .orElseThrow(() -> new IllegalArgumentException(String.format(Locale.ROOT, "The bound %s is no value of type %s", bound.value(), type.simpleString())));
        Column inside;
        if (bound.side() == Bound.Side.LOWER) {
            inside = bound.inclusive() ? value.geq(literal) : value.gt(literal);
        }
        else {
            inside = bound.inclusive() ? value.leq(literal) : value.lt(literal);
        }
        boolean floating = type instanceof DoubleType || type instanceof FloatType;
        return floating ? functions.isnan(value).or(not(inside)) : not(inside);
    }

    private static Column remainder(Column value, BigDecimal divisor, DataType type)
    {
        if (type instanceof DecimalType || isInteger(type)) {
            int scale = Math.max(divisor.stripTrailingZeros().scale(), type instanceof DecimalType ? ((DecimalType) type).scale() : 0);
            return value.cast(DataTypes.createDecimalType(38, Math.max(scale, 0))).mod(lit(divisor));
        }
        throw new IllegalArgumentException("multipleOf is for whole numbers and decimals, not for " + type.simpleString());
    }

    /**
     * The value that a text of a contract stands for in a column of this type; empty where it is none.
     */
    private static Optional<Object> literal(String text, DataType type)
    {
        if (type instanceof StringType) {
            return Optional.of(text);
        }
        try {
            if (isInteger(type) || type instanceof DecimalType) {
                return Optional.of(new BigDecimal(text.strip()));
            }
            if (type instanceof DoubleType || type instanceof FloatType) {
                return Optional.of(Double.valueOf(text.strip()));
            }
            if (type instanceof BooleanType) {
                return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false") ? Optional.of(Boolean.valueOf(text)) : Optional.empty();
            }
            if (type instanceof DateType) {
                return Optional.of(LocalDate.parse(text.strip()));
            }
            if (type instanceof TimestampType) {
                return Optional.of(Instant.parse(text.strip()));
            }
            if (type instanceof TimestampNTZType) {
                return Optional.of(LocalDateTime.parse(text.strip()));
            }
        }
        catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
        throw new IllegalArgumentException("Values of type " + type.simpleString() + " cannot be compared with texts of a contract");
    }

    private static boolean isInteger(DataType type)
    {
        return type instanceof LongType || type instanceof IntegerType || type instanceof ShortType || type instanceof ByteType;
    }

    private static Column present(List<String> parents)
    {
        return parents.stream().map(parent -> column(parent).isNotNull()).reduce(lit(true), Column::and);
    }

    private static List<String> parents(String path)
    {
        List<String> parents = new ArrayList<>();
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
            parents.add(path.substring(0, dot));
        }
        return parents;
    }
}
