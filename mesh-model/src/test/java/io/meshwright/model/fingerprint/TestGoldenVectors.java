package io.meshwright.model.fingerprint;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static io.meshwright.model.fingerprint.HashProfile.MD5;
import static io.meshwright.model.fingerprint.HashProfile.SHA256;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Java against hashes that PostgreSQL and Python computed.
 */
final class TestGoldenVectors
{
    @Test
    void testHashes()
    {
        List<GoldenVector> vectors = GoldenVector.all();
        assertThat(vectors).hasSizeGreaterThan(60);
        for (GoldenVector vector : vectors) {
            List<ComparedType> types = List.of(vector.type());
            List<Object> row = new ArrayList<>();
            row.add(CanonicalText.parse(vector.type(), vector.text().orElse(null)));
            assertThat(new PostgresRowHash(types).hash(row)).as("native of %s", vector).isEqualTo(vector.nativeHash());
            assertThat(new DigestRowHash(MD5, types, StandardCharsets.UTF_8).hash(row)).as("md5 of %s", vector).isEqualTo(vector.md5());
            assertThat(new DigestRowHash(SHA256, types, StandardCharsets.UTF_8).hash(row)).as("sha256 of %s", vector).isEqualTo(vector.sha256());
            assertThat(new DigestRowHash(MD5, types, StandardCharsets.UTF_16LE).hash(row)).as("md5 of UTF-16LE of %s", vector).isEqualTo(vector.md5Utf16());
            assertThat(new DigestRowHash(SHA256, types, StandardCharsets.UTF_16LE).hash(row)).as("sha256 of UTF-16LE of %s", vector).isEqualTo(vector.sha256Utf16());
        }
    }

    @Test
    void testTextsAreReadAsTheyAreWritten()
    {
        for (GoldenVector vector : GoldenVector.all()) {
            vector.text().ifPresent(text -> assertThat(CanonicalText.of(vector.type(), CanonicalText.parse(vector.type(), text))).isEqualTo(text));
        }
    }

    /**
     * A sum over rows of what the server computes by itself would not change.
     */
    @Test
    void testRowsThatSwapAValueHaveAnotherSum()
    {
        ComparedType integer = ComparedType.of(ComparedType.Kind.INTEGER);
        PostgresRowHash hash = new PostgresRowHash(List.of(integer, integer));
        for (long key = 0; key < 1_000; key++) {
            long before = hash.hash(List.of(key, key * 7)) + hash.hash(List.of(key + 1, key * 7 + 3));
            long after = hash.hash(List.of(key, key * 7 + 3)) + hash.hash(List.of(key + 1, key * 7));
            assertThat(after).as("keys %s and %s", key, key + 1).isNotEqualTo(before);
        }
    }

    @Test
    void testSignOfADecimalCounts()
    {
        PostgresRowHash hash = new PostgresRowHash(List.of(new ComparedType(ComparedType.Kind.DECIMAL, 2)));
        assertThat(hash.hash(List.of(new BigDecimal("-9.99")))).isNotEqualTo(hash.hash(List.of(new BigDecimal("9.99"))));
        assertThat(hash.hash(0, new BigDecimal("-9.99"))).isNotEqualTo(hash.hash(0, new BigDecimal("9.99")));
    }
}
