package io.meshwright.bridge.reconciliation;

import io.meshwright.model.finding.MeshException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestLegacyAddress
{
    @ParameterizedTest
    @CsvSource({
            "jdbc:postgresql://host:5432/sales?user=recon&password=hidden, PostgreSQL, host:5432/sales",
            "jdbc:mariadb://host:3306/sales?user=recon&password=hidden, MariaDB or MySQL, host:3306/sales",
            "jdbc:mysql://host/sales?user=recon&password=hidden, MariaDB or MySQL, host/sales",
    })
    void testDatabasesThatAreRead(String url, String database, String place)
    {
        LegacyAddress address = LegacyAddress.ofUrl(url);
        assertThat(address.database().label()).isEqualTo(database);
        assertThat(address.place()).isEqualTo(place);
        assertThat(address.toString()).doesNotContain("hidden").doesNotContain("recon");
        assertThat(address.isPostgreSql()).isEqualTo(database.equals("PostgreSQL"));
    }

    @ParameterizedTest
    @CsvSource({
            "jdbc:redshift://host:5439/sales, Redshift",
            "jdbc:snowflake://account.snowflakecomputing.com/, Snowflake",
            "jdbc:oracle:thin:recon/hid/den@host:1521/sales, Oracle",
            "jdbc:sqlserver://host;databaseName=sales;password=hidden, SQL Server",
    })
    void testDatabasesThatNoTestCanRun(String url, String database)
    {
        String label = url.replace("recon/hid/den", "").replaceFirst(";.*", "");
        assertThatThrownBy(() -> LegacyAddress.ofUrl(url))
                .isInstanceOf(MeshException.class)
                .hasMessage("The legacy warehouse " + label + " is of " + database + ", which is not read: its SQL is written, and no server has proven it yet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:db2://host/sales", "postgresql://host/sales", "jdbc:mysqlx://host/sales"})
    void testWhatIsNoDatabase(String url)
    {
        assertThatThrownBy(() -> LegacyAddress.ofUrl(url))
                .isInstanceOf(MeshException.class)
                .hasMessage("The legacy warehouse " + url + " is no database that is read");
    }

    @Test
    void testUserInTheUrlIsNotRepeated()
    {
        assertThatThrownBy(() -> LegacyAddress.ofUrl("jdbc:mysql://recon:hidden@host/sales"))
                .isInstanceOf(MeshException.class)
                .hasMessage("The URL of the legacy warehouse jdbc:mysql://host/sales has a user in it, which the driver does not read");
    }
}
