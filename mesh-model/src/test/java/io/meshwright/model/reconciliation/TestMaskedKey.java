package io.meshwright.model.reconciliation;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestMaskedKey
{
    private static final byte[] RUN_KEY = "key of the run".getBytes(UTF_8);

    @Test
    void testClearAndMasked()
    {
        MaskedKey mask = new MaskedKey(List.of("order_id", "email"), Set.of("order_id"), RUN_KEY);
        String text = mask.text(List.of(17L, "anna@retailer.example"));
        // printf 'email\x1fanna@retailer.example' | openssl dgst -sha256 -hmac 'key of the run'
        assertThat(text).isEqualTo("order_id=17, email=27777d8629197ba4").doesNotContain("anna");
        assertThat(mask.text(List.of(18L, "anna@retailer.example"))).endsWith(text.substring(text.indexOf("email=")));
        assertThat(mask.text(Arrays.asList(18L, null))).isEqualTo("order_id=18, email=NULL");
    }

    @Test
    void testSingleColumn()
    {
        assertThat(new MaskedKey(List.of("order_id"), Set.of("order_id")).text(List.of("A-1"))).isEqualTo("A-1");
        assertThat(new MaskedKey(List.of("raw"), Set.of("raw")).text(List.of(new byte[] {1, (byte) 0xAB}))).isEqualTo("01ab");
        assertThat(new MaskedKey(List.of("order_id"), Set.of("other")).text(List.of("A-1"))).matches("[0-9a-f]{16}");
    }

    @Test
    void testRunsCannotBeJoined()
    {
        assertThat(new MaskedKey(List.of("email"), Set.of()).text(List.of("a"))).isNotEqualTo(new MaskedKey(List.of("email"), Set.of()).text(List.of("a")));
        MaskedKey mask = new MaskedKey(List.of("a", "b"), Set.of());
        assertThat(mask.text(List.of("x", "x")).replaceAll("[ab]=", "").split(", ")).doesNotHaveDuplicates();
    }

    @Test
    void testWrongNumberOfValues()
    {
        assertThatThrownBy(() -> new MaskedKey(List.of("a"), Set.of()).text(List.of("secret", "other")))
                .hasMessage("Not a value for each of [a]: 2 values");
    }
}
