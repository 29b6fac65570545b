package io.meshwright.bridge.admission;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.admission.AdmissionStep.Name;
import io.meshwright.bridge.admission.AdmissionStep.Status;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.provision.ProvisionedPort;
import io.meshwright.bridge.provision.Provisioning;
import io.meshwright.bridge.provision.ProvisioningPlan;
import io.meshwright.bridge.registry.ColumnRow;
import io.meshwright.bridge.registry.ContractRow;
import io.meshwright.bridge.registry.Ownership;
import io.meshwright.bridge.registry.PortRow;
import io.meshwright.bridge.registry.ProductDraft;
import io.meshwright.bridge.registry.ProductRegistry;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.registry.Registration;
import io.meshwright.bridge.registry.RegistryView;
import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.Findings;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.finding.SourceLocation;
import io.meshwright.model.product.DataProductSpec;
import io.meshwright.model.product.LoadedContract;
import io.meshwright.model.product.OutputPort;
import io.meshwright.model.product.PortType;
import io.meshwright.model.product.ProductBundle;
import io.meshwright.model.sla.ServiceLevels;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.meshwright.model.finding.MeshException.Cause.REFUSED;
import static java.util.Objects.requireNonNull;

/**
 * Registers products that are valid by themselves (see {@link io.meshwright.model.product.ProductValidation}): looks at the catalog,
 * resolves the ports, and commits. When anything refuses, nothing is registered and no table is left behind.
 */
public final class Admission
{
    private static final String LATER = "not built yet: nothing was checked";

    private final Provisioning provisioning;
    private final ProductRegistry registry;

    /**
     * A product with everything that was looked up for it. Holds for the registry as it was then.
     */
    public record Prepared(ProductBundle product, RegistryView registry, ProvisioningPlan plan) {}

    public Admission(MeshCatalog catalog, ProductRegistry registry)
    {
        this.provisioning = new Provisioning(catalog);
        this.registry = requireNonNull(registry, "registry is null");
    }

    /**
     * Looks at registry and catalog. Changes nothing.
     */
    public Prepared prepare(ProductBundle product)
    {
        RegistryView view = registry.current();
        return new Prepared(product, view, provisioning.plan(product, view));
    }

    /**
     * What registration would be refused for now: with tables as they are. Changes nothing.
     */
    public List<Finding> refusals(Prepared prepared, SpecificationOrigin origin)
    {
        Findings findings = new Findings();
        findings.addAll(prepared.plan().refusals());
        findings.addAll(ViewInputs.refusals(prepared.product(), prepared.registry()));
        findings.addAll(tableRefusals(prepared));
        findings.addAll(ownershipRefusals(prepared, origin));
        return findings.sorted();
    }

    /**
     * Registers a product whose tables are there. A table at a declared location is entered into the catalog.
     */
    public AdmissionReport register(Prepared prepared, SpecificationOrigin origin)
    {
        List<Finding> refusals = refusals(prepared, origin);
        return refusals.isEmpty() ? admit(prepared, origin, provisioning.resolve(prepared.plan())) : refused(prepared, refusals);
    }

    /**
     * Makes or changes the product's tables, then registers it.
     */
    public AdmissionReport apply(Prepared prepared, SpecificationOrigin origin)
    {
        Findings findings = new Findings();
        findings.addAll(prepared.plan().refusals());
        findings.addAll(ViewInputs.refusals(prepared.product(), prepared.registry()));
        findings.addAll(ownershipRefusals(prepared, origin));
        List<Finding> refusals = findings.sorted();
        return refusals.isEmpty() ? admit(prepared, origin, provisioning.apply(prepared.plan())) : refused(prepared, refusals);
    }

    private AdmissionReport admit(Prepared prepared, SpecificationOrigin origin, List<ProvisionedPort> provisioned)
    {
        ProductDraft draft = draft(prepared.product(), origin, provisioned);
        int base = prepared.registry().find(prepared.product().spec().address()).map(ProductRow::revision).orElse(0);
        try {
            Registration registration = registry.register(draft, base);
            return new AdmissionReport(Optional.of(registration), steps(registration, prepared.product().spec()), List.of(), prepared.plan());
        }
        catch (MeshException e) {
            if (e.kind() != REFUSED) {
                // whether the commit arrived is not known, so its tables must stay
                throw e;
            }
            provisioning.undo(provisioned, registry.current());
            return refused(prepared, List.of(toFinding(e, origin)));
        }
    }

