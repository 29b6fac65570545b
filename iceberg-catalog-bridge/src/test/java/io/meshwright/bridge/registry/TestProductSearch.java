package io.meshwright.bridge.registry;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class TestProductSearch
{
    private static final RegistryView VIEW = RegistryView.of(OptionalLong.empty(), List.of(
            row("orders", "order-events", "Every order placed, changed or cancelled.", "public", "[finance, core]", "status: {type: string, enum: [placed, shipped]}"),
            row("pricing", "price-list", "What things cost.", "public", "[core]", "sku: {type: string, description: Article of an order.}"),
            row("hr", "salaries", "Who earns what for cancelled orders.", "private", "[]", "amount: {type: long}"),
            broken()));

    @Test
    void testMatchesSayWhy()
    {
        List<SearchHit> hits = search(words("CANCELLED"), Optional.of(Set.of("analytics")));
        assertThat(hits).singleElement().satisfies(hit -> {
            assertThat(hit.product().address()).hasToString("orders.order-events");
            assertThat(hit.matches()).containsExactly(new SearchHit.Match("description", "Every order placed, changed or cancelled."));
        });
        assertThat(VIEW.search(words("order"))).extracting(hit -> hit.product().address().toString())
                .containsExactly("orders.order-events", "hr.salaries", "pricing.price-list");
        assertThat(VIEW.search(words("order", "cost"))).extracting(hit -> hit.product().address().toString()).containsExactly("pricing.price-list");
        assertThat(VIEW.search(words("shipped"))).singleElement()
                .satisfies(hit -> assertThat(hit.matches()).containsExactly(new SearchHit.Match("value of status", "shipped")));
        assertThat(VIEW.search(words("nothing"))).isEmpty();
    }

    @Test
    void testPrivateProductsAreFoundByTheirReadersOnly()
    {
        assertThat(search(words("salaries"), Optional.of(Set.of("analytics")))).isEmpty();
        assertThat(search(words("salaries"), Optional.of(Set.of()))).isEmpty();
        assertThat(search(words("salaries"), Optional.of(Set.of("hr")))).hasSize(1);
        assertThat(search(words("salaries"), Optional.empty())).hasSize(1);
    }

    @Test
    void testFilters()
    {
        assertThat(addresses(request(Optional.of("PRICING"), Optional.empty(), Optional.empty(), Optional.empty()))).containsExactly("pricing.price-list");
        assertThat(addresses(request(Optional.empty(), Optional.of("orders-team@"), Optional.empty(), Optional.empty()))).containsExactly("orders.order-events");
        assertThat(addresses(request(Optional.empty(), Optional.empty(), Optional.of("core"), Optional.empty()))).containsExactly("orders.order-events", "pricing.price-list");
        assertThat(addresses(request(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("sku")))).containsExactly("pricing.price-list");
        assertThat(addresses(request(Optional.empty(), Optional.empty(), Optional.of("cor"), Optional.empty()))).isEmpty();
    }

    @Test
    void testABrokenRowIsReportedBesideTheOthers()
    {
        assertThat(VIEW.products()).hasSize(4);
        assertThat(VIEW.readable()).hasSize(3);
        assertThat(VIEW.unreadable()).singleElement().satisfies(product -> {
            assertThat(product.row().address()).isEqualTo("orders.broken");
            assertThat(product.findings()).isNotEmpty();
        });
    }

    @Test
    void testAThousandProductsAreSearchedFast()
    {
        List<ProductRow> rows = new ArrayList<>();
        for (int number = 0; number < 1000; number++) {
            rows.add(row("domain-" + number % 20, "product-" + number, "Text number " + number, "public", "[t]", "field_%s: {type: string}".formatted(number)));
        }
        RegistryView view = RegistryView.of(OptionalLong.empty(), rows);
        assertThat(view.search(words("field_777"))).singleElement()
                .satisfies(hit -> assertThat(hit.product().address()).hasToString("domain-17.product-777"));
    }

    private static List<String> addresses(SearchRequest request)
    {
        return VIEW.search(request).stream().map(hit -> hit.product().address().toString()).toList();
    }

    private static List<SearchHit> search(SearchRequest request, Optional<Set<String>> groups)
    {
        return VIEW.search(new SearchRequest(request.words(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), groups));
    }

    private static SearchRequest words(String... words)
    {
        return SearchRequest.forWords(List.of(words));
    }

    private static SearchRequest request(Optional<String> domain, Optional<String> owner, Optional<String> tag, Optional<String> field)
    {
        return new SearchRequest(List.of(), domain, owner, tag, field, Optional.empty());
    }

    private static ProductRow broken()
    {
        return new ProductRow("orders.broken", Optional.empty(), "orders", "broken", 1, "", "dataproduct.yaml", "kind: [", Optional.empty(), Instant.EPOCH, "", List.of(), List.of(), List.of());
    }

    private static ProductRow row(String domain, String name, String description, String discovery, String tags, String field)
    {
        String specification =
                """
                apiVersion: dataproduct.kloudvin.io/v1
                kind: DataProduct
                metadata: {name: %s, domain: %s, owner: %s-team@retailer.example, tags: %s}
                spec:
                  description: "%s"
                  outputPorts: [{name: curated, type: iceberg, contract: ./contract.yaml}]
                  sla: {freshness: "<= 15m"}
                  classification: {contains_pii: false}
                  access: {discovery: %s, read: [hr]}
                """.formatted(name, domain, domain, tags, description, discovery);
        String contract =
                """
                dataContractSpecification: 1.2.0
                id: %s.%s
                info: {title: T, version: 1.0.0}
                models: {%s: {type: table, fields: {%s}}}
                """.formatted(domain, name, name.replace('-', '_'), field);
        return new ProductRow(
                domain + "." + name,
                Optional.empty(),
                domain.replace('-', '_'),
                name.replace('-', '_'),
                1,
                "hash",
                "dataproduct.yaml",
                specification,
                Optional.empty(),
                Instant.EPOCH,
                "tester",
                List.of(),
                List.of(new ContractRow("curated", "./contract.yaml", "id", "1.0.0", "hash", contract)),
                List.of());
    }
}
