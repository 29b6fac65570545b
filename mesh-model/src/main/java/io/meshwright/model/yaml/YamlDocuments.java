package io.meshwright.model.yaml;

import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.Findings;
import io.meshwright.model.finding.Parsed;
import io.meshwright.model.finding.SourceLocation;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * Reads YAML 1.2 documents with positions. Nothing in a text makes it throw: what is wrong is a {@link Finding} of a {@link YamlRule}.
 * Who reads files asks {@link #checkSize} before loading one, then {@link #decode}.
 */
public final class YamlDocuments
{
    /**
     * The greatest size of a file, in bytes.
     */
    public static final int MAX_BYTES = 1 << 20;
    /**
     * The deepest nesting of lists and mappings.
     */
    public static final int MAX_DEPTH = 64;
    /**
     * How many nodes all aliases of a document may stand for.
     */
    public static final int MAX_ALIASED_NODES = 10_000;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private YamlDocuments() {}

    /**
     * The finding for a file that is too large to be read at all; empty when it may be read.
     */
    public static Optional<Finding> checkSize(String file, long bytes)
    {
        if (bytes <= MAX_BYTES) {
            return Optional.empty();
        }
        String size = bytes < 10L * MAX_BYTES ? String.format(Locale.ROOT, "%.1f", (double) bytes / MAX_BYTES) : Long.toString(bytes / MAX_BYTES);
        return Optional.of(new Finding(
                YamlRule.TOO_LARGE,
                SourceLocation.startOf(file),
                "",
                "the file has %s MiB; a declaration has at most 1 MiB".formatted(size),
                "name the right file, or move what is not a declaration into files of its own"));
    }

    /**
     * The text of a file, which must be UTF-8; a byte order mark is dropped.
     */
    public static Parsed<String> decode(String file, byte[] bytes)
    {
        Optional<Finding> tooLarge = checkSize(file, bytes.length);
        if (tooLarge.isPresent()) {
            return failure(tooLarge.orElseThrow());
        }
        if (bytes.length >= 2 && ((bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE) || (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF))) {
            return failure(new Finding(YamlRule.ENCODING, SourceLocation.startOf(file), "", "the file is encoded in UTF-16", "save the file as UTF-8"));
        }
        CharsetDecoder decoder = UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer input = ByteBuffer.wrap(bytes);
        CharBuffer output = CharBuffer.allocate(bytes.length);
        if (decoder.decode(input, output, true).isError()) {
            int bad = bytes[input.position()] & 0xFF;
            return failure(new Finding(
                    YamlRule.ENCODING,
                    SourceText.locationAt(file, output.flip().toString(), output.length()),
                    "",
                    "byte 0x%02X is not valid UTF-8".formatted(bad),
                    "save the file as UTF-8"));
        }
        return new Parsed<>(Optional.of(withoutByteOrderMark(output.flip().toString())), List.of());
    }

    /**
     * Reads the one document of a text, whatever its root is.
     */
    public static Parsed<YamlNode> read(String file, String text)
    {
        requireNonNull(file, "file is null");
        requireNonNull(text, "text is null");
        // a text of this many characters cannot have fewer bytes
        Optional<Finding> tooLarge = checkSize(file, text.length());
        if (tooLarge.isPresent()) {
            return failure(tooLarge.orElseThrow());
        }
        Findings findings = new Findings();
        Optional<YamlNode> root = new YamlComposer(file, withoutByteOrderMark(text), findings).compose();
        return new Parsed<>(findings.hasErrors() ? Optional.empty() : root, findings.sorted());
    }

    /**
     * Reads the one document of a text, whose root must be a mapping.
     */
    public static Parsed<YamlMapping> readMapping(String file, String text)
    {
        Parsed<YamlNode> parsed = read(file, text);
        if (parsed.value().isEmpty()) {
            return new Parsed<>(Optional.empty(), parsed.findings());
        }
        if (parsed.value().orElseThrow() instanceof YamlMapping mapping) {
            return new Parsed<>(Optional.of(mapping), parsed.findings());
        }
        return failure(new Finding(
                YamlRule.ROOT,
                parsed.value().orElseThrow().location(),
                "",
                "the file holds %s; a declaration is a mapping of keys to values".formatted(MappingReader.describe(parsed.value().orElseThrow())),
                "begin the file with keys such as apiVersion: or id:"));
    }

    private static <T> Parsed<T> failure(Finding finding)
    {
        return new Parsed<>(Optional.empty(), List.of(finding));
    }

    private static String withoutByteOrderMark(String text)
    {
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }
}
