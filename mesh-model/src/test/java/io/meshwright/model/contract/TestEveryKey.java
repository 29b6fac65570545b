package io.meshwright.model.contract;

import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every key of the standards is known, and what is not checked is told.
 */
class TestEveryKey
{
    @ParameterizedTest
    @ValueSource(strings = {"1.1.0", "1.2.0", "1.2.1"})
    void testSmallestContractOfDcs(String version)
    {
        assertThat(errors("{dataContractSpecification: %s, id: my-data-contract-id, info: {title: My Data Contract, version: 0.0.1}}".formatted(version))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3.0.0", "v3.0.1", "v3.0.2", "v3.1.0"})
    void testSmallestContractOfOdcs(String version)
    {
        assertThat(errors("{apiVersion: %s, kind: DataContract, id: a, version: 0.0.1, status: draft}".formatted(version))).isEmpty();
    }

    private static List<String> errors(String text)
    {
        return ContractLint.lint("contract.yaml", text).findings().stream().filter(Finding::isError).map(ContractFixtures::line).toList();
    }

    @Test
    void testDcs()
    {
        Parsed<DataContract> linted = ContractLint.lint("contract.yaml", ContractFixtures.resource("every-key.dcs.yaml"));
        assertThat(linted.findings().stream().map(ContractFixtures::line)).isEmpty();
        assertThat(linted.value().orElseThrow().notChecked()).extracting(entry -> entry.path() + ": " + entry.reason()).containsExactly(
                "models.orders.fields.customer_email_address.quality[0]: a text rule is for people",
                "models.orders.fields.customer_email_address.quality[1]: a custom rule runs on its own engine 'soda'",
                "models.orders.fields.document.type: values of the type json are carried as text",
                "models.orders.fields.anything.type: values of the type variant are carried as text",
                "models.orders.fields.nothing.type: values of the type null are carried as text",
                "models.orders.additionalFields: columns beyond the contract are neither served nor refused",
                "servicelevels.frequency.cron: a schedule says when data is made, and is not held against when it came",
                "servicelevels.availability: not measured",
                "servicelevels.support: not measured",
                "servicelevels.backup: not measured");
    }

    @Test
    void testOdcs()
    {
        Parsed<DataContract> linted = ContractLint.lint("contract.yaml", ContractFixtures.resource("every-key.odcs.yaml"));
        assertThat(linted.findings().stream().map(ContractFixtures::line)).isEmpty();
        assertThat(linted.value().orElseThrow().notChecked()).extracting(entry -> entry.path() + ": " + entry.reason()).containsExactly(
                "schema[0].properties[0].physicalName: columns go by the name of the property",
                "schema[0].properties[0].partitioned: the table's partitions are its owner's matter",
                "schema[0].properties[1].quality[4]: a text rule is for people",
                "schema[0].properties[1].quality[5]: a custom rule runs on its own engine 'soda'",
                "schema[0].properties[1].encryptedName: the column with the encrypted values is not looked at",
                "schema[0].relationships[0]: only one relationship from one field to one field is read",
                "slaProperties[1]: the service level 'generalAvailability' is not measured",
                "slaProperties[4]: the service level 'timeOfAvailability' is not measured",
                "slaProperties[5]: the service level 'availability' is not measured",
                "slaProperties[6]: the service level 'completeness' is not measured");
    }
}
