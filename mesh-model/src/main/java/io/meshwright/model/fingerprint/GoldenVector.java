package io.meshwright.model.fingerprint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A value with the hashes that every database and Java must give it, as a row of its own. The hashes were computed by PostgreSQL and by Python, never by this project.
 *
 * @param value as a literal of standard SQL; instants in UTC; empty for NULL
 * @param text the canonical text
 * @param md5Utf16 of the text in UTF-16LE, which SQL Server hashes
 */
public record GoldenVector(ComparedType type, Optional<String> value, Optional<String> text, long nativeHash, long md5, long sha256, long md5Utf16, long sha256Utf16)
{
    private static final String RESOURCE = "golden-vectors.json";

    public GoldenVector
    {
        requireNonNull(type, "type is null");
        requireNonNull(value, "value is null");
        requireNonNull(text, "text is null");
    }

    public static List<GoldenVector> all()
    {
        try (InputStream file = GoldenVector.class.getResourceAsStream(RESOURCE)) {
            ImmutableList.Builder<GoldenVector> vectors = ImmutableList.builder();
            for (JsonNode node : new ObjectMapper().readTree(requireNonNull(file, "The class path has no " + RESOURCE))) {
                vectors.add(new GoldenVector(
                        new ComparedType(ComparedType.Kind.valueOf(node.get("kind").textValue()), node.get("precision").intValue()),
                        Optional.ofNullable(node.get("value").textValue()),
                        Optional.ofNullable(node.get("text").textValue()),
                        node.get("native").longValue(),
                        node.get("md5").longValue(),
                        node.get("sha256").longValue(),
                        node.get("md5Utf16").longValue(),
                        node.get("sha256Utf16").longValue()));
            }
            return vectors.build();
        }
        catch (IOException e) {
            throw new UncheckedIOException("Failed to read " + RESOURCE, e);
        }
    }
}
