package io.meshwright.model.product;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.meshwright.model.finding.Findings;
import io.meshwright.model.finding.SourceLocation;
import io.meshwright.model.product.SpecDraft.ClassificationDraft;
import io.meshwright.model.product.SpecDraft.PortDraft;
import io.meshwright.model.sla.DurationText;
import io.meshwright.model.sla.ServiceLevels;
import io.meshwright.model.sla.ServiceLevels.Freshness;
import io.meshwright.model.sla.SlaFormatException;
import io.meshwright.model.yaml.DidYouMean;
import io.meshwright.model.yaml.MappingReader;
import io.meshwright.model.yaml.YamlMapping;
import io.meshwright.model.yaml.YamlNode;
import io.meshwright.model.yaml.YamlScalar;

import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static io.meshwright.model.finding.QuotedText.quoted;
import static io.meshwright.model.product.DataProductSpecParser.API_VERSIONS;

/**
 * Reads the document's sections and puts them together.
 */
final class SpecReader
{
    static final String KIND = "DataProduct";
    private static final Map<String, Sensitivity> SENSITIVITIES = Arrays.stream(Sensitivity.values()).collect(toImmutableMap(Sensitivity::label, value -> value));

    private final MappingReader root;
    private final Set<String> knownDomains;
    private final Findings findings;

    SpecReader(YamlMapping root, Set<String> knownDomains, Findings findings)
    {
        this.root = new MappingReader(root, SpecKeys.ROOT, findings);
        this.knownDomains = knownDomains;
        this.findings = findings;
    }

    static boolean isKind(YamlMapping root, String kind)
    {
        return root.get("kind").filter(value -> value instanceof YamlScalar scalar && scalar.text().equals(kind)).isPresent();
    }

    SpecDraft read()
    {
        root.require("apiVersion", API_VERSIONS.get(0));
        Optional<String> apiVersion = root.stringScalar("apiVersion").flatMap(this::apiVersion);
        root.require("kind", KIND);
        root.stringScalar("kind").ifPresent(this::checkKind);
        root.require("metadata", "{name: order-events, domain: orders, owner: orders-data@retailer.example}");
        root.require("spec", "{description: ..., outputPorts: [...], sla: {...}}");

        Optional<MappingReader> metadata = root.section("metadata", SpecKeys.METADATA);
        Optional<MetadataReader> meta = metadata.map(section -> new MetadataReader(section, knownDomains));
        Optional<ProductAddress> address = meta.flatMap(MetadataReader::address);
        Optional<String> owner = meta.flatMap(MetadataReader::owner);

        Optional<MappingReader> spec = root.section("spec", SpecKeys.SPEC);
        if (spec.isEmpty()) {
            return new SpecDraft(Optional.empty(), address, List.of(), ClassificationReader.NONE, root.keyLocation("spec"), root.keyLocation("spec"), true, Optional.empty());
        }
        return body(apiVersion, address, owner, meta, spec.orElseThrow());
    }

    private SpecDraft body(Optional<String> apiVersion, Optional<ProductAddress> address, Optional<String> owner, Optional<MetadataReader> meta, MappingReader spec)
    {
        Optional<String> description = description(spec);
        List<PortDraft> ports = new OutputPortReader(spec).ports();
        List<InputPort> inputs = InputPortReader.read(spec);
        Optional<Transformation> transformation = transformation(spec);
        Optional<MappingReader> sla = spec.section("sla", SpecKeys.SLA);
        Optional<ServiceLevelsReader> levels = sla.map(ServiceLevelsReader::new);
        QualitySectionReader qualitySection = new QualitySectionReader(spec);
        List<ProductCheck> quality = qualitySection.read();
        ServiceLevels serviceLevels = levels.map(ServiceLevelsReader::read).orElse(ServiceLevels.NONE).completedBy(promised(qualitySection.freshness()));
        Optional<MappingReader> classificationSection = spec.section("classification", SpecKeys.CLASSIFICATION);
        ClassificationDraft classification = classificationSection.map(ClassificationReader::read).orElse(ClassificationReader.NONE);
        Optional<Sensitivity> sensitivity = classificationSection.flatMap(section -> section.word("sensitivity_level", SENSITIVITIES));
        Optional<Period> retention = retention(spec);
        AccessPolicy access = access(spec, sensitivity, classificationSection);
        Team team = spec.section("team", SpecKeys.TEAM).map(SpecReader::team).orElse(Team.NONE);
        Optional<MigrationSpec> migration = spec.section("migration", SpecKeys.MIGRATION).flatMap(section -> new MigrationReader(section).read());
        Optional<String> documentation = spec.string("documentation");
        SourceLocation specLocation = root.keyLocation("spec");

        Optional<DataProductSpec> result = Optional.empty();
        if (apiVersion.isPresent() && address.isPresent() && owner.isPresent()) {
            result = Optional.of(new DataProductSpec(
                    apiVersion.orElseThrow(),
                    address.orElseThrow(),
                    owner.orElseThrow(),
                    meta.flatMap(MetadataReader::ownerTeam),
                    meta.flatMap(reader -> reader.alias(address)),
                    meta.flatMap(MetadataReader::version),
                    meta.map(MetadataReader::tags).orElse(List.of()),
                    meta.flatMap(MetadataReader::documentationUrl),
                    meta.map(reader -> reader.free("labels")).orElse(Map.of()),
                    meta.map(reader -> reader.free("annotations")).orElse(Map.of()),
                    description,
                    documentation,
                    ports.stream().flatMap(port -> port.port().stream()).collect(toImmutableList()),
                    inputs,
                    transformation,
                    serviceLevels,
                    new Classification(classification.isPersonal(), classification.piiFields().stream().map(YamlScalar::text).distinct().toList(), classification.residency().map(YamlScalar::text), sensitivity),
                    retention,
                    access,
                    team,
                    migration,
                    quality));
        }
        else {
            meta.ifPresent(reader -> reader.readRest(address));
        }
        return new SpecDraft(
                result,
                address,
                ports,
                classification,
                specLocation,
                spec.has("sla") ? spec.keyLocation("sla") : specLocation,
                qualitySection.freshness().isPresent() || (spec.has("sla") && sla.map(section -> section.has("freshness") || section.has("freshnessHours")).orElse(true)),
                levels.flatMap(ServiceLevelsReader::timestampField));
    }

