package io.meshwright.cli.sql;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TestStatementText
{
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "SELECT 1|SELECT 1",
            "SELECT 1; |SELECT 1",
            "-- why~SELECT 1;~-- what then|-- why~SELECT 1",
            "SELECT 1; /* a; b */ -- c|SELECT 1",
            "SELECT 1 -- no end;|SELECT 1 -- no end;",
            "SELECT 'a;~-- b'|SELECT 'a;~-- b'",
            "SELECT 'it''s;' ;|SELECT 'it''s;'",
            "SELECT \"a;\"|SELECT \"a;\"",
            "SELECT 1; ;|SELECT 1",
            "SELECT 1; SELECT 2;|SELECT 1; SELECT 2",
            "SELECT 1 /* open;|SELECT 1 /* open;",
            "SELECT 'open;|SELECT 'open;",
    })
    void testOnlyTheEndGoes(String text, String expected)
    {
        assertThat(StatementText.withoutEnd(text.replace('~', '\n'))).isEqualTo(expected.replace('~', '\n'));
    }
}
