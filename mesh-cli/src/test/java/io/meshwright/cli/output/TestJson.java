package io.meshwright.cli.output;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestJson
{
    private record Sample(String name, Optional<Instant> at, OptionalLong count, List<OutputFormat> formats) {}

    @Test
    void testRecordsBecomeObjects()
    {
        Sample sample = new Sample("ä \"x\"", Optional.of(Instant.EPOCH), OptionalLong.empty(), List.of(OutputFormat.JSON));

        assertThat(Json.write(sample)).isEqualTo(
                """
                {
                  "name": "ä \\"x\\"",
                  "at": "1970-01-01T00:00:00Z",
                  "count": null,
                  "formats": [
                    "json"
                  ]
                }""");
        assertThat(Yaml.write(sample)).isEqualTo(
                """
                name: "ä \\"x\\""
                at: "1970-01-01T00:00:00Z"
                count: null
                formats:
                  - json
                """);
    }

    @Test
    void testNumbersKeepTheirDigits()
            throws IOException
    {
        String text = "[12345678901234567890123, 0.10, 7]";

        Object tree = Json.read(text);

        assertThat(tree).isEqualTo(List.of(new BigInteger("12345678901234567890123"), new BigDecimal("0.10"), 7L));
        assertThat(Json.write(tree).replaceAll("\\s+", "")).isEqualTo("[12345678901234567890123,0.10,7]");
    }

    @Test
    void testYamlQuotesWhatItWouldMisread()
    {
        assertThat(Yaml.write(Json.object("a", "no", "b", "1.0", "c", "- x", "d", "", "e", "a: b", "f", "plain words", "g", Map.of(), "h", List.of())))
                .isEqualTo(
                        """
                        a: "no"
                        b: "1.0"
                        c: "- x"
                        d: ""
                        e: "a: b"
                        f: plain words
                        g: {}
                        h: []
                        """);
        assertThat(Yaml.write(Json.object("rows", List.of(Json.object("a", 1, "b", List.of(2, 3)), Arrays.asList(1, null)))))
                .isEqualTo(
                        """
                        rows:
                          - a: 1
                            b:
                              - 2
                              - 3
                          -
                            - 1
                            - null
                        """);
    }

    @Test
    void testOneDocumentOnly()
    {
        assertThatThrownBy(() -> Json.read("{} {}")).isInstanceOf(IOException.class).hasMessage("More than one JSON document");
        assertThatThrownBy(() -> Json.read("")).isInstanceOf(IOException.class).hasMessage("No JSON document");
    }
}
