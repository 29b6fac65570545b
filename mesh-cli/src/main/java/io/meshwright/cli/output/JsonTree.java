package io.meshwright.cli.output;

import io.meshwright.model.product.ProductAddress;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Turns values into the tree that {@link Json} and {@link Yaml} write: a record's components are its keys, an empty optional is null.
 */
final class JsonTree
{
    private JsonTree() {}

    static Object of(Object value)
    {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Boolean flag -> flag;
            case Integer number -> (long) number;
            case Long number -> number;
            case BigInteger number -> number.bitLength() < Long.SIZE ? (Object) number.longValueExact() : number;
            case BigDecimal number -> number;
            case Double number -> BigDecimal.valueOf(number);
            case Optional<?> optional -> of(optional.orElse(null));
            case OptionalInt optional -> optional.isPresent() ? (Object) (long) optional.orElseThrow() : null;
            case OptionalLong optional -> optional.isPresent() ? (Object) optional.orElseThrow() : null;
            case OptionalDouble optional -> optional.isPresent() ? BigDecimal.valueOf(optional.orElseThrow()) : null;
            case Map<?, ?> map -> ofMap(map);
            case Iterable<?> elements when !(value instanceof java.nio.file.Path) -> ofElements(elements);
            case ProductAddress address -> address.toString();
            case Enum<?> constant -> label(constant);
            case Record record -> ofRecord(record);
            default -> value.toString();
        };
    }

    private static Map<String, Object> ofMap(Map<?, ?> map)
    {
        Map<String, Object> tree = new LinkedHashMap<>();
        map.forEach((key, value) -> tree.put(key.toString(), of(value)));
        return tree;
    }

    private static List<Object> ofElements(Iterable<?> elements)
    {
        List<Object> tree = new ArrayList<>();
        elements.forEach(element -> tree.add(of(element)));
        return tree;
    }

    private static Map<String, Object> ofRecord(Record record)
    {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            tree.put(component.getName(), of(call(record, component.getAccessor().getName())));
        }
        return tree;
    }

    private static String label(Enum<?> constant)
    {
        try {
            return (String) constant.getDeclaringClass().getMethod("label").invoke(constant);
        }
        catch (NoSuchMethodException e) {
            return constant.name();
        }
        catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot read the label of " + constant.name(), e);
        }
    }

    private static Object call(Record record, String accessor)
    {
        try {
            Method method = record.getClass().getDeclaredMethod(accessor);
            // the accessor of a public record that is nested in a package-private type is not accessible otherwise
            method.setAccessible(true);
            return method.invoke(record);
        }
        catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot read " + accessor + " of " + record.getClass().getSimpleName(), e);
        }
    }
}
