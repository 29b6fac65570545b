package io.meshwright.cli.output;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestTextTable
{
    @Test
    void testColumnsAreAlignedByWhatIsSeen()
    {
        TextTable table = TextTable.result(List.of("name", "n")).alignRight(1);
        table.row("日本", 7).row("Zoë", 123).row("e\u0301", 1);

        assertThat(table.lines()).containsExactly(
                "name |   n",
                "-----+----",
                "日本 |   7",
                "Zoë  | 123",
                "e\u0301    |   1");
    }

    @Test
    void testControlCharactersAreHarmless()
    {
        TextTable table = TextTable.list("value").row("a\nb\t\u001b[31mred\u0000");

        assertThat(table.lines()).containsExactly("VALUE", "a\\nb\\t\\u001b[31mred\\u0000");
    }

    @Test
    void testRowsMustFit()
    {
        assertThatThrownBy(() -> TextTable.list("a", "b").row("only one"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 cells for 2 columns");
    }
}
