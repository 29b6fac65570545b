package io.meshwright.leak;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Base64;
import java.util.HexFormat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class TestCanaries
{
    @ParameterizedTest
    @ValueSource(strings = {
            "C0a9y1-mail-3@x.example", "c0A9Y1", "x 1y9a0C x", "[6049917380012]", "6.049917380012E12", "-1903847625,", "73219.8765", "732198765", "7.32198765E4",
            "40499.17382", "4.049917382E4", "8049.273", "1953-07-19", "born=1953-07/", "1961-04-12T06:07:08.123Z", "device=F47AC10B-58CC-4372-a567-0e02b2c3d479", "f47ac10b58cc4372a5670e02b2c3d479", "03:14:15.926535",
    })
    void testFinds(String text)
    {
        assertThat(Canaries.find(text)).as(text).isPresent();
    }

    @Test
    void testFindsEncodedTexts()
    {
        for (String prefix : new String[] {"", "a", "ab", "abc"}) {
            byte[] bytes = (prefix + "C0a9y1-photo").getBytes(UTF_8);
            assertThat(Canaries.find(Base64.getEncoder().encodeToString(bytes))).as(prefix).isPresent();
            assertThat(Canaries.find(HexFormat.of().withUpperCase().formatHex(bytes))).as(prefix).isPresent();
            assertThat(Canaries.find(HexFormat.ofDelimiter(" ").formatHex(bytes))).as(prefix).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "6fhwxto5m32msczshqucf4uwim", "60499173800121", "19038476250", "1953-01-01", "1953", "Kn0wn-bob@x.example", "[redacted]", "1.5E12", "20261121_132214_00005_5scsz"})
    void testDoesNotFindWhatMayBeShown(String text)
    {
        assertThat(Canaries.find(text)).as(text).isEmpty();
    }

    @Test
    void testTellsWhere()
    {
        assertThat(Canaries.find("before C0a9y1 after")).contains("text in: before C0a9y1 after");
        assertThat(Canaries.findPhysical("a phys1CA0 comment")).contains("name of storage in: a phys1CA0 comment");
        assertThat(Canaries.findPhysical("nothing")).isEmpty();
    }
}
