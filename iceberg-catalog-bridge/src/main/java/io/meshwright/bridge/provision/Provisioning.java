package io.meshwright.bridge.provision;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.registry.ColumnRow;
import io.meshwright.bridge.registry.PortRow;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.bridge.registry.RegistryView;
import io.meshwright.model.contract.ContractField;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.contract.EngineTypes;
import io.meshwright.model.finding.Findings;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.product.DataProductSpec;
import io.meshwright.model.product.OutputPort;
import io.meshwright.model.product.ProductBundle;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.bridge.provision.PlanStep.Action.ADOPT_TABLE;
import static io.meshwright.bridge.provision.PlanStep.Action.CHANGE_TABLE;
import static io.meshwright.bridge.provision.PlanStep.Action.CREATE_NAMESPACE;
import static io.meshwright.bridge.provision.PlanStep.Action.CREATE_TABLE;
import static io.meshwright.bridge.provision.PlanStep.Action.ENTER_TABLE;
import static io.meshwright.bridge.provision.PlanStep.Action.KEEP_TABLE;
import static io.meshwright.bridge.provision.PlanStep.Action.TAG_NAMESPACE;
import static io.meshwright.model.finding.MeshException.Cause.REFUSED;
import static java.util.Objects.requireNonNull;

/**
 * Makes a product's namespace and tables from its contracts, and lets tables follow later contracts where that is safe.
 */
public final class Provisioning
{
    /**
     * The table property that says whose table it is.
     */
    public static final String PRODUCT_PROPERTY = "meshwright.product";
    private static final String PORT_PROPERTY = "meshwright.port";
    private static final Map<String, String> TABLE_PROPERTIES = ImmutableMap.of(
            // version 3 is read by fewer clients, and some of those cannot write it
            "format-version", "2",
            "write.format.default", "parquet",
            "write.parquet.compression-codec", "zstd",
            "write.metadata.delete-after-commit.enabled", "true",
            "write.metadata.previous-versions-max", "100");

    private final MeshCatalog catalog;

    public Provisioning(MeshCatalog catalog)
    {
        this.catalog = requireNonNull(catalog, "catalog is null");
    }

    /**
     * What would have to be done. Changes nothing.
     */
    public ProvisioningPlan plan(ProductBundle product, RegistryView registry)
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

    /**
     * Carries a plan out. Repeating it does no harm.
     *
     * @return one for each Iceberg port
     * @throws MeshException when a table was changed since the plan was made
     */
    public List<ProvisionedPort> apply(ProvisioningPlan plan)
    {
        checkArgument(plan.isPossible(), "The plan has refusals");
        ImmutableList.Builder<ProvisionedPort> ports = ImmutableList.builder();
        for (TableTask task : plan.tasks()) {
            if (task.comparison().isEmpty()) {
                ports.add(create(plan, task));
            }
            else {
                ports.add(change(task, enter(task)));
            }
        }
        plan.steps().stream().filter(step -> step.action() == TAG_NAMESPACE || step.action() == CREATE_NAMESPACE).forEach(step -> {
            Namespace namespace = Namespace.of(step.subject());
            catalog.createNamespaceIfAbsent(namespace, Map.of());
            catalog.call("tag namespace " + namespace, () -> catalog.namespaces().setProperties(namespace, tags(step.details())));
        });
        return ports.build();
    }

    /**
     * Finds the tables of a plan and enters into the catalog those that lie at a declared location. Changes no table.
     *
     * @return one for each Iceberg port
     * @throws MeshException when a table was changed since the plan was made
     */
    public List<ProvisionedPort> resolve(ProvisioningPlan plan)
    {
        checkArgument(plan.isPossible(), "The plan has refusals");
        checkArgument(plan.portStates().stream().allMatch(ProvisioningPlan.PortState::exists), "A table does not exist");
        return plan.tasks().stream().map(this::enter).collect(toImmutableList());
    }

