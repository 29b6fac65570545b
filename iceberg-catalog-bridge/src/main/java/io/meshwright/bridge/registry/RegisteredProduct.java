package io.meshwright.bridge.registry;

import com.google.common.collect.ImmutableMap;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.contract.DataContract;
import io.meshwright.model.contract.DataContractParser;
import io.meshwright.model.finding.Findings;
import io.meshwright.model.finding.Parsed;
import io.meshwright.model.mask.MaskPlan;
import io.meshwright.model.mask.ShownFigures;
import io.meshwright.model.product.AccessPolicy.Discovery;
import io.meshwright.model.product.DataProductSpec;
import io.meshwright.model.product.DataProductSpecParser;
import io.meshwright.model.product.OutputPort;
import io.meshwright.model.product.ProductAddress;
import io.meshwright.model.sla.ServiceLevels;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * A product with its declaration read back from its row.
 *
 * @param contracts by the name of the output port
 */
public record RegisteredProduct(ProductRow row, DataProductSpec spec, Map<String, DataContract> contracts)
{
    public RegisteredProduct
    {
        requireNonNull(row, "row is null");
        requireNonNull(spec, "spec is null");
        contracts = ImmutableMap.copyOf(contracts);
    }

    /**
     * Reads a row; findings are about the texts in it, by the paths under which they were registered.
     */
    public static Parsed<RegisteredProduct> parse(ProductRow row)
    {
        Findings findings = new Findings();
        Parsed<DataProductSpec> spec = DataProductSpecParser.parseRegistered(row.specPath(), row.specBody());
        findings.addAll(spec.findings());
        ImmutableMap.Builder<String, DataContract> contracts = ImmutableMap.builder();
        for (ContractRow contract : row.contracts()) {
            Parsed<DataContract> parsed = DataContractParser.parse(contract.path(), contract.body());
            findings.addAll(parsed.findings());
            parsed.value().ifPresent(value -> contracts.put(contract.port(), value));
        }
        if (findings.hasErrors()) {
            return new Parsed<>(Optional.empty(), findings.sorted());
        }
        return new Parsed<>(Optional.of(new RegisteredProduct(row, spec.value().orElseThrow(), contracts.buildKeepingLast())), findings.sorted());
    }

    public ProductAddress address()
    {
        return spec.address();
    }

    /**
     * The model that a port serves; empty when the port has no contract.
     */
    public Optional<ContractModel> model(String port)
    {
        return Optional.ofNullable(contracts.get(port)).flatMap(contract -> contract.modelOf(spec.address()));
    }

    /**
     * Which fields of a port's model are masked. Versions may name their personal fields differently, so one that is listed is in the contract
     * of any of them.
     */
    public Optional<MaskPlan> masks(String port)
    {
        Set<String> fields = contracts.values().stream()
                .flatMap(contract -> contract.modelOf(spec.address()).stream())
                .flatMap(model -> model.fieldPaths().keySet().stream())
                .collect(toImmutableSet());
        return model(port).map(model -> MaskPlan.of(spec, model, fields));
    }

    /**
     * Which figures about a port's table may be told to those who do not see it in clear.
     */
    public ShownFigures shownFigures(String port)
    {
        return model(port).flatMap(model -> masks(port).map(masks -> ShownFigures.of(model, masks))).orElse(ShownFigures.OF_UNKNOWN_COLUMNS);
    }

    /**
     * Which figures about what the product promises may be told to those who do not see it in clear.
     */
    public ShownFigures shownFigures()
    {
        return queryablePort().map(port -> shownFigures(port.name())).orElse(ShownFigures.OF_UNKNOWN_COLUMNS);
    }

    /**
     * The port behind the SQL address, as it was resolved.
     */
    public Optional<PortRow> queryablePort()
    {
        return spec.queryablePort().map(OutputPort::name).flatMap(row::port);
    }

    /**
     * What the product promises; what it leaves out, the contract of the port behind its SQL address may promise.
     */
    public ServiceLevels serviceLevels()
    {
        return queryablePort()
                .map(port -> contracts.get(port.name()))
                .map(DataContract::serviceLevels)
                .map(spec.serviceLevels()::completedBy)
                .orElse(spec.serviceLevels());
    }

    /**
     * Whether somebody in these groups may learn that the product exists: it is public, or they may read it.
     */
    public boolean isDiscoverableBy(Set<String> groups)
    {
        return spec.access().discovery() == Discovery.PUBLIC ||
                spec.access().readGroups().map(readers -> readers.stream().anyMatch(groups::contains)).orElse(false);
    }
}
