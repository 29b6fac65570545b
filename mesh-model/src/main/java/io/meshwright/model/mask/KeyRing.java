package io.meshwright.model.mask;

import com.google.common.io.BaseEncoding;
import io.meshwright.model.finding.MeshException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;

import static com.google.common.base.Preconditions.checkArgument;
import static io.meshwright.model.mask.MaskRule.KEY_RING_INVALID;
import static io.meshwright.model.mask.MaskRule.KEY_TOO_SHORT;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * The master keys of the masks, by version. The file is text, one entry to a line:
 * <pre>
 * # comments and empty lines are skipped
 * meshwright-key-ring 1
 * current 2
 * key 1 gq6nm0bAjJzm...   (base64 of at least 32 bytes)
 * key 2 TfX0q3Z7jSvP...
 * </pre>
 * Values are masked with the current version. Neither this class nor its exceptions ever show a key.
 */
public final class KeyRing
{
    /**
     * The least length of a master key, in bytes.
     */
    public static final int MINIMUM_KEY_SIZE = 32;

    private static final String HEADER = "meshwright-key-ring 1";
    private static final String MAC = "HmacSHA256";

    private final int currentVersion;
    private final NavigableMap<Integer, byte[]> keys;
    private final NavigableMap<Integer, KeyVersion> versions = new TreeMap<>();

    private KeyRing(int currentVersion, Map<Integer, byte[]> keys)
    {
        checkArgument(keys.containsKey(currentVersion), "there is no key of version %s", currentVersion);
        this.currentVersion = currentVersion;
        this.keys = new TreeMap<>(keys);
        keys.keySet().forEach(version -> versions.put(version, new KeyVersion(version, checkValue(version))));
    }

    /**
     * A new ring with one key, of version 1.
     */
    public static KeyRing generate(SecureRandom random)
    {
        return new KeyRing(1, Map.of(1, newKey(random)));
    }

    /**
     * This ring with one key more, which becomes the current one: tokens made from now on differ from older ones.
     */
    public KeyRing rotate(SecureRandom random)
    {
        Map<Integer, byte[]> rotated = new TreeMap<>(keys);
        int next = keys.lastKey() + 1;
        rotated.put(next, newKey(random));
        return new KeyRing(next, rotated);
    }

    /**
     * This ring with another of its versions as the current one.
     *
     * @throws IllegalArgumentException when it has no key of this version
     */
    public KeyRing withCurrent(int version)
    {
        return new KeyRing(version, keys);
    }

    /**
     * @param source what to call the file in messages
     * @throws MeshException when the content is no key ring, a key is too short, or the current version has no key
     */
    public static KeyRing parse(String source, byte[] content)
    {
        requireNonNull(source, "source is null");
        List<byte[]> lines = lines(content);
        try {
            return parse(source, lines);
        }
        finally {
            clear(lines);
        }
    }

    private static KeyRing parse(String source, List<byte[]> lines)
    {
        Integer current = null;
        Map<Integer, byte[]> keys = new TreeMap<>();
        boolean headerSeen = false;
        for (int index = 0; index < lines.size(); index++) {
            byte[] line = lines.get(index);
            if (isBlank(line) || line[0] == '#') {
                continue;
            }
            String place = source + ":" + (index + 1) + ":1";
            if (!headerSeen) {
                if (!Arrays.equals(withoutCarriageReturn(line), HEADER.getBytes(US_ASCII))) {
                    throw invalid(place, "The file does not begin with the line '" + HEADER + "'");
                }
                headerSeen = true;
                continue;
            }
            List<byte[]> words = words(line);
            try {
                if (isKeyword(words, "current", 2)) {
                    if (current != null) {
                        throw invalid(place, "There is a second line 'current VERSION'");
                    }
                    current = version(place, words.get(1));
                }
                else if (isKeyword(words, "key", 3)) {
                    int version = version(place, words.get(1));
                    if (keys.put(version, key(place, version, words.get(2))) != null) {
                        throw invalid(place, "Version " + version + " has two keys");
                    }
                }
                else {
                    // the line is not quoted, since it may hold a key
                    throw invalid(place, "The line is neither 'current VERSION' nor 'key VERSION BASE64'");
                }
            }
            finally {
                clear(words);
            }
        }
        if (!headerSeen) {
            throw invalid(source + ":1:1", "The file does not begin with the line '" + HEADER + "'");
        }
        if (current == null) {
            throw invalid(source + ":1:1", "The line 'current VERSION' is missing");
        }
        if (!keys.containsKey(current)) {
            throw invalid(source + ":1:1", "The current version " + current + " has no key");
        }
        return new KeyRing(current, keys);
    }

    /**
     * The content of the key ring's file. Whoever writes it gives it to its owner alone (mode 0600).
     */
    public byte[] format()
    {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes((HEADER + "\ncurrent " + currentVersion + "\n").getBytes(US_ASCII));
        keys.forEach((version, key) -> {
            content.writeBytes(("key " + version + " ").getBytes(US_ASCII));
            content.writeBytes(Base64.getEncoder().encode(key));
            content.write('\n');
        });
        return content.toByteArray();
    }

    /**
     * The version with which values are masked.
     */
    public int currentVersion()
    {
        return currentVersion;
    }

