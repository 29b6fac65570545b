package io.meshwright.cli.command;

import com.google.common.base.Suppliers;
import io.meshwright.bridge.alert.ObjectiveState;
import io.meshwright.bridge.registry.ContractVersion;
import io.meshwright.bridge.registry.PortRow;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.bridge.registry.RegistryView;
import io.meshwright.bridge.usage.ConsumerMetrics;
import io.meshwright.bridge.usage.LineageEdge;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.registry.Caller;
import io.meshwright.cli.report.QualityReport;
import io.meshwright.model.contract.ContractField;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.contract.DataContract;
import io.meshwright.model.mask.ColumnMask;
import io.meshwright.model.mask.MaskPlan;
import io.meshwright.model.product.DataProductSpec;
import io.meshwright.model.product.Deprecation;
import io.meshwright.model.product.InputPort;
import io.meshwright.model.product.OutputPort;
import io.meshwright.model.sla.ServiceLevels;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * A registered product as a document, section by section.
 */
final class ProductDescription
{
    private final RegisteredProduct product;
    private final RegistryView view;
    private final boolean owner;
    private final Supplier<UsageOfProduct> usage;
    private final Supplier<QualityReport> quality;
    private final Supplier<List<ObjectiveState>> objectives;

    /**
     * @param usage asked for only where a section needs it
     * @param objectives how the promises stand; asked for only where a section needs it
     * @param quality asked for only where a section needs it
     */
    ProductDescription(RegisteredProduct product, RegistryView view, Caller caller, Supplier<UsageOfProduct> usage, Supplier<QualityReport> quality, Supplier<List<ObjectiveState>> objectives)
    {
        this.product = requireNonNull(product, "product is null");
        this.view = requireNonNull(view, "view is null");
        this.owner = caller.owns(product.spec());
        this.usage = Suppliers.memoize(usage::get);
        this.quality = requireNonNull(quality, "quality is null");
        this.objectives = requireNonNull(objectives, "objectives is null");
    }

    Map<String, Object> document(Set<ProductSection> sections)
    {
        DataProductSpec spec = product.spec();
        Map<String, Object> document = Json.document("DataProduct");
        document.put("id", product.address());
        document.put("alias", spec.alias());
        document.put("url", product.address().url());
        document.put("sqlName", product.row().sqlName());
        document.put("owner", spec.owner());
        document.put("description", spec.description());
        document.put("revision", product.row().revision());
        document.put("registeredAt", product.row().registeredAt());
        document.put("registeredBy", product.row().registeredBy());
        sections.forEach(section -> document.put(section.label(), section.isPending() ? ProductSection.PENDING : section(section)));
        return document;
    }

    private Object section(ProductSection section)
    {
        return switch (section) {
            case SPEC -> spec();
            case CONTRACT -> contracts();
            case PORTS -> Json.object("output", outputPorts(), "input", inputPorts());
            case TEAM -> Json.object("owner", product.spec().owner(), "ownerTeam", product.spec().ownerTeam(), "contacts", product.spec().team().contacts(), "members", product.spec().team().members());
            case SLA -> sla();
            case HISTORY -> history();
            case VERSIONS -> versions();
            case LINEAGE -> lineage();
            case USAGE -> usage();
            case QUALITY -> QualityReportText.section(quality.get());
            case SAMPLE -> ProductSection.PENDING;
        };
    }

    private Map<String, Object> lineage()
    {
        String address = product.row().address();
        return Json.object(
                "upstream",
                LineageEdge.upstream(address, usage.get().lineage()).stream().map(edge -> edge("source", edge)).toList(),
                "downstream",
                LineageEdge.downstream(address, usage.get().lineage()).stream().map(edge -> edge("target", edge)).toList(),
                "complete",
                usage.get().coverage().isComplete());
    }

    private static Map<String, Object> edge(String end, LineageEdge edge)
    {
        return Json.object(
                end,
                edge.other(),
                "kind",
                edge.kind(),
                "lastAt",
                edge.lastAt(),
                "query",
                edge.queryId(),
                "user",
                edge.userName(),
                "job",
                edge.job(),
                "statement",
                edge.statement(),
                "queries",
                edge.queries(),
                "firstAt",
                edge.firstAt(),
                "leftResidency",
                edge.leftResidency(),
                "columns",
                edge.columns().stream().map(column -> Json.object("source", column.source(), "target", column.target(), "masked", column.masked())).toList());
    }

    private Map<String, Object> usage()
    {
        ConsumerMetrics metrics = ConsumerMetrics.of(usage.get().reads());
        return Json.object(
                "queries",
                metrics.queries(),
                "outcomes",
                metrics.outcomes(),
                "users",
                metrics.users().stream().map(user -> Json.object("name", user.name(), "queries", user.queries(), "lastRead", user.lastRead())).toList(),
                "complete",
                usage.get().coverage().isComplete());
    }

    private Map<String, Object> spec()
    {
        DataProductSpec spec = product.spec();
        ProductRow row = product.row();
        Map<String, Object> body = Json.object(
                "apiVersion",
                spec.apiVersion(),
                "domain",
                spec.address().domain(),
                "name",
                spec.address().product(),
                "version",
                spec.version(),
                "tags",
                spec.tags(),
                "documentationUrl",
                spec.documentationUrl(),
                "classification",
                spec.classification(),
                "retention",
                spec.retention().map(Object::toString),
                "access",
                Json.object(
                        "discovery",
                        spec.access().discovery().name().toLowerCase(java.util.Locale.ROOT),
                        "read",
                        spec.access().readGroups(),
                        "clear",
                        spec.access().clear()),
                "transformation",
                spec.transformation());
        body.put("path", row.specPath());
        body.put("gitRevision", row.gitRevision());
        body.put("hash", row.productHash());
        return body;
    }

