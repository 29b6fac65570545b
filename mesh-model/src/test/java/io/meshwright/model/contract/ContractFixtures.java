package io.meshwright.model.contract;

import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.Parsed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contracts of the tests.
 */
final class ContractFixtures
{
    private ContractFixtures() {}

    static String resource(String name)
    {
        try (InputStream input = requireNonNull(ContractFixtures.class.getResourceAsStream("/contract/" + name), name)) {
            return new String(input.readAllBytes(), UTF_8);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static DataContract read(String text)
    {
        Parsed<DataContract> parsed = DataContractParser.parse("contract.yaml", text);
        assertThat(parsed.findings().stream().filter(Finding::isError).map(ContractFixtures::line)).isEmpty();
        return parsed.value().orElseThrow();
    }

    /**
     * A DCS contract with one model {@code orders} of the given fields, indented by six blanks.
     */
    static String dcs(String fields)
    {
        return """
               dataContractSpecification: 1.2.1
               id: orders.order-events
               info:
                 title: Orders
                 version: 1.0.0
               models:
                 orders:
                   type: table
                   fields:
               """ + fields.indent(6);
    }

    /**
     * An ODCS contract with one object {@code orders} of the given properties, indented by four blanks.
     */
    static String odcs(String properties)
    {
        return """
               apiVersion: v3.1.0
               kind: DataContract
               id: orders.order-events
               version: 1.0.0
               status: active
               schema:
               - name: orders
                 properties:
               """ + properties.indent(2);
    }

    static List<String> findings(String text)
    {
        return DataContractParser.parse("contract.yaml", text).findings().stream().map(ContractFixtures::line).toList();
    }

    static String line(Finding finding)
    {
        return "%s:%s %s %s: %s | %s".formatted(
                finding.location().line(), finding.location().column(), finding.severity().label(), finding.rule().title(), finding.message(), finding.fix());
    }
}