    private static List<AdmissionStep> steps(Registration registration, DataProductSpec spec)
    {
        return ImmutableList.of(
                new AdmissionStep(Name.SCHEMA_COMPATIBILITY, Status.PENDING, LATER),
                new AdmissionStep(Name.PII_SCAN, Status.PENDING, LATER),
                new AdmissionStep(Name.CATALOG, Status.OK, "%s, revision %s".formatted(registration.outcome().label(), registration.row().revision())),
                new AdmissionStep(Name.SLA_MONITOR, Status.OK, describe(spec.serviceLevels())));
    }

    private static String describe(ServiceLevels levels)
    {
        List<String> declared = new ArrayList<>();
        levels.freshness().ifPresent(freshness -> declared.add("freshness"));
        levels.availability().ifPresent(availability -> declared.add("availability"));
        levels.completeness().ifPresent(completeness -> declared.add("completeness"));
        levels.accuracy().ifPresent(accuracy -> declared.add("accuracy"));
        levels.latency().ifPresent(latency -> declared.add("latency"));
        return "watches " + String.join(", ", declared);
    }

    private static AdmissionReport refused(Prepared prepared, List<Finding> findings)
    {
        return new AdmissionReport(
                Optional.empty(),
                ImmutableList.of(
                        new AdmissionStep(Name.SCHEMA_COMPATIBILITY, Status.PENDING, LATER),
                        new AdmissionStep(Name.PII_SCAN, Status.PENDING, LATER),
                        new AdmissionStep(Name.CATALOG, Status.REFUSED, "nothing was registered"),
                        new AdmissionStep(Name.SLA_MONITOR, Status.SKIPPED, "nothing was registered")),
                findings,
                prepared.plan());
    }

    private static List<Finding> tableRefusals(Prepared prepared)
    {
        Findings findings = new Findings();
        for (ProvisioningPlan.PortState state : prepared.plan().portStates()) {
            SourceLocation location = state.port().source();
            if (!state.exists()) {
                findings.add(
                        AdmissionRule.TABLE_MISSING,
                        location,
                        "spec.outputPorts",
                        "port %s: there is no table %s yet".formatted(state.port().name(), state.table()),
                        "Create it from the contract with  mesh product apply");
            }
            else if (!state.missing().isEmpty()) {
                findings.add(
                        AdmissionRule.TABLE_BEHIND,
                        location,
                        "spec.outputPorts",
                        "port %s: table %s does not have what the contract says: %s".formatted(state.port().name(), state.table(), String.join("; ", state.missing())),
                        "Change it with  mesh product apply");
            }
        }
        return findings.sorted();
    }

    private static List<Finding> ownershipRefusals(Prepared prepared, SpecificationOrigin origin)
    {
        try {
            Ownership.check(draft(prepared.product(), origin, List.of()), prepared.registry().products());
            return List.of();
        }
        catch (MeshException e) {
            return List.of(toFinding(e, origin));
        }
    }

    private static Finding toFinding(MeshException refusal, SpecificationOrigin origin)
    {
        return new Finding(refusal.rule(), SourceLocation.startOf(origin.path()), "", refusal.getMessage(), refusal.fix());
    }

    private static ProductDraft draft(ProductBundle product, SpecificationOrigin origin, List<ProvisionedPort> provisioned)
    {
        DataProductSpec spec = product.spec();
        ImmutableList.Builder<PortRow> ports = ImmutableList.builder();
        for (OutputPort port : spec.outputPorts()) {
            ports.add(provisioned.stream()
                    .filter(table -> table.row().name().equals(port.name()))
                    .map(ProvisionedPort::row)
                    .findFirst()
                    .orElseGet(() -> withoutTable(port)));
        }
        ImmutableList.Builder<ColumnRow> columns = ImmutableList.builder();
        provisioned.forEach(table -> columns.addAll(table.columns()));
        return new ProductDraft(
                spec.address(),
                spec.alias(),
                origin.path(),
                product.specText(),
                origin.gitRevision(),
                origin.user(),
                ports.build(),
                contracts(product),
                columns.build());
    }

    private static PortRow withoutTable(OutputPort port)
    {
        boolean stored = port.type() == PortType.ICEBERG || port.type() == PortType.FILE;
        return new PortRow(port.name(), port.type().label(), Optional.empty(), Optional.empty(), Optional.empty(), port.location().filter(location -> stored), Optional.empty());
    }

    private static List<ContractRow> contracts(ProductBundle product)
    {
        ImmutableList.Builder<ContractRow> contracts = ImmutableList.builder();
        for (Map.Entry<String, LoadedContract> entry : product.contracts().entrySet()) {
            LoadedContract loaded = entry.getValue();
            contracts.add(new ContractRow(
                    entry.getKey(),
                    loaded.path(),
                    loaded.contract().id(),
                    loaded.contract().version(),
                    ProductDraft.hashOf(loaded.text()),
                    loaded.text()));
        }
        return contracts.build();
    }
}