    private List<String> sqlNames(OutputPort port)
    {
        ProductRow row = product.row();
        return row.versions().stream()
                .filter(version -> version.port().equals(port.name()))
                .flatMap(version -> Stream.concat(version.current() ? Stream.of(row.sqlTable()) : Stream.empty(), version.tableName().stream()))
                .map(name -> row.sqlSchema() + "." + name)
                .toList();
    }

    private List<Object> contracts()
    {
        List<Object> contracts = new ArrayList<>();
        product.row().contracts().forEach(row -> {
            DataContract contract = product.contracts().get(row.port());
            contracts.add(Json.object(
                    "port",
                    row.port(),
                    "id",
                    row.contractId(),
                    "version",
                    row.version(),
                    "standard",
                    contract.standard(),
                    "standardVersion",
                    contract.standardVersion(),
                    "path",
                    row.path(),
                    "hash",
                    row.hash(),
                    "fields",
                    product.model(row.port()).map(model -> fields(model, product.masks(row.port()).orElseThrow())).orElse(List.of())));
        });
        return contracts;
    }

    private List<Object> fields(ContractModel model, MaskPlan masks)
    {
        List<Object> fields = new ArrayList<>();
        for (ContractField field : model.fields()) {
            Optional<ColumnMask> mask = masks.mask(field.name());
            fields.add(Json.object(
                    "name",
                    field.name(),
                    "type",
                    field.declaredType(),
                    "required",
                    field.required(),
                    "unique",
                    field.unique(),
                    "primaryKey",
                    field.primaryKey(),
                    "description",
                    field.description(),
                    "semanticType",
                    field.semanticType(),
                    "polyseme",
                    field.polyseme(),
                    "mask",
                    mask.map(ColumnMask::kind)));
        }
        return fields;
    }

    private List<Object> outputPorts()
    {
        List<Object> ports = new ArrayList<>();
        for (OutputPort port : product.spec().outputPorts()) {
            Optional<PortRow> row = product.row().port(port.name());
            ports.add(Json.object(
                    "name",
                    port.name(),
                    "type",
                    port.type(),
                    "description",
                    port.description(),
                    "contract",
                    port.contract(),
                    "table",
                    row.filter(PortRow::isTable).map(table -> table.tableNamespace().orElseThrow() + "." + table.tableName().orElseThrow()),
                    "location",
                    row.flatMap(PortRow::location).or(port::location).filter(_ -> owner),
                    "locationHidden",
                    !owner,
                    "topic",
                    port.topic(),
                    "url",
                    port.url(),
                    "format",
                    port.format(),
                    "compatibility",
                    port.compatibility(),
                    "region",
                    port.region(),
                    "sqlNames",
                    sqlNames(port),
                    "serve",
                    port.type().isQueryable() ? Optional.of(port.serve()) : Optional.empty(),
                    "deprecatedUntil",
                    port.deprecated().map(deprecation -> deprecation.until().toString()),
                    "successor",
                    port.deprecated().flatMap(Deprecation::successor)));
        }
        return ports;
    }

    private List<Object> inputPorts()
    {
        List<Object> ports = new ArrayList<>();
        for (InputPort port : product.spec().inputPorts()) {
            ports.add(Json.object(
                    "name",
                    port.name(),
                    "type",
                    port.type(),
                    "source",
                    port.source(),
                    "description",
                    port.description(),
                    "location",
                    port.location().filter(_ -> owner),
                    "locationHidden",
                    !owner));
        }
        return ports;
    }

    private Map<String, Object> sla()
    {
        Map<String, Object> sla = sla(product.serviceLevels());
        sla.put("objectives", objectives.get().stream().map(SlaStateText::item).toList());
        return sla;
    }

    static Map<String, Object> sla(ServiceLevels levels)
    {
        return Json.object(
                "freshness",
                levels.freshness().map(freshness -> Json.object(
                        "maxAgeSeconds",
                        freshness.maxAge().map(age -> age.toSeconds()),
                        "strict",
                        freshness.strict(),
                        "availableBy",
                        freshness.availableBy(),
                        "zone",
                        freshness.zone(),
                        "timestampField",
                        freshness.timestampField())),
                "availability",
                levels.availability(),
                "completeness",
                levels.completeness(),
                "accuracy",
                levels.accuracy(),
                "accuracyCheck",
                levels.accuracyCheck(),
                "latencySeconds",
                levels.latency().map(Duration::toSeconds),
                "support",
                levels.support());
    }

    private List<Object> history()
    {
        List<Object> revisions = new ArrayList<>();
        for (ProductRow row : view.history(product.address())) {
            revisions.add(Json.object(
                    "revision",
                    row.revision(),
                    "registeredAt",
                    row.registeredAt(),
                    "registeredBy",
                    row.registeredBy(),
                    "gitRevision",
                    row.gitRevision(),
                    "path",
                    row.specPath(),
                    "hash",
                    row.productHash(),
                    "locations",
                    owner ? row.ports().stream().flatMap(port -> port.location().stream()).toList() : null,
                    "locationHidden",
                    !owner));
        }
        return revisions;
    }

    private List<Map<String, Object>> versions()
    {
        return view.contractVersions(product.address()).stream().map(ProductDescription::version).toList();
    }

    static Map<String, Object> version(ContractVersion version)
    {
        return Json.object(
                "port",
                version.port(),
                "contract",
                version.contractId(),
                "version",
                version.version(),
                "current",
                version.current(),
                "revision",
                version.revision(),
                "registeredAt",
                version.registeredAt(),
                "hash",
                version.hash());
    }
}
