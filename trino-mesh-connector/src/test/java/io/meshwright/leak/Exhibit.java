package io.meshwright.leak;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * A product with canaries in it: the table's statements, in the raw catalog {@code {l}} as a producer, and what is registered after them.
 *
 * @param afterwards statements after the registration
 * @param specification text of its {@code dataproduct.yaml}, which names the contract {@code contract.yaml}
 */
public record Exhibit(String name, List<String> statements, List<String> afterwards, String specification, String contract)
{
    public Exhibit
    {
        requireNonNull(name, "name is null");
        statements = List.copyOf(statements);
        afterwards = List.copyOf(afterwards);
        requireNonNull(specification, "specification is null");
        requireNonNull(contract, "contract is null");
    }

    static Exhibit table(String name, String access, String fields, String... statements)
    {
        return new Exhibit(name, List.of(statements), List.of(), specification(name, "{name: table, type: iceberg, contract: contract.yaml}", access), contract(name, fields));
    }

    static Exhibit view(String name, String access, String fields, String query)
    {
        String port =
                """
                name: view
                      type: view
                      contract: contract.yaml
                      query: >-
                        %s""".formatted(query);
        return new Exhibit(name, List.of(), List.of(), specification(name, port, access), contract(name, fields));
    }

    Exhibit andThen(String... statements)
    {
        return new Exhibit(name, this.statements, List.of(statements), specification, contract);
    }

    /**
     * With other words in its specification.
     */
    Exhibit saying(String words, String others)
    {
        if (!specification.contains(words)) {
            throw new IllegalArgumentException("The specification of %s does not say: %s".formatted(name, words));
        }
        return new Exhibit(name, statements, afterwards, specification.replace(words, others), contract);
    }

    private static String specification(String name, String port, String access)
    {
        return """
               apiVersion: dataproduct.kloudvin.io/v1
               kind: DataProduct
               metadata:
                 name: %s
                 domain: vault
                 owner: vault@shop.example
               spec:
                 description: "Something to steal."
                 outputPorts:
                   - %s
                 sla: {freshness: "<= 365d"}
                 access: %s
               """.formatted(name.replace('_', '-'), port, access);
    }

    private static String contract(String name, String fields)
    {
        return """
               dataContractSpecification: 1.2.1
               id: vault.%1$s
               info: {title: %1$s, version: 1.0.0, owner: vault@shop.example}
               models:
                 %1$s:
                   type: table
                   fields:
               %2$s
               """.formatted(name, fields.strip().indent(6).stripTrailing());
    }
}
