package io.meshwright.model.mask;

import io.meshwright.model.finding.MeshException;
import org.junit.jupiter.api.Test;

import java.security.SecureRandom;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestKeyRing
{
    private static final String KEY_1 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String KEY_2 = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";
    private static final String RING = "meshwright-key-ring 1\ncurrent 1\nkey 1 " + KEY_1 + "\n";

    /**
     * Computed once by another implementation (OpenSSL). Frozen: a change of these values breaks the joins of everybody who keeps masked values.
     */
    @Test
    void testTokensAreStable()
    {
        KeyRing ring = parse(RING);
        assertThat(TokenFunction.create(ring, "customer_id").token("C-1001")).isEqualTo("rvnxhbhzwdstmyvldezdtgk7iy");
        assertThat(IntegerPermutation.create(ring, "customer_id", 64).permute(1001)).isEqualTo(4079549004608517571L);
        assertThat(IntegerPermutation.create(ring, "customer_id", 32).permute(1001)).isEqualTo(131719169L);
    }

    @Test
    void testDomainsAndVersionsAreApart()
    {
        KeyRing first = parse(RING);
        KeyRing second = parse("meshwright-key-ring 1\n# rotated\n\ncurrent 2\nkey 1 " + KEY_1 + "\r\nkey 2 " + KEY_2 + "\n");
        KeyRing sameKeyOtherVersion = parse("meshwright-key-ring 1\ncurrent 3\nkey 3 " + KEY_1 + "\n");
        assertThat(second.currentVersion()).isEqualTo(2);
        assertThat(TokenFunction.create(first, "customer_id").token("C-1001"))
                .hasSize(TokenFunction.TOKEN_LENGTH)
                .isEqualTo(TokenFunction.create(first, "customer_id").token("C-1001"))
                .isNotEqualTo(TokenFunction.create(first, "sku").token("C-1001"))
                .isNotEqualTo(TokenFunction.create(second, "customer_id").token("C-1001"))
                .isNotEqualTo(TokenFunction.create(sameKeyOtherVersion, "customer_id").token("C-1001"));
    }

    @Test
    void testGeneratedRingReadsBack()
    {
        KeyRing ring = KeyRing.generate(new SecureRandom());
        KeyRing again = KeyRing.parse("keys", ring.format());
        assertThat(TokenFunction.create(again, "sku").token("a")).isEqualTo(TokenFunction.create(ring, "sku").token("a"));
        KeyRing rotated = KeyRing.parse("keys", ring.rotate(new SecureRandom()).format());
        assertThat(rotated.currentVersion()).isEqualTo(2);
        assertThat(TokenFunction.create(rotated, "sku").token("a")).isNotEqualTo(TokenFunction.create(ring, "sku").token("a"));
    }

    /**
     * Computed once by another implementation (OpenSSL): HMAC-SHA-256 under the master key over
     * {@code 00000001 "meshwright check" 00 00 <version> 00000080}, its first half as the key of the AES-CMAC of 16 zero bytes.
     */
    @Test
    void testCheckValuesAreStable()
    {
        KeyRing ring = parse("meshwright-key-ring 1\ncurrent 2\nkey 1 " + KEY_1 + "\nkey 2 " + KEY_2 + "\n");
        assertThat(ring.versions()).containsExactly(new KeyVersion(1, "CFE33472A8"), new KeyVersion(2, "C49599821F"));
        assertThat(ring.current()).isEqualTo(ring.version(2).orElseThrow()).hasToString("2 (check value C49599821F)");
        assertThat(ring.version(3)).isEmpty();
        KeyRing otherKey = parse("meshwright-key-ring 1\ncurrent 1\nkey 1 " + KEY_2 + "\n");
        assertThat(otherKey.current().checkValue()).isNotIn("CFE33472A8", "C49599821F");
    }

    @Test
    void testAnotherCurrentVersion()
    {
        KeyRing first = parse(RING);
        KeyRing both = parse("meshwright-key-ring 1\ncurrent 2\nkey 1 " + KEY_1 + "\nkey 2 " + KEY_2 + "\n");
        assertThat(TokenFunction.create(both.withCurrent(1), "sku").token("a")).isEqualTo(TokenFunction.create(first, "sku").token("a"));
        assertThat(both.withCurrent(1).current()).isEqualTo(first.current());
        assertThatThrownBy(() -> both.withCurrent(3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no key of version 3");
    }

    @Test
    void testBlankLinesAndTabs()
    {
        assertThat(parse("\r\n \t\nmeshwright-key-ring 1\r\n\ncurrent\t1\nkey  1\t" + KEY_1 + " \r\n").current()).isEqualTo(parse(RING).current());
    }

    @Test
    void testBadRings()
    {
        assertBad("", "keys:1:1: The file does not begin with the line 'meshwright-key-ring 1'");
        assertBad("current 1\n", "keys:1:1: The file does not begin with the line 'meshwright-key-ring 1'");
        assertBad("meshwright-key-ring 1\nkey 1 " + KEY_1, "keys:1:1: The line 'current VERSION' is missing");
        assertBad("meshwright-key-ring 1\ncurrent 2\nkey 1 " + KEY_1, "keys:1:1: The current version 2 has no key");
        assertBad("meshwright-key-ring 1\ncurrent 1\nkey 1 " + KEY_1 + "\nkey 1 " + KEY_2, "keys:4:1: Version 1 has two keys");
        assertBad("meshwright-key-ring 1\ncurrent 1\nkey 1 AAECAw==", "keys:3:1: The key of version 1 has 4 bytes, at least 32 are needed");
        assertBad("meshwright-key-ring 1\ncurrent 1\ncurrent 1\nkey 1 " + KEY_1, "keys:3:1: There is a second line 'current VERSION'");
        assertBad("meshwright-key-ring 1\ncurrent x", "keys:2:1: The version is no positive whole number");
        assertBad("meshwright-key-ring 1\ncurrent 1\nkey 1 " + KEY_1.replace('A', '!'), "keys:3:1: The key of version 1 is not base64");
    }

    @Test
    void testNoKeyIsShown()
    {
        assertThat(parse(RING).toString()).isEqualTo("KeyRing{currentVersion=1, versions=[1]}");
        assertThatThrownBy(() -> parse("meshwright-key-ring 1\n" + KEY_1))
                .isInstanceOf(MeshException.class)
                .hasMessage("keys:2:1: The line is neither 'current VERSION' nor 'key VERSION BASE64'");
    }

    private static void assertBad(String content, String message)
    {
        assertThatThrownBy(() -> parse(content))
                .isInstanceOf(MeshException.class)
                .hasMessage(message);
    }

    private static KeyRing parse(String content)
    {
        return KeyRing.parse("keys", content.getBytes(UTF_8));
    }
}
