package io.meshwright.model.product;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.yaml.MappingReader;
import io.meshwright.model.yaml.YamlScalar;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.meshwright.model.finding.QuotedText.quoted;

/**
 * Reads {@code inputPorts:}.
 */
final class InputPortReader
{
    private InputPortReader() {}

    static List<InputPort> read(MappingReader spec)
    {
        ImmutableList.Builder<InputPort> ports = ImmutableList.builder();
        Map<String, Integer> lines = new HashMap<>();
        for (MappingReader element : spec.sections("inputPorts", SpecKeys.INPUT_PORT)) {
            Optional<String> name = element.requiredString("name", "orders-db");
            Optional<String> type = element.requiredString("type", "postgres-cdc");
            Optional<String> source = element.string("source");
            Optional<YamlScalar> location = element.stringScalar("location");
            Optional<String> description = element.string("description");
            location.ifPresent(value -> PortSecrets.check(value, element.findings()));
            if (name.isEmpty() || type.isEmpty()) {
                continue;
            }
            int line = element.keyLocation("name").line();
            Integer first = lines.putIfAbsent(name.orElseThrow(), line);
            if (first != null) {
                element.findings().add(SpecRule.PORT_DUPLICATE, element.keyLocation("name"), element.path("name"), "input port %s is declared on lines %s and %s".formatted(quoted(name.orElseThrow()), first, line), "give one of the two another name");
            }
            if (type.orElseThrow().equals("data-product") && source.flatMap(ProductAddress::parse).isEmpty()) {
                element.findings().add(SpecRule.PORT_REACH, element.keyLocation("type"), element.path("source"), "input port %s does not say which data product it reads".formatted(quoted(name.orElseThrow())), "write the product's address, for example  source: customer.customer-profile");
            }
            ports.add(new InputPort(name.orElseThrow(), type.orElseThrow(), source, location.map(YamlScalar::text), description));
        }
        return ports.build();
    }
}
