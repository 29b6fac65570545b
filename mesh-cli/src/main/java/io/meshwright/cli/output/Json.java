package io.meshwright.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Machine output as a tree of maps, lists, texts, numbers, booleans and nulls. Only the streaming part of Jackson
 * is used: data binding alone would take a third of the time in which an offline command answers.
 */
public final class Json
{
    public static final String API_VERSION = "meshwright.io/v1";

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(100_000_000).build())
            .disable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private Json() {}

    /**
     * A document with its kind first.
     */
    public static Map<String, Object> document(String kind)
    {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("apiVersion", API_VERSION);
        document.put("kind", kind);
        return document;
    }

    /**
     * An object of alternating keys and values, in this order.
     */
    public static Map<String, Object> object(Object... keysAndValues)
    {
        checkArgument(keysAndValues.length % 2 == 0, "A value is missing");
        Map<String, Object> object = new LinkedHashMap<>();
        for (int index = 0; index < keysAndValues.length; index += 2) {
            object.put((String) keysAndValues[index], keysAndValues[index + 1]);
        }
        return object;
    }

    /**
     * The document with records, enums and optionals turned into plain values.
     */
    public static Map<?, ?> tree(Map<String, Object> document)
    {
        return (Map<?, ?>) JsonTree.of(document);
    }

    public static String write(Object tree)
    {
        StringWriter writer = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(writer)) {
            DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
            Separators separators = Separators.createDefaultInstance().withObjectFieldValueSpacing(Spacing.AFTER);
            generator.setPrettyPrinter(new DefaultPrettyPrinter(separators).withObjectIndenter(indenter).withArrayIndenter(indenter));
            write(generator, JsonTree.of(tree));
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return writer.toString();
    }

    static String quote(String text)
    {
        StringWriter writer = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(writer)) {
            generator.writeString(text);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return writer.toString();
    }

    private static void write(JsonGenerator generator, Object node)
            throws IOException
    {
        switch (node) {
            case null -> generator.writeNull();
            case Map<?, ?> map -> {
                generator.writeStartObject();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    generator.writeFieldName((String) entry.getKey());
                    write(generator, entry.getValue());
                }
                generator.writeEndObject();
            }
            case List<?> list -> {
                generator.writeStartArray();
                for (Object element : list) {
                    write(generator, element);
                }
                generator.writeEndArray();
            }
            case Boolean value -> generator.writeBoolean(value);
            case Long value -> generator.writeNumber(value);
            case BigInteger value -> generator.writeNumber(value);
            case BigDecimal value -> generator.writeNumber(value.toPlainString());
            default -> generator.writeString((String) node);
        }
    }

    /**
     * Reads one document; numbers become {@link Long} or {@link BigDecimal}, so no digit is lost.
     */
    public static Object read(String text)
            throws IOException
    {
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            Object tree = readNode(parser);
            if (parser.nextToken() != null) {
                throw new IOException("More than one JSON document");
            }
            return tree;
        }
    }

    private static Object readNode(JsonParser parser)
            throws IOException
    {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new IOException("No JSON document");
        }
        return switch (token) {
            case START_OBJECT -> {
                Map<String, Object> object = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String key = parser.currentName();
                    parser.nextToken();
                    object.put(key, readNode(parser));
                }
                yield object;
            }
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(readNode(parser));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT -> JsonTree.of(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            default -> throw new IOException("Unexpected " + token);
        };
    }
}
