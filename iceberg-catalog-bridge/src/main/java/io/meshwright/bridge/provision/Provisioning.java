package io.meshwright.bridge.provision;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.registry.ColumnRow;
import io.meshwright.bridge.registry.PortRow;
import io.meshwright.bridge.registry.RegistryView;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.product.OutputPort;
import io.meshwright.model.product.ProductBundle;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.bridge.provision.PlanStep.Action.CREATE_NAMESPACE;
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
        return new ProvisioningPlanner(catalog).plan(product, registry);
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

    private static Map<String, String> tags(List<String> details)
    {
        ImmutableMap.Builder<String, String> tags = ImmutableMap.builder();
        details.forEach(detail -> tags.put(detail.substring(0, detail.indexOf(" = ")), detail.substring(detail.indexOf(" = ") + 3)));
        return tags.buildOrThrow();
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
