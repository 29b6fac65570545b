package io.meshwright.model.product;

import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.FindingsText;
import io.meshwright.model.finding.Parsed;
import io.meshwright.model.yaml.YamlDocuments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import static io.meshwright.model.product.SpecFixtures.resource;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a file holds, reading it ends with a value or with findings that have a place, a message and a fix.
 */
class TestSpecFuzz
{
    private static final int ROUNDS = 1500;
    private static final String[] FRAGMENTS = {
            "\t", "- ", ": ", "{", "}", "[", "]", "&a ", "*a", "<<: *a", "!!x ", "|\n", ">\n", "---\n", "...\n", "%YAML 9.9\n", "'", "\"", "\\", "\\uD800", "\\UFFFFFFFF",
            "\u0000", "\uFEFF", "\u2028", "\uD83D\uDE00", "#", "?", "~", "null", "true", "99999999999999999999", "-1", ".inf", "2027-13-45", "\r", "\n", "\n  ", "<= ", "%", "é",
            "PT99999999999999999999S", "by 99am UTC", "9999999y", "P2147483647Y2147483647D",
    };

    private final String spec = resource("/product/full.yaml");
    private final String contract = resource("/product/full-contract.yaml");

    @Test
    @Timeout(120)
    void testMutatedSpecification()
    {
        Random random = new Random(20261121);
        for (int round = 0; round < ROUNDS; round++) {
            String text = mutate(spec, random);
            check(text, validate(text, contract));
        }
    }

    @Test
    @Timeout(120)
    void testMutatedContract()
    {
        Random random = new Random(4711);
        for (int round = 0; round < ROUNDS; round++) {
            check(spec, validate(spec, mutate(contract, random)));
        }
    }

    @Test
    @Timeout(120)
    void testTruncatedSpecification()
    {
        for (int length = 0; length < spec.length(); length++) {
            String text = spec.substring(0, length);
            check(text, validate(text, contract));
        }
    }

    @Test
    @Timeout(120)
    void testMutatedBytes()
    {
        Random random = new Random(7);
        byte[] original = spec.getBytes(UTF_8);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = Arrays.copyOf(original, random.nextInt(4) == 0 ? random.nextInt(original.length) : original.length);
            for (int change = random.nextInt(6); change >= 0 && bytes.length > 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Parsed<String> text = YamlDocuments.decode("dataproduct.yaml", bytes);
            assertThat(text.findings()).hasSize(text.value().isPresent() ? 0 : 1);
            text.value().ifPresent(value -> check(value, validate(value, contract)));
        }
    }

    @Test
    @Timeout(120)
    void testRandomBytes()
    {
        Random random = new Random(99);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            String text = new String(bytes, round % 2 == 0 ? UTF_8 : ISO_8859_1);
            Parsed<ProductBundle> parsed = validate(text, contract);
            assertThat(parsed.value()).isEmpty();
            check(text, parsed);
        }
    }

    private static String mutate(String text, Random random)
    {
        StringBuilder result = new StringBuilder(text);
        for (int change = random.nextInt(4); change >= 0; change--) {
            int from = random.nextInt(result.length() + 1);
            int to = Math.min(result.length(), from + random.nextInt(12));
            switch (random.nextInt(5)) {
                case 0 -> result.delete(from, to);
                case 1 -> result.insert(from, FRAGMENTS[random.nextInt(FRAGMENTS.length)]);
                case 2 -> result.replace(from, to, FRAGMENTS[random.nextInt(FRAGMENTS.length)]);
                case 3 -> result.insert(from, result.substring(from, to));
                default -> result.insert(from, (char) random.nextInt(0x10000));
            }
        }
        return result.toString();
    }

    private static Parsed<ProductBundle> validate(String spec, String contract)
    {
        return new ProductValidation(path -> Optional.of(new Parsed<>(Optional.of(contract), List.of())), Set.of()).validate("dataproduct.yaml", spec);
    }

    private static void check(String text, Parsed<ProductBundle> parsed)
    {
        assertThat(parsed.value().isPresent() || !parsed.findings().isEmpty()).isTrue();
        for (Finding finding : parsed.findings()) {
            assertThat(finding.message()).doesNotContain("org.snakeyaml", "Exception", "\n");
            assertThat(finding.fix()).doesNotContain("\n");
        }
        assertThat(new FindingsText(false).render(parsed.findings(), file -> Optional.of(text)).lines().count()).isGreaterThanOrEqualTo(parsed.findings().size() * 4L);
    }
}