    private static ServiceLevels promised(Optional<Freshness> freshness)
    {
        return new ServiceLevels(freshness, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static AccessPolicy access(MappingReader spec, Optional<Sensitivity> sensitivity, Optional<MappingReader> classification)
    {
        Sensitivity level = sensitivity.orElse(Sensitivity.DEFAULT);
        Optional<MappingReader> section = spec.section("access", SpecKeys.ACCESS);
        AccessPolicy access = section.map(reader -> AccessReader.read(reader, level)).orElseGet(() -> AccessPolicy.of(level));
        if (access.readGroups().filter(List::isEmpty).isPresent() && access.clear().isEmpty() && section.map(reader -> !reader.has("read")).orElse(true)) {
            MappingReader declared = classification.orElseThrow();
            declared.findings().add(
                    SpecRule.SENSITIVITY,
                    declared.keyLocation("sensitivity_level"),
                    declared.path("sensitivity_level"),
                    "nobody may read the product: sensitivity_level %s is for those whom access names".formatted(level.label()),
                    "add below spec:  access: {read: [GROUP]}");
        }
        return access;
    }

    private Optional<String> apiVersion(YamlScalar value)
    {
        if (!API_VERSIONS.contains(value.text())) {
            findings.add(
                    SpecRule.API_VERSION,
                    value.location(),
                    value.path(),
                    "unknown apiVersion %s, known: %s".formatted(quoted(value.text()), String.join(", ", API_VERSIONS)),
                    "write  apiVersion: " + API_VERSIONS.get(0));
            return Optional.empty();
        }
        return Optional.of(value.text());
    }

    private void checkKind(YamlScalar value)
    {
        if (!value.text().equals(KIND)) {
            boolean near = DidYouMean.suggest(value.text(), List.of(KIND)).isPresent();
            findings.add(
                    SpecRule.KIND,
                    value.location(),
                    value.path(),
                    "unknown kind %s%s".formatted(quoted(value.text()), near ? ", did you mean %s?".formatted(KIND) : ""),
                    "write  kind: " + KIND);
        }
    }

    private Optional<String> description(MappingReader spec)
    {
        Optional<YamlNode> value = spec.mapping().get("description");
        boolean missing = value.isEmpty() || (value.orElseThrow() instanceof YamlScalar scalar && scalar.text().isBlank());
        if (missing) {
            findings.add(
                    SpecRule.DOC_REQUIRED,
                    value.isEmpty() ? root.keyLocation("spec") : spec.keyLocation("description"),
                    spec.path("description"),
                    "the product has no description",
                    "say in a sentence what the rows are and who needs them:  description: \"...\"");
            return Optional.empty();
        }
        return spec.string("description");
    }

    private static Optional<Transformation> transformation(MappingReader spec)
    {
        return spec.section("transformation", SpecKeys.TRANSFORMATION).flatMap(section -> {
            Optional<String> type = section.requiredString("type", "dbt");
            Optional<String> reference = section.requiredString("reference", "models/order_events.sql");
            Optional<String> description = section.string("description");
            return type.flatMap(technology -> reference.map(place -> new Transformation(technology, place, description)));
        });
    }

    private Optional<Period> retention(MappingReader spec)
    {
        Optional<Period> period = spec.scalar("retention").flatMap(value -> {
            try {
                return Optional.of(DurationText.period(value.text()));
            }
            catch (SlaFormatException e) {
                findings.add(SpecRule.RETENTION, value.locationOf(e.offset()), value.path(), "retention: " + e.getMessage(), e.fix());
                return Optional.empty();
            }
        });
        Optional<Period> days = spec.integer("retention_period_days", 1, 100_000).map(Period::ofDays);
        if (spec.has("retention") && spec.has("retention_period_days")) {
            findings.add(
                    SpecRule.RETENTION,
                    spec.keyLocation("retention_period_days"),
                    spec.path("retention_period_days"),
                    "retention and retention_period_days are both given",
                    "keep one of them");
        }
        return period.or(() -> days);
    }

    private static Team team(MappingReader section)
    {
        ImmutableMap.Builder<String, String> contacts = ImmutableMap.builder();
        for (String key : SpecKeys.TEAM.keys()) {
            if (!key.equals("members")) {
                section.string(key).ifPresent(value -> contacts.put(key, value));
            }
        }
        ImmutableList.Builder<Team.Member> members = ImmutableList.builder();
        for (MappingReader element : section.sections("members", SpecKeys.MEMBER)) {
            Optional<String> name = element.requiredString("name", "Ada Example");
            Optional<String> role = element.requiredString("role", "data product owner");
            name.ifPresent(person -> role.ifPresent(duty -> members.add(new Team.Member(person, duty))));
        }
        return new Team(contacts.buildOrThrow(), members.build());
    }
}
