package io.meshwright.model.product;

import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.Parsed;
import org.junit.jupiter.params.provider.Arguments;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

final class SpecFixtures
{
    /**
     * Everything that a product needs, and nothing else.
     */
    static final String MINIMAL =
            """
            apiVersion: dataproduct.kloudvin.io/v1
            kind: DataProduct
            metadata:
              name: order-events
              domain: orders
              owner: orders-data@retailer.example
            spec:
              description: "Orders."
              outputPorts:
                - name: table
                  type: iceberg
                  contract: ./contracts/v1.yaml
              sla:
                freshness: 24h
            """;

    private SpecFixtures() {}

    static String resource(String name)
    {
        try (InputStream stream = requireNonNull(SpecFixtures.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), UTF_8);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * {@link #MINIMAL} with one text in it replaced.
     */
    static String minimal(String target, String replacement)
    {
        if (!MINIMAL.contains(target)) {
            throw new IllegalArgumentException("Not in the minimal specification: " + target);
        }
        return MINIMAL.replace(target, replacement);
    }

    static List<String> findings(String text)
    {
        return show(DataProductSpecParser.parse("dataproduct.yaml", text));
    }

    static Parsed<ProductBundle> validate(String text, Map<String, String> contracts)
    {
        ContractLoader loader = path -> Optional.ofNullable(contracts.get(path)).map(contract -> new Parsed<>(Optional.of(contract), List.of()));
        return new ProductValidation(loader, Set.of()).validate("orders/dataproduct.yaml", text);
    }

    static List<String> show(Parsed<?> parsed)
    {
        return parsed.findings().stream().map(SpecFixtures::show).toList();
    }

    private static String show(Finding finding)
    {
        return "%s %s %s:%s %s: %s | %s".formatted(
                finding.severity().label(),
                finding.rule().id(),
                finding.location().line(),
                finding.location().column(),
                finding.path(),
                finding.message(),
                finding.fix());
    }

    /**
     * The minimal specification with one change, and the findings that it has.
     */
    static Arguments replaced(String target, String replacement, String... expected)
    {
        return Arguments.of(minimal(target, replacement), expected);
    }
}
