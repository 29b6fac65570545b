package io.meshwright.cli.command;

import io.meshwright.cli.output.Json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A document as indented text for people: absent values are left out, lists of plain values stand on one line.
 */
final class DocumentText
{
    private DocumentText() {}

    static List<String> lines(Map<String, Object> document)
    {
        List<String> lines = new ArrayList<>();
        append(lines, Json.tree(document), "");
        return lines;
    }

    private static void append(List<String> lines, Map<?, ?> map, String indent)
    {
        map.forEach((key, value) -> {
            if (indent.isEmpty() && (key.equals("apiVersion") || key.equals("kind"))) {
                return;
            }
            if (isAbsent(value) || key.equals("locationHidden")) {
                return;
            }
            if (value instanceof Map<?, ?> nested) {
                lines.add(indent + key + ":");
                append(lines, nested, indent + "  ");
            }
            else if (value instanceof List<?> elements && elements.stream().anyMatch(DocumentText::isStructured)) {
                lines.add(indent + key + ":");
                elements.forEach(element -> appendElement(lines, element, indent + "  "));
            }
            else {
                lines.add(indent + key + ": " + text(value));
            }
        });
    }

    private static void appendElement(List<String> lines, Object element, String indent)
    {
        if (element instanceof Map<?, ?> map) {
            List<String> parts = new ArrayList<>();
            map.forEach((key, value) -> {
                if (!isAbsent(value) && !isStructured(value) && !key.equals("locationHidden") && !Boolean.FALSE.equals(value)) {
                    parts.add(Boolean.TRUE.equals(value) ? key.toString() : parts.isEmpty() ? text(value) : key + " " + text(value));
                }
            });
            lines.add(indent + "- " + String.join(", ", parts));
            map.forEach((key, value) -> {
                if (isStructured(value)) {
                    append(lines, Map.of(key, value), indent + "  ");
                }
            });
        }
        else {
            lines.add(indent + "- " + text(element));
        }
    }

    private static boolean isStructured(Object value)
    {
        return value instanceof Map<?, ?> || (value instanceof List<?> list && list.stream().anyMatch(DocumentText::isStructured));
    }

    private static boolean isAbsent(Object value)
    {
        return value == null || value.equals("") || (value instanceof List<?> list && list.isEmpty()) || (value instanceof Map<?, ?> map && map.isEmpty());
    }

    private static String text(Object value)
    {
        return switch (value) {
            case BigDecimal number -> number.toPlainString();
            case List<?> list -> String.join(", ", list.stream().map(DocumentText::text).toList());
            default -> value.toString();
        };
    }
}
