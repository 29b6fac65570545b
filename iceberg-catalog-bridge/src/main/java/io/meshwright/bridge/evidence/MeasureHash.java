package io.meshwright.bridge.evidence;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.meshwright.model.check.FileMeasure;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types.NestedField;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.List;

import static com.google.common.base.Preconditions.checkArgument;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Names a measure by everything that decides its figure, so that a kept figure is never taken for that of another question: the kind, the rule, and the
 * column by its field id and type. The column's name is not among it, since a rename changes no value.
 */
final class MeasureHash
{
    /**
     * Raised whenever an answer changes for the same question, so that what was kept before counts no longer.
     */
    private static final int VERSION = 2;

    private final Hasher hasher = Hashing.sha256().newHasher();

    private MeasureHash() {}

    static String of(Schema schema, FileMeasure measure)
    {
        MeasureHash hash = new MeasureHash();
        hash.hasher.putInt(VERSION);
        for (String column : measure.columns()) {
            NestedField field = schema.findField(column);
            checkArgument(field != null, "Column %s is not in the table", column);
            hash.hasher.putInt(field.fieldId());
            hash.text(field.type().toString());
        }
        hash.text(measure.getClass().getSimpleName());
        if (measure instanceof FileMeasure.Violations violations) {
            hash.value(violations.rule());
        }
        measure.filter().ifPresent(filter -> hash.text("where " + filter.text()));
        // half of it names billions of measures without a clash
        return hash.hasher.hash().toString().substring(0, 32);
    }

    private void value(Object value)
    {
        if (value instanceof Record rule) {
            text(rule.getClass().getSimpleName());
            for (RecordComponent component : rule.getClass().getRecordComponents()) {
                text(component.getName());
                value(read(rule, component));
            }
        }
        else if (value instanceof List<?> list) {
            hasher.putInt(list.size());
            list.forEach(this::value);
        }
        else if (value instanceof BigDecimal decimal) {
            text(decimal.stripTrailingZeros().toPlainString());
        }
        else if (value instanceof Enum<?> constant) {
            text(constant.name());
        }
        else {
            checkArgument(value instanceof String || value instanceof Integer || value instanceof Boolean, "A rule has a part that cannot be told apart: %s", value.getClass());
            text(value.toString());
        }
    }

    /**
     * Its length comes first, so that no two sequences of texts are the same bytes.
     */
    private void text(String text)
    {
        byte[] bytes = text.getBytes(UTF_8);
        hasher.putInt(bytes.length).putBytes(bytes);
    }

    private static Object read(Record rule, RecordComponent component)
    {
        try {
            return component.getAccessor().invoke(rule);
        }
        catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A rule cannot be read", e);
        }
    }
}