    /**
     * The version with which values are masked, and its check value.
     */
    public KeyVersion current()
    {
        return versions.get(currentVersion);
    }

    /**
     * Every version of the ring, in rising order.
     */
    public List<KeyVersion> versions()
    {
        return List.copyOf(versions.values());
    }

    /**
     * Empty when the ring has no key of this version.
     */
    public Optional<KeyVersion> version(int version)
    {
        return Optional.ofNullable(versions.get(version));
    }

    private String checkValue(int version)
    {
        byte[] checkKey = derive(version, "check", "", AesBlocks.KEY_SIZE);
        try {
            byte[] code = new AesCmac(checkKey).code(new byte[AesBlocks.BLOCK_SIZE]);
            return BaseEncoding.base16().encode(code, 0, KeyVersion.CHECK_SIZE);
        }
        finally {
            Arrays.fill(checkKey, (byte) 0);
        }
    }

    /**
     * A key for one purpose, derived from the current master key by HMAC-SHA-256 in counter mode (NIST SP 800-108). The
     * caller fills it with zeros after use.
     *
     * @param purpose separates kinds of use, for example {@code token}
     * @param tokenDomain separates the columns that must not join
     * @param size in bytes, at most 32
     */
    byte[] derive(String purpose, String tokenDomain, int size)
    {
        return derive(currentVersion, purpose, tokenDomain, size);
    }

    private byte[] derive(int version, String purpose, String tokenDomain, int size)
    {
        checkArgument(size > 0 && size <= 32, "size is not in 1..32: %s", size);
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(keys.get(version), MAC));
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(1).array());
            mac.update(("meshwright " + purpose).getBytes(UTF_8));
            mac.update((byte) 0);
            mac.update(tokenDomain.getBytes(UTF_8));
            mac.update((byte) 0);
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(version).array());
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(size * Byte.SIZE).array());
            byte[] derived = mac.doFinal();
            byte[] key = Arrays.copyOf(derived, size);
            Arrays.fill(derived, (byte) 0);
            return key;
        }
        catch (GeneralSecurityException e) {
            // the cause may describe the key
            throw new IllegalStateException("HMAC-SHA-256 is not available in this JVM: " + e.getClass().getSimpleName());
        }
    }

    @Override
    public String toString()
    {
        return "KeyRing{currentVersion=" + currentVersion + ", versions=" + keys.keySet() + "}";
    }

    private static byte[] newKey(SecureRandom random)
    {
        byte[] key = new byte[MINIMUM_KEY_SIZE];
        random.nextBytes(key);
        return key;
    }

    private static int version(String place, byte[] word)
    {
        try {
            int version = Integer.parseInt(new String(word, US_ASCII));
            if (version > 0) {
                return version;
            }
        }
        catch (NumberFormatException ignored) {
            // told below, without the word, which may be a key in the wrong place
        }
        throw invalid(place, "The version is no positive whole number");
    }

    private static byte[] key(String place, int version, byte[] word)
    {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(word);
        }
        catch (IllegalArgumentException ignored) {
            // the message of the cause quotes characters of the key
            throw invalid(place, "The key of version " + version + " is not base64");
        }
        if (key.length < MINIMUM_KEY_SIZE) {
            Arrays.fill(key, (byte) 0);
            throw new MeshException(
                    KEY_TOO_SHORT,
                    MeshException.Cause.USER,
                    place + ": The key of version " + version + " has " + key.length + " bytes, at least " + MINIMUM_KEY_SIZE + " are needed",
                    "Make one with: head -c 32 /dev/urandom | base64");
        }
        return key;
    }

    private static List<byte[]> lines(byte[] content)
    {
        return split(content, value -> value == '\n');
    }

    /**
     * A carriage return counts as a space, for files that were written on Windows.
     */
    private static List<byte[]> words(byte[] line)
    {
        return split(line, value -> value == ' ' || value == '\t' || value == '\r').stream()
                .filter(word -> word.length > 0)
                .toList();
    }

    private static List<byte[]> split(byte[] bytes, IntPredicate separator)
    {
        List<byte[]> parts = new ArrayList<>();
        int start = 0;
        for (int index = 0; index <= bytes.length; index++) {
            if (index == bytes.length || separator.test(bytes[index])) {
                parts.add(Arrays.copyOfRange(bytes, start, index));
                start = index + 1;
            }
        }
        return parts;
    }

    private static boolean isBlank(byte[] line)
    {
        for (byte value : line) {
            if (value != ' ' && value != '\t' && value != '\r') {
                return false;
            }
        }
        return true;
    }

    private static byte[] withoutCarriageReturn(byte[] line)
    {
        return line[line.length - 1] == '\r' ? Arrays.copyOf(line, line.length - 1) : line;
    }

    private static boolean isKeyword(List<byte[]> words, String keyword, int count)
    {
        return words.size() == count && Arrays.equals(words.get(0), keyword.getBytes(US_ASCII));
    }

    private static void clear(List<byte[]> parts)
    {
        parts.forEach(part -> Arrays.fill(part, (byte) 0));
    }

    private static MeshException invalid(String place, String problem)
    {
        return new MeshException(
                KEY_RING_INVALID,
                MeshException.Cause.USER,
                place + ": " + problem,
                "A key ring has the lines '" + HEADER + "', 'current VERSION' and one 'key VERSION BASE64' for each version");
    }
}
