package io.meshwright.bridge.provision;

import com.google.common.collect.ImmutableMap;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.registry.PortRow;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.bridge.registry.RegistryView;
import io.meshwright.model.contract.ContractField;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.contract.EngineTypes;
import io.meshwright.model.finding.Findings;
import io.meshwright.model.product.DataProductSpec;
import io.meshwright.model.product.OutputPort;
import io.meshwright.model.product.ProductBundle;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.meshwright.bridge.provision.PlanStep.Action.ADOPT_TABLE;
import static io.meshwright.bridge.provision.PlanStep.Action.CHANGE_TABLE;
import static io.meshwright.bridge.provision.PlanStep.Action.CREATE_NAMESPACE;
import static io.meshwright.bridge.provision.PlanStep.Action.CREATE_TABLE;
import static io.meshwright.bridge.provision.PlanStep.Action.ENTER_TABLE;
import static io.meshwright.bridge.provision.PlanStep.Action.KEEP_TABLE;
import static io.meshwright.bridge.provision.PlanStep.Action.TAG_NAMESPACE;
import static java.util.Objects.requireNonNull;

/**
 * Holds a product's contracts against what is in the catalog, and says what would have to be done. Changes nothing.
 */
final class ProvisioningPlanner
{
    private final MeshCatalog catalog;

    ProvisioningPlanner(MeshCatalog catalog)
    {
        this.catalog = requireNonNull(catalog, "catalog is null");
    }

    ProvisioningPlan plan(ProductBundle product, RegistryView registry)
    {
        DataProductSpec spec = product.spec();
        Optional<ProductRow> registered = registry.find(spec.address());
        Findings refusals = new Findings();
        List<PlanStep> steps = new ArrayList<>();
        List<TableTask> tasks = new ArrayList<>();
        List<PortTable> tables = new PortTables(catalog).locate(spec, registered);
        if (!tables.isEmpty()) {
            planNamespace(product, registry, steps);
        }
        for (PortTable target : tables) {
            ContractModel model = product.contracts().get(target.port().name()).contract().modelOf(spec.address()).orElseThrow();
            tasks.add(planTable(spec, target, model, registry, registered, steps, refusals));
        }
        return new ProvisioningPlan(spec.address(), steps, refusals.sorted(), tasks);
    }

    private void planNamespace(ProductBundle product, RegistryView registry, List<PlanStep> steps)
    {
        String name = product.spec().address().schemaName();
        boolean personal = product.spec().classification().containsPii() || otherPersonal(product, registry);
        Map<String, String> wanted = ImmutableMap.of(
                "domain", product.spec().address().domain(),
                "contains_pii", Boolean.toString(personal),
                "managed_by_mesh", "true");
        Optional<Map<String, String>> present = catalog.call("look at namespace " + name, () -> catalog.namespaces().namespaceExists(Namespace.of(name))
                ? Optional.of(catalog.namespaces().loadNamespaceMetadata(Namespace.of(name)))
                : Optional.empty());
        Map<String, String> missing = new LinkedHashMap<>();
        wanted.forEach((key, value) -> {
            if (!value.equals(present.map(properties -> properties.get(key)).orElse(null))) {
                missing.put(key, value);
            }
        });
        List<String> details = missing.entrySet().stream().map(tag -> tag.getKey() + " = " + tag.getValue()).toList();
        if (present.isEmpty()) {
            steps.add(new PlanStep(CREATE_NAMESPACE, name, details));
        }
        else if (!missing.isEmpty()) {
            steps.add(new PlanStep(TAG_NAMESPACE, name, details));
        }
    }

    /**
     * Personal data of any other product of the domain marks the namespace as well.
     */
    private static boolean otherPersonal(ProductBundle product, RegistryView registry)
    {
        return registry.readable().stream()
                .map(RegisteredProduct::spec)
                .filter(other -> other.address().domain().equals(product.spec().address().domain()))
                .filter(other -> !other.address().equals(product.spec().address()))
                .anyMatch(other -> other.classification().containsPii());
    }

