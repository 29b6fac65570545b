package io.meshwright.bridge.check;

import io.meshwright.model.mask.ColumnMask;
import io.meshwright.model.mask.IntegerPermutation;
import io.meshwright.model.mask.KeyRing;
import io.meshwright.model.mask.MaskKind;
import io.meshwright.model.mask.TokenFunction;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class TestRowMasks
{
    private static final KeyRing KEYS = KeyRing.generate(new SecureRandom());
    private static final Schema SCHEMA = new Schema(
            Types.NestedField.optional(1, "id", Types.LongType.get()),
            Types.NestedField.optional(2, "email", Types.StringType.get()),
            Types.NestedField.optional(3, "age", Types.IntegerType.get()),
            Types.NestedField.optional(4, "born", Types.DateType.get()),
            Types.NestedField.optional(5, "card", Types.StringType.get()),
            Types.NestedField.optional(6, "note", Types.StringType.get()),
            Types.NestedField.optional(7, "amount", Types.DecimalType.of(9, 2)),
            Types.NestedField.optional(8, "address", Types.StructType.of(Types.NestedField.optional(9, "city", Types.StringType.get()))),
            Types.NestedField.optional(10, "photo", Types.BinaryType.get()),
            Types.NestedField.optional(11, "undeclared", Types.StringType.get()),
            Types.NestedField.optional(12, "swapped", Types.StringType.get()));

    @Test
    void testMasksAreThoseOfTrino()
    {
        RowMasks masks = masks(Optional.of(KEYS));
        assertThat(masks.masker("id").apply("42")).as("clear").hasValue("42");
        assertThat(masks.masker("email").apply("a@b")).hasValue(TokenFunction.create(KEYS, "email").token("a@b"));
        assertThat(masks.masker("age").apply("42")).hasValue(String.valueOf(IntegerPermutation.create(KEYS, "age", 32).permute(42)));
        assertThat(masks.masker("born").apply("1980-05-17")).hasValue("1980-01-01");
        assertThat(masks.masker("born").apply("+10000-05-17")).as("what has no known form is not shown").isEmpty();
        assertThat(masks.masker("card").apply("4111111111111111")).hasValue("************1111");
        assertThat(masks.masker("note").apply("anything")).hasValue("[redacted]");
        assertThat(masks.masker("amount").apply("1.50")).as("a mask that does not suit the type shows nothing").isEmpty();
        assertThat(masks.masker("address.city").apply("Berlin")).as("below a masked struct").isEmpty();
    }

    @Test
    void testWhatIsNotRegisteredIsNotShown()
    {
        RowMasks masks = masks(Optional.of(KEYS));
        assertThat(masks.shows("id")).isTrue();
        assertThat(masks.shows("address.city")).isTrue();
        assertThat(masks.shows("undeclared")).isFalse();
        assertThat(masks.shows("swapped")).as("another field of the same name").isFalse();
        assertThat(masks.shows("address")).as("no single value").isFalse();
        assertThat(masks.shows("photo")).isFalse();
        assertThat(masks.shows("no_such")).isFalse();
    }

    @Test
    void testOnlyTokensAndPermutationsNeedAKey()
    {
        RowMasks masks = masks(Optional.empty());
        assertThat(masks.lacksKey("email")).isTrue();
        assertThat(masks.lacksKey("age")).isTrue();
        assertThat(masks.lacksKey("id")).isFalse();
        assertThat(masks.lacksKey("born")).isFalse();
        assertThat(masks.lacksKey("address.city")).isFalse();
        assertThat(masks(Optional.of(KEYS)).lacksKey("email")).isFalse();
    }

    private static RowMasks masks(Optional<KeyRing> keys)
    {
        Map<String, ColumnMask> masks = new LinkedHashMap<>();
        masks.put("email", new ColumnMask("email", MaskKind.TOKEN, "email"));
        masks.put("age", new ColumnMask("age", MaskKind.PERMUTE, "age"));
        masks.put("born", new ColumnMask("born", MaskKind.YEAR, "born"));
        masks.put("card", new ColumnMask("card", MaskKind.PARTIAL, "card"));
        masks.put("note", new ColumnMask("note", MaskKind.REDACT, "note"));
        masks.put("amount", new ColumnMask("amount", MaskKind.TOKEN, "amount"));
        masks.put("address", new ColumnMask("address", MaskKind.NULL, "address"));
        Map<String, Integer> fieldIds = new LinkedHashMap<>();
        SCHEMA.columns().forEach(field -> fieldIds.put(field.name(), field.fieldId()));
        fieldIds.put("address.city", 9);
        fieldIds.put("swapped", 2);
        fieldIds.remove("undeclared");
        return new RowMasks(masks, fieldIds.keySet(), fieldIds, SCHEMA, keys);
    }
}