    /**
     * Takes out what {@link #apply} or {@link #resolve} brought, because the product was not registered after all: tables without rows that no
     * registered product has.
     */
    public void undo(List<ProvisionedPort> ports, RegistryView registry)
    {
        for (ProvisionedPort port : ports) {
            boolean registered = registry.products().stream()
                    .flatMap(row -> row.ports().stream())
                    .anyMatch(other -> other.tableUuid().equals(port.row().tableUuid()));
            if (registered || port.origin() == ProvisionedPort.Origin.THERE_BEFORE) {
                continue;
            }
            catalog.call("take table %s out again".formatted(port.identifier()), () -> {
                boolean created = port.origin() == ProvisionedPort.Origin.CREATED;
                boolean empty = catalog.findTable(port.identifier()).filter(table -> table.currentSnapshot() == null).isPresent();
                if (!created || empty) {
                    catalog.catalog().dropTable(port.identifier(), created);
                }
                return null;
            });
        }
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

    private static Map<String, String> tags(List<String> details)
    {
        ImmutableMap.Builder<String, String> tags = ImmutableMap.builder();
        details.forEach(detail -> tags.put(detail.substring(0, detail.indexOf(" = ")), detail.substring(detail.indexOf(" = ") + 3)));
        return tags.buildOrThrow();
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
        return registeredOwner.or(() -> Optional.ofNullable(table.properties().get(PRODUCT_PROPERTY)).filter(owner -> !owner.equals(address)));
    }

    private static boolean isOwn(DataProductSpec spec, Table table, Optional<ProductRow> registered)
    {
        return spec.address().toString().equals(table.properties().get(PRODUCT_PROPERTY)) ||
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

    private ProvisionedPort create(ProvisioningPlan plan, TableTask task)
    {
        PortTable target = task.target();
        Table table = create(target, task.model(), ImmutableMap.of(PRODUCT_PROPERTY, plan.address().toString(), PORT_PROPERTY, target.port().name()));
        return provisioned(task, table, ProvisionedPort.Origin.CREATED);
    }

    private ProvisionedPort enter(TableTask task)
    {
        Optional<Table> table = task.target().table();
        return table.isPresent()
                ? provisioned(task, table.orElseThrow(), ProvisionedPort.Origin.THERE_BEFORE)
                : provisioned(task, enter(task.target()), ProvisionedPort.Origin.ENTERED);
    }

    /**
     * @return the port with the columns that the table has afterwards
     */
    private ProvisionedPort change(TableTask task, ProvisionedPort port)
    {
        if (task.comparison().orElseThrow().changes().stream().noneMatch(ColumnChange::changesTable)) {
            return port;
        }
        PortTable target = task.target();
        Table table = catalog.findTable(port.identifier()).orElseThrow(() -> changedMeanwhile(target, null));
        if (table.schema().schemaId() != task.plannedSchemaId()) {
            throw changedMeanwhile(target, null);
        }
        catalog.call("change table " + target.identifier(), () -> {
            try {
                UpdateSchema update = table.updateSchema();
                task.comparison().orElseThrow().applyTo(update);
                update.commit();
                return null;
            }
            catch (CommitFailedException e) {
                throw changedMeanwhile(target, e);
            }
        });
        return provisioned(task, table, port.origin());
    }

    private static ProvisionedPort provisioned(TableTask task, Table table, ProvisionedPort.Origin origin)
    {
        OutputPort port = task.target().port();
        TableIdentifier identifier = task.target().identifier();
        PortRow row = new PortRow(
                port.name(),
                port.type().label(),
                Optional.of(identifier.namespace().toString()),
                Optional.of(identifier.name()),
                Optional.of(table.uuid().toString()),
                Optional.of(port.location().orElse(table.location())),
                Optional.of(DeclaredSchema.json(task.model(), table.schema())));
        List<ColumnRow> columns = ContractSchemas.fieldIds(task.model(), table.schema()).entrySet().stream()
                .map(field -> new ColumnRow(port.name(), field.getKey(), field.getValue()))
                .toList();
        return new ProvisionedPort(row, columns, identifier, origin);
    }

    private Table enter(PortTable target)
    {
        catalog.createNamespaceIfAbsent(target.identifier().namespace(), Map.of());
        return catalog.call("enter table " + target.identifier(), () -> {
            try {
                return catalog.catalog().registerTable(target.identifier(), target.metadataFile().orElseThrow());
            }
            catch (AlreadyExistsException e) {
                throw changedMeanwhile(target, e);
            }
        });
    }

    private Table create(PortTable target, ContractModel model, Map<String, String> owner)
    {
        Schema schema = ContractSchemas.schema(model);
        catalog.createNamespaceIfAbsent(target.identifier().namespace(), Map.of());
        return catalog.call("create table " + target.identifier(), () -> {
            try {
                Catalog.TableBuilder builder = catalog.catalog().buildTable(target.identifier(), schema)
                        .withProperties(TABLE_PROPERTIES)
                        .withProperties(owner);
                model.description().ifPresent(description -> builder.withProperty("comment", description));
                target.port().location().ifPresent(location -> builder.withLocation(PortTable.normalize(location)));
                return builder.create();
            }
            catch (AlreadyExistsException e) {
                throw changedMeanwhile(target, e);
            }
        });
    }

    private static MeshException changedMeanwhile(PortTable target, RuntimeException cause)
    {
        return new MeshException(
                ProvisionRule.CHANGED_MEANWHILE,
                REFUSED,
                "Table %s was changed by somebody else while this plan was carried out".formatted(target.identifier()),
                "Run the command again: it plans anew",
                cause);
    }
}
