package io.meshwright.model.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

import static java.util.Objects.requireNonNull;

/**
 * Writes records as JSON and reads them back. The keys are the names of the components, in their order. An empty
 * {@code Optional} is {@code null}, an enum is its {@code label()} where it has one, an instant is ISO-8601 in UTC,
 * a decimal is a plain number. Unknown keys are passed over on reading, so that an older reader understands a newer writer.
 */
public final class RecordJson
{
    /**
     * The {@code apiVersion} of every document that the product itself writes.
     */
    public static final String API_VERSION = "meshwright.io/v1";

    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private RecordJson() {}

    /**
     * One JSON document, indented, without a line end.
     */
    public static String write(Record document)
    {
        requireNonNull(document, "document is null");
        try {
            return MAPPER.writeValueAsString(RecordJsonWriter.toJson(document));
        }
        catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of plain values is always written", e);
        }
    }

    /**
     * One JSON document on one line, without its end.
     */
    public static String writeLine(Record document)
    {
        requireNonNull(document, "document is null");
        try {
            return MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(RecordJsonWriter.toJson(document));
        }
        catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of plain values is always written", e);
        }
    }

    /**
     * @throws IllegalArgumentException where the text is no JSON document of that record, with the place
     */
    public static <T extends Record> T read(String json, Class<T> type)
    {
        requireNonNull(json, "json is null");
        requireNonNull(type, "type is null");
        JsonNode node;
        try {
            node = MAPPER.readTree(json);
        }
        catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not a JSON document: " + e.getOriginalMessage(), e);
        }
        return type.cast(RecordJsonReader.fromJson(node, type, "$"));
    }
}