    private TableTask planTable(
            DataProductSpec spec,
            PortTable target,
            ContractModel model,
            RegistryView registry,
            Optional<ProductRow> registered,
            List<PlanStep> steps,
            Findings refusals)
    {
        OutputPort port = target.port();
        Optional<Table> table = target.table().or(() -> target.metadataFile().map(this::readMetadata));
        if (table.isEmpty()) {
            if (target.former().isPresent()) {
                refuse(refusals,
                        ProvisionRule.NOTHING_THERE,
                        port,
                        "the declared location holds no Iceberg table, while the product's table is still at its former one",
                        "Write the table to the new location first, or name the former location");
            }
            steps.add(new PlanStep(CREATE_TABLE, target.identifier().toString(), createDetails(port, model)));
            return new TableTask(target, model, Optional.empty(), 0);
        }
        Optional<String> otherOwner = otherOwner(spec, target.identifier(), table.orElseThrow(), registry);
        if (otherOwner.isPresent()) {
            refuse(refusals,
                    ProvisionRule.TABLE_TAKEN,
                    port,
                    "table %s belongs to %s".formatted(target.identifier(), otherOwner.orElseThrow()),
                    "Name another location, or let %s serve the data".formatted(otherOwner.orElseThrow()));
        }
        if (target.former().isPresent() || target.metadataFile().isPresent()) {
            checkReadable(target, table.orElseThrow(), refusals);
        }
        boolean empty = table.orElseThrow().currentSnapshot() == null;
        SchemaComparison comparison = SchemaComparison.of(model, table.orElseThrow().schema(), empty);
        boolean own = isOwn(spec, table.orElseThrow(), registered);
        addTableSteps(target, own, comparison, steps);
        for (ColumnChange change : comparison.changes()) {
            if (change.kind() == ColumnChange.Kind.REFUSE) {
                refuse(refusals,
                        ProvisionRule.CANNOT_FOLLOW,
                        port,
                        "column %s of table %s: %s".formatted(change.path(), target.identifier(), change.detail()),
                        "Keep the contract as it was, or serve the change as a new version by a new port");
            }
            else if (!own && change.changesTable() && change.kind() != ColumnChange.Kind.DESCRIBE) {
                refuse(refusals,
                        ProvisionRule.FOREIGN_TABLE,
                        port,
                        "column %s of table %s would have to be changed (%s %s), but the table was not made for this product".formatted(
                                change.path(), target.identifier(), change.kind().label(), change.detail()),
                        "Change the table yourself, or correct the contract");
            }
        }
        return new TableTask(target, model, Optional.of(comparison), table.orElseThrow().schema().schemaId());
    }

    private static void addTableSteps(PortTable target, boolean own, SchemaComparison comparison, List<PlanStep> steps)
    {
        String name = target.identifier().toString();
        List<String> details = comparison.changes().stream()
                .map(change -> "%s %s: %s".formatted(change.kind().label(), change.path(), change.detail()))
                .toList();
        if (target.metadataFile().isPresent()) {
            steps.add(new PlanStep(ENTER_TABLE, name, List.of("the table lies at the declared location")));
        }
        if (!own) {
            steps.add(new PlanStep(ADOPT_TABLE, name, List.of("it was there before and fits the contract")));
        }
        boolean changes = comparison.changes().stream().anyMatch(ColumnChange::changesTable);
        if (changes || own) {
            steps.add(new PlanStep(changes ? CHANGE_TABLE : KEEP_TABLE, name, details));
        }
    }

    private static List<String> createDetails(OutputPort port, ContractModel model)
    {
        List<String> details = new ArrayList<>();
        for (ContractField field : model.fields()) {
            details.add(field.name() + " " + EngineTypes.iceberg(field) + (field.required() ? ", required" : ""));
        }
        port.location().ifPresent(location -> details.add("at the declared location"));
        return details;
    }

    private Optional<String> otherOwner(DataProductSpec spec, TableIdentifier identifier, Table table, RegistryView registry)
    {
        String address = spec.address().toString();
        Optional<String> registeredOwner = registry.products().stream()
                .filter(row -> !row.address().equals(address))
                .filter(row -> row.ports().stream().filter(PortRow::isTable).anyMatch(port ->
                        port.tableUuid().equals(Optional.of(table.uuid().toString())) || PortTables.identifier(port).equals(identifier)))
                .map(ProductRow::address)
                .findFirst();
        return registeredOwner.or(() -> Optional.ofNullable(table.properties().get(Provisioning.PRODUCT_PROPERTY)).filter(owner -> !owner.equals(address)));
    }

    private static boolean isOwn(DataProductSpec spec, Table table, Optional<ProductRow> registered)
    {
        return spec.address().toString().equals(table.properties().get(Provisioning.PRODUCT_PROPERTY)) ||
                registered.stream().flatMap(row -> row.ports().stream()).anyMatch(port -> port.tableUuid().equals(Optional.of(table.uuid().toString())));
    }

    private Table readMetadata(String metadataFile)
    {
        return catalog.call("read the table at the declared location", () -> new BaseTable(new StaticTableOperations(metadataFile, catalog.files()), metadataFile));
    }

    private void checkReadable(PortTable target, Table table, Findings refusals)
    {
        boolean formerHasRows = target.former().filter(former -> former.currentSnapshot() != null).isPresent();
        Optional<String> problem = formerHasRows && table.currentSnapshot() == null ? Optional.of("it has no rows yet") : TableReadability.problem(table);
        problem.ifPresent(reason -> refuse(
                refusals,
                ProvisionRule.UNREADABLE_TABLE,
                target.port(),
                "the table at the declared location cannot be read: " + reason,
                "Complete the move of its files, then register again"));
    }

    private static void refuse(Findings refusals, ProvisionRule rule, OutputPort port, String message, String fix)
    {
        refusals.add(rule, port.source(), "spec.outputPorts", "port %s: %s".formatted(port.name(), message), fix);
    }
}
