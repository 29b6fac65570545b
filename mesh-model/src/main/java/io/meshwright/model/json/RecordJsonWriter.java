package io.meshwright.model.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

final class RecordJsonWriter
{
    // integers keep their digits: 1E+2 is written as 100
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    private RecordJsonWriter() {}

    static JsonNode toJson(Object value)
    {
        if (value == null) {
            return NODES.nullNode();
        }
        if (value instanceof Optional<?> optional) {
            return optional.map(RecordJsonWriter::toJson).orElseGet(NODES::nullNode);
        }
        if (value instanceof OptionalInt optional) {
            return optional.isPresent() ? NODES.numberNode(optional.orElseThrow()) : NODES.nullNode();
        }
        if (value instanceof OptionalLong optional) {
            return optional.isPresent() ? NODES.numberNode(optional.orElseThrow()) : NODES.nullNode();
        }
        if (value instanceof OptionalDouble optional) {
            return optional.isPresent() ? NODES.numberNode(optional.orElseThrow()) : NODES.nullNode();
        }
        if (value instanceof Record) {
            return recordToJson((Record) value);
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = NODES.objectNode();
            map.forEach((key, element) -> object.set(String.valueOf(key), toJson(element)));
            return object;
        }
        if (value instanceof Iterable<?> elements) {
            ArrayNode array = NODES.arrayNode();
            elements.forEach(element -> array.add(toJson(element)));
            return array;
        }
        if (value instanceof BigDecimal decimal) {
            return NODES.numberNode(plain(decimal));
        }
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            return NODES.numberNode(((Number) value).longValue());
        }
        if (value instanceof Boolean bool) {
            return NODES.booleanNode(bool);
        }
        if (value instanceof Enum<?>) {
            return NODES.textNode(label((Enum<?>) value));
        }
        return NODES.textNode(value.toString());
    }

    private static JsonNode recordToJson(Record value)
    {
        ObjectNode object = NODES.objectNode();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            object.set(component.getName(), toJson(read(component, value)));
        }
        return object;
    }

    private static Object read(RecordComponent component, Record value)
    {
        try {
            // the accessor of a public record that is nested in a package-private type is not accessible otherwise
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(value);
        }
        catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Accessor of " + component.getName() + " failed", e);
        }
    }

    private static BigDecimal plain(BigDecimal decimal)
    {
        BigDecimal stripped = decimal.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    static String label(Enum<?> value)
    {
        try {
            return (String) value.getDeclaringClass().getMethod("label").invoke(value);
        }
        catch (NoSuchMethodException e) {
            return value.name();
        }
        catch (ReflectiveOperationException e) {
            throw new IllegalStateException(String.format(Locale.ROOT, "label() of %s failed", value), e);
        }
    }
}
