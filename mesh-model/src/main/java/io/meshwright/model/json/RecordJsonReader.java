package io.meshwright.model.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

final class RecordJsonReader
{
    private RecordJsonReader() {}

    static Object fromJson(JsonNode node, Type type, String path)
    {
        if (type instanceof ParameterizedType parameterized) {
            return fromJson(node, parameterized, path);
        }
        Class<?> target = (Class<?>) type;
        if (target == OptionalInt.class) {
            return node.isNull() ? OptionalInt.empty() : OptionalInt.of(integral(node, path).intValueExact());
        }
        if (target == OptionalLong.class) {
            return node.isNull() ? OptionalLong.empty() : OptionalLong.of(integral(node, path).longValueExact());
        }
        if (node.isNull()) {
            throw wrong(path, "a value", node);
        }
        if (target.isRecord()) {
            return record(node, target, path);
        }
        if (target.isEnum()) {
            for (Object constant : target.getEnumConstants()) {
                if (RecordJsonWriter.label((Enum<?>) constant).equals(node.textValue())) {
                    return constant;
                }
            }
            throw wrong(path, "one of " + List.of(target.getEnumConstants()), node);
        }
        if (target == int.class || target == Integer.class) {
            return integral(node, path).intValueExact();
        }
        if (target == long.class || target == Long.class) {
            return integral(node, path).longValueExact();
        }
        if (target == BigDecimal.class) {
            if (!node.isNumber()) {
                throw wrong(path, "a number", node);
            }
            return node.decimalValue();
        }
        if (target == boolean.class || target == Boolean.class) {
            if (!node.isBoolean()) {
                throw wrong(path, "true or false", node);
            }
            return node.booleanValue();
        }
        if (!node.isTextual()) {
            throw wrong(path, "a text", node);
        }
        return text(node.textValue(), target, path);
    }

    private static Object fromJson(JsonNode node, ParameterizedType type, String path)
    {
        Class<?> raw = (Class<?>) type.getRawType();
        Type last = type.getActualTypeArguments()[type.getActualTypeArguments().length - 1];
        if (raw == Optional.class) {
            return node.isNull() ? Optional.empty() : Optional.of(fromJson(node, last, path));
        }
        if (raw == List.class) {
            if (!node.isArray()) {
                throw wrong(path, "a list", node);
            }
            ImmutableList.Builder<Object> elements = ImmutableList.builder();
            for (int index = 0; index < node.size(); index++) {
                elements.add(fromJson(node.get(index), last, path + "[" + index + "]"));
            }
            return elements.build();
        }
        if (raw == Map.class) {
            if (!node.isObject()) {
                throw wrong(path, "an object", node);
            }
            ImmutableMap.Builder<String, Object> entries = ImmutableMap.builder();
            node.properties().forEach(entry -> entries.put(entry.getKey(), fromJson(entry.getValue(), last, path + "." + entry.getKey())));
            return entries.buildOrThrow();
        }
        throw new IllegalArgumentException("No JSON form for " + type);
    }

    private static Object record(JsonNode node, Class<?> target, String path)
    {
        if (!node.isObject()) {
            throw wrong(path, "an object", node);
        }
        RecordComponent[] components = target.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int index = 0; index < components.length; index++) {
            String name = components[index].getName();
            types[index] = components[index].getType();
            JsonNode value = node.get(name);
            values[index] = fromJson(value == null ? NullNode.getInstance() : value, components[index].getGenericType(), path + "." + name);
        }
        try {
            Constructor<?> constructor = target.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        }
        catch (InvocationTargetException e) {
            throw new IllegalArgumentException(path + ": " + e.getCause().getMessage(), e.getCause());
        }
        catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Canonical constructor of " + target + " failed", e);
        }
    }

    private static Object text(String text, Class<?> target, String path)
    {
        try {
            if (target == String.class) {
                return text;
            }
            if (target == Instant.class) {
                return Instant.parse(text);
            }
            if (target == LocalDate.class) {
                return LocalDate.parse(text);
            }
        }
        catch (DateTimeException e) {
            throw new IllegalArgumentException(path + ": not a time in ISO-8601: " + text, e);
        }
        throw new IllegalArgumentException("No JSON form for " + target);
    }

    private static BigDecimal integral(JsonNode node, String path)
    {
        if (!node.isNumber() || node.decimalValue().stripTrailingZeros().scale() > 0) {
            throw wrong(path, "a whole number", node);
        }
        return node.decimalValue();
    }

    private static IllegalArgumentException wrong(String path, String expected, JsonNode actual)
    {
        return new IllegalArgumentException(path + ": expected " + expected + ", found " + actual);
    }
}
