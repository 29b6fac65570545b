package io.meshwright.model.mask;

import com.google.common.io.BaseEncoding;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Random;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

class TestBase32
{
    @Test
    void testEqualsGuava()
    {
        BaseEncoding oracle = BaseEncoding.base32().lowerCase().omitPadding();
        Random random = new Random(13);
        for (int round = 0; round < 10_000; round++) {
            byte[] source = new byte[20];
            random.nextBytes(source);
            byte[] target = new byte[30];
            Base32.encode(source, 3, target, 2);
            assertThat(new String(target, 2, Base32.ENCODED_SIZE, US_ASCII)).isEqualTo(oracle.encode(Arrays.copyOfRange(source, 3, 19)));
            assertThat(target).startsWith(0, 0).endsWith(0, 0);
        }
    }
}
