package io.meshwright.trino.product;

import io.meshwright.model.product.DataProductSpec;
import io.meshwright.model.product.DataProductSpecParser;
import io.meshwright.trino.MeshErrorCode;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.security.ConnectorIdentity;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class TestReaderAccess
{
    private static final ConnectorIdentity ADA = ConnectorIdentity.ofUser("ada");

    /**
     * Whatever state of the registry is served, old or new: the clock decides.
     */
    @Test
    void testClearanceEndsWithItsLastDay()
    {
        Product product = product("access: {clear: [{user: ada, until: 2027-03-31}]}");
        assertThat(at("2027-03-31T23:59:59Z").seesClearValues(product, ADA)).isTrue();
        assertThat(at("2027-04-01T00:00:00Z").seesClearValues(product, ADA)).isFalse();
        assertThat(at("2027-04-01T00:00:00Z").mayRead(product, ADA)).isTrue();
    }

    @Test
    void testReadingByClearanceEndsWithIt()
    {
        Product product = product("classification: {sensitivity_level: restricted}\n  access: {clear: [{user: ada, until: 2027-03-31}]}");
        assertThat(at("2027-03-31T23:59:59Z").mayRead(product, ADA)).isTrue();
        assertThat(at("2027-04-01T00:00:00Z").mayRead(product, ADA)).isFalse();
        assertThat(at("2027-04-01T00:00:00Z").mayFind(product, ADA)).isFalse();
    }

    private static ReaderAccess at(String instant)
    {
        return new ReaderAccess("production", Clock.fixed(Instant.parse(instant), ZoneOffset.UTC));
    }

    private static Product product(String more)
    {
        DataProductSpec spec = DataProductSpecParser.parse(
                "dataproduct.yaml",
                """
                apiVersion: dataproduct.kloudvin.io/v1
                kind: DataProduct
                metadata: {name: rows, domain: shop, owner: shop@shop.example}
                spec:
                  description: "Rows of the shop."
                  outputPorts: [{name: curated, type: iceberg, contract: contract.yaml}]
                  sla: {freshness: "<= 1d"}
                  %s
                """.formatted(more)).value().orElseThrow();
        return new Product(new SchemaTableName("shop", "rows"), "shop.rows", Optional.of(spec), new Product.Unservable(MeshErrorCode.MESH_NOT_QUERYABLE, "it is not read here"));
    }
}
