package io.meshwright.model.product;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.meshwright.model.sla.ServiceLevels;

import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One {@code dataproduct.yaml}: the declaration from which everything else follows.
 *
 * @param apiVersion one of {@link DataProductSpecParser#API_VERSIONS}
 * @param owner the e-mail address of the owning team
 * @param alias a second identifier such as {@code dp.customer.360}
 * @param version the product's own version, when it declares one
 * @param labels the user's own keys, for search
 * @param annotations the user's own keys, for other tools
 * @param documentation what a consumer should know beyond the description, as Markdown
 * @param retention how long rows are kept; years and days as declared
 * @param quality what is held against the data next to the contract
 */
public record DataProductSpec(
        String apiVersion,
        ProductAddress address,
        String owner,
        Optional<String> ownerTeam,
        Optional<String> alias,
        Optional<String> version,
        List<String> tags,
        Optional<String> documentationUrl,
        Map<String, String> labels,
        Map<String, String> annotations,
        Optional<String> description,
        Optional<String> documentation,
        List<OutputPort> outputPorts,
        List<InputPort> inputPorts,
        Optional<Transformation> transformation,
        ServiceLevels serviceLevels,
        Classification classification,
        Optional<Period> retention,
        AccessPolicy access,
        Team team,
        Optional<MigrationSpec> migration,
        List<ProductCheck> quality)
{
    public DataProductSpec
    {
        requireNonNull(apiVersion, "apiVersion is null");
        requireNonNull(address, "address is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(ownerTeam, "ownerTeam is null");
        requireNonNull(alias, "alias is null");
        requireNonNull(version, "version is null");
        tags = ImmutableList.copyOf(tags);
        requireNonNull(documentationUrl, "documentationUrl is null");
        labels = ImmutableMap.copyOf(labels);
        annotations = ImmutableMap.copyOf(annotations);
        requireNonNull(description, "description is null");
        requireNonNull(documentation, "documentation is null");
        outputPorts = ImmutableList.copyOf(outputPorts);
        inputPorts = ImmutableList.copyOf(inputPorts);
        requireNonNull(transformation, "transformation is null");
        requireNonNull(serviceLevels, "serviceLevels is null");
        requireNonNull(classification, "classification is null");
        requireNonNull(retention, "retention is null");
        requireNonNull(access, "access is null");
        requireNonNull(team, "team is null");
        requireNonNull(migration, "migration is null");
        quality = ImmutableList.copyOf(quality);
    }

    /**
     * The port behind the SQL address: the first that is a table or a view.
     */
    public Optional<OutputPort> queryablePort()
    {
        return outputPorts.stream().filter(port -> port.type().isQueryable()).findFirst();
    }

    public Optional<OutputPort> outputPort(String name)
    {
        return outputPorts.stream().filter(port -> port.name().equals(name)).findFirst();
    }
}
