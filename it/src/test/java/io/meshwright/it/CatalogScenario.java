package io.meshwright.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What has to work on any JDBC catalog, wherever its PostgreSQL runs.
 */
final class CatalogScenario
{
    private CatalogScenario() {}

    static void run(Path folder, String url, String user, String password)
            throws Exception
    {
        Mesh mesh = new Mesh(folder, Map.of("CATALOG_PASSWORD", password));
        Files.writeString(folder.resolve("mesh.yaml"), configuration(url, user, folder.resolve("warehouse")));
        Path specification = Products.loyaltyCards(folder);

        mesh.run("product", "apply", specification.toString()).expectExit(0);
        mesh.run("catalog", "register", specification.toString()).expectExit(0);
        assertThat(mesh.run("catalog", "list", "-o", "name").expectExit(0).output().trim()).isEqualTo("shop.loyalty-cards");
        assertThat(mesh.run("config", "view", "-o", "json").expectExit(0).output()).contains("***").doesNotContain(password);

        try (LocalTrino trino = LocalTrino.up(mesh)) {
            ConnectorPage.expectCatalogFile("jdbc", mesh);
            trino.sql("paula", "INSERT INTO lake.shop.loyalty_cards VALUES (1, 'C-100', 'x@example.org', 7, current_timestamp)").expectExit(0);
            assertThat(trino.csv("alice", "SELECT customer_id FROM shop.loyalty_cards")).doesNotContain("C-100");
            assertThat(trino.csv("carol", "SELECT customer_id FROM shop.loyalty_cards")).contains("C-100");
            LeakSmoke.plantAndAttack(mesh, trino);
        }
    }

    static String configuration(String url, String user, Path warehouse)
    {
        return """
               catalog:
                 type: jdbc
                 uri: %s
                 warehouse: file://%s
                 properties:
                   jdbc.user: %s
                   jdbc.password: ${CATALOG_PASSWORD}
               environment: production
               users:
                 alice: {groups: [analytics]}
                 carol: {groups: [customer-care]}
                 mark: {groups: [marketing]}
                 paula: {groups: [producers]}
               """.formatted(url, warehouse, user);
    }
}
