package io.meshwright.bridge.evidence;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.check.FileMeasure;
import io.meshwright.model.check.ValueRule;
import io.meshwright.model.check.ValueRule.Bound;
import io.meshwright.model.contract.FieldType;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestMeasureHash
{
    private static final Schema SCHEMA = new Schema(optional(1, "id", Types.IntegerType.get()), optional(2, "name", Types.StringType.get()), optional(3, "city", Types.StringType.get()));

    @Test
    void testDifferentQuestionsHaveDifferentNames()
    {
        List<FileMeasure> measures = ImmutableList.of(
                new FileMeasure.Rows(),
                new FileMeasure.Values("name"),
                new FileMeasure.Values("city"),
                new FileMeasure.Newest("name"),
                new FileMeasure.Oldest("name"),
                new FileMeasure.RecurringKeys(List.of("name"), Optional.empty()),
                new FileMeasure.RecurringKeys(List.of("name", "city"), Optional.empty()),
                new FileMeasure.RecurringKeys(List.of("city", "name"), Optional.empty()),
                rule(new ValueRule.NotNull()),
                rule(new ValueRule.NotMissing(List.of())),
                rule(new ValueRule.OneOf(List.of("a", "b"))),
                rule(new ValueRule.OneOf(List.of("ab"))),
                rule(new ValueRule.OneOf(List.of("b", "a"))),
                rule(new ValueRule.Matches("a")),
                rule(new ValueRule.Length(1, 2)),
                rule(new ValueRule.Length(12, 2)),
                rule(new ValueRule.Length(1, 22)),
                rule(new ValueRule.MultipleOf(BigDecimal.ONE)),
                rule(new ValueRule.MultipleOf(BigDecimal.TEN)),
                rule(new Bound(Bound.Side.LOWER, true, "1", FieldType.LONG)),
                rule(new Bound(Bound.Side.UPPER, true, "1", FieldType.LONG)),
                rule(new Bound(Bound.Side.LOWER, false, "1", FieldType.LONG)),
                rule(new Bound(Bound.Side.LOWER, true, "1", FieldType.DOUBLE)),
                rule(new ValueRule.AllOf(List.of(new ValueRule.NotNull()))));
        assertThat(measures.stream().map(measure -> MeasureHash.of(SCHEMA, measure))).doesNotHaveDuplicates().allMatch(name -> name.length() == 32);
    }

    @Test
    void testNamesOfColumnsDoNotMatter()
    {
        Schema renamed = new Schema(optional(2, "full_name", Types.StringType.get()));
        assertThat(MeasureHash.of(renamed, new FileMeasure.Values("full_name"))).isEqualTo(MeasureHash.of(SCHEMA, new FileMeasure.Values("name")));
    }

    @Test
    void testAColumnThatCameInPlaceOfAnotherIsAnother()
    {
        Schema replaced = new Schema(optional(4, "name", Types.StringType.get()));
        assertThat(MeasureHash.of(replaced, new FileMeasure.Values("name"))).isNotEqualTo(MeasureHash.of(SCHEMA, new FileMeasure.Values("name")));
    }

    @Test
    void testAWiderTypeIsAnotherQuestion()
    {
        Schema widened = new Schema(optional(1, "id", Types.LongType.get()));
        assertThat(MeasureHash.of(widened, new FileMeasure.Values("id"))).isNotEqualTo(MeasureHash.of(SCHEMA, new FileMeasure.Values("id")));
    }

    @Test
    void testUnknownColumn()
    {
        assertThatThrownBy(() -> MeasureHash.of(SCHEMA, new FileMeasure.Values("nmae"))).isInstanceOf(IllegalArgumentException.class).hasMessage("Column nmae is not in the table");
    }

    private static FileMeasure rule(ValueRule rule)
    {
        return new FileMeasure.Violations("name", rule, Optional.empty());
    }
}
