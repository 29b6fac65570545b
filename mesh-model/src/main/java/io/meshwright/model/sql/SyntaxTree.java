package io.meshwright.model.sql;

import net.sf.jsqlparser.parser.ASTNodeAccessImpl;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.parser.Node;
import net.sf.jsqlparser.parser.Token;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import static java.util.Objects.requireNonNull;

/**
 * Walks what the parser made of a statement by the fields of its nodes, so that no part of it can be overlooked. A visitor would
 * pass over what it does not know.
 */
public final class SyntaxTree
{
    private static final String PACKAGE = CCJSqlParserUtil.class.getPackageName().replaceFirst("parser$", "");

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Consumer<Object> action;

    private SyntaxTree(Consumer<Object> action)
    {
        this.action = requireNonNull(action, "action is null");
    }

    /**
     * Hands over every node once, the root first.
     */
    public static void forEach(Object root, Consumer<Object> action)
    {
        new SyntaxTree(action).walk(root);
    }

    private void walk(Object value)
    {
        if (value == null || !seen.add(value)) {
            return;
        }
        if (value instanceof Iterable<?> elements) {
            elements.forEach(this::walk);
        }
        else if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> {
                walk(key);
                walk(element);
            });
        }
        else if (value instanceof Object[] array) {
            Arrays.asList(array).forEach(this::walk);
        }
        // the parser's own tree of tokens hangs on every node and says nothing new
        if (!value.getClass().getName().startsWith(PACKAGE) || value instanceof Node || value instanceof Token) {
            return;
        }
        action.accept(value);
        for (Class<?> type = value.getClass(); type != Object.class && type != ASTNodeAccessImpl.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive() && !isQualifier(value, field) && type.getName().startsWith(PACKAGE)) {
                    walk(read(field, value));
                }
            }
        }
    }

    /**
     * The qualifier of a column, and what a table's name was resolved to, are tables to the parser, though nothing is read through them.
     */
    private static boolean isQualifier(Object node, Field field)
    {
        return (node instanceof Column || node instanceof Table) && field.getType() == Table.class;
    }

    private static Object read(Field field, Object value)
    {
        try {
            field.setAccessible(true);
            return field.get(value);
        }
        catch (IllegalAccessException e) {
            throw new IllegalStateException("Field " + field + " cannot be read", e);
        }
    }
}
