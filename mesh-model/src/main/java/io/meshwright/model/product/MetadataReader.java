package io.meshwright.model.product;

import io.meshwright.model.finding.Findings;
import io.meshwright.model.yaml.DidYouMean;
import io.meshwright.model.yaml.MappingReader;
import io.meshwright.model.yaml.YamlScalar;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static io.meshwright.model.finding.QuotedText.quoted;

/**
 * Reads {@code metadata:}, the product's identity.
 */
final class MetadataReader
{
    /**
     * Schemas that the registry and the engine need for themselves.
     */
    static final Set<String> RESERVED_DOMAINS = Set.of("mesh", "meta", "system", "information_schema");

    private static final Pattern EMAIL = Pattern.compile("[^@\\s<>,;\"]+@[^@\\s<>,;\"]+\\.[^@\\s<>,;\".]+");
    private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}");
    private static final int LONGEST_EMAIL = 254;

    private final MappingReader section;
    private final Set<String> knownDomains;
    private final Findings findings;

    MetadataReader(MappingReader section, Set<String> knownDomains)
    {
        this.section = section;
        this.knownDomains = knownDomains;
        this.findings = section.findings();
    }

    Optional<ProductAddress> address()
    {
        section.require("name", "order-events");
        Optional<String> name = section.stringScalar("name").flatMap(value -> name("name", value));
        section.require("domain", "orders");
        Optional<String> domain = section.stringScalar("domain").flatMap(this::domain);
        return domain.flatMap(schema -> name.map(product -> new ProductAddress(schema, product)));
    }

    Optional<String> owner()
    {
        section.require("owner", "orders-data@retailer.example");
        return section.stringScalar("owner").map(value -> {
            if (value.text().length() > LONGEST_EMAIL || !EMAIL.matcher(value.text()).matches()) {
                findings.add(SpecRule.OWNER_EMAIL, value.location(), value.path(), "owner %s is no e-mail address".formatted(quoted(value.text())), "name the owning team's mailbox, for example orders-data@retailer.example");
            }
            return value.text();
        });
    }

    Optional<String> ownerTeam()
    {
        return section.string("owner_team");
    }

    Optional<String> version()
    {
        return section.string("version");
    }

    List<String> tags()
    {
        return section.strings("tags").orElse(List.of()).stream().map(YamlScalar::text).distinct().toList();
    }

    /**
     * A second identifier, which may not be the address of another product.
     */
    Optional<String> alias(Optional<ProductAddress> own)
    {
        return section.stringScalar("id").flatMap(value -> {
            if (!ALIAS.matcher(value.text()).matches()) {
                findings.add(SpecRule.ALIAS, value.location(), value.path(), "id %s is no identifier".formatted(quoted(value.text())), "use letters, digits and . : / - _, for example dp.customer.360");
                return Optional.empty();
            }
            Optional<ProductAddress> address = ProductAddress.parse(value.text());
            if (address.isPresent() && own.isPresent() && !address.equals(own)) {
                findings.add(SpecRule.ALIAS, value.location(), value.path(), "id %s reads as the address of another product".formatted(quoted(value.text())), "use an id with a prefix, for example dp.%s".formatted(value.text()));
                return Optional.empty();
            }
            return Optional.of(value.text());
        });
    }

    Optional<String> documentationUrl()
    {
        return section.stringScalar("documentation_url").flatMap(value -> {
            if (!isWebAddress(value.text())) {
                findings.add(SpecRule.DOCUMENTATION_URL, value.location(), value.path(), "documentation_url %s is no web address".formatted(quoted(value.text())), "write the whole address, beginning with https://");
                return Optional.empty();
            }
            return Optional.of(value.text());
        });
    }

    /**
     * The user's own keys below {@code labels} or {@code annotations}.
     */
    Map<String, String> free(String key)
    {
        return section.stringMap(key).orElse(Map.of()).entrySet().stream()
                .collect(toImmutableMap(Map.Entry::getKey, entry -> entry.getValue().text()));
    }

    /**
     * Reads what does not belong to the identity, for its findings.
     */
    void readRest(Optional<ProductAddress> address)
    {
        ownerTeam();
        version();
        tags();
        alias(address);
        documentationUrl();
        free("labels");
        free("annotations");
    }

    private Optional<String> domain(YamlScalar value)
    {
        String plain = value.text().toLowerCase(Locale.ROOT).replace('-', '_');
        if (RESERVED_DOMAINS.contains(plain)) {
            findings.add(SpecRule.DOMAIN_RESERVED, value.location(), value.path(), "domain %s is reserved".formatted(quoted(value.text())), "choose another name; reserved are " + String.join(", ", new TreeSet<>(RESERVED_DOMAINS)));
            return Optional.empty();
        }
        Optional<String> domain = name("domain", value);
        if (domain.isPresent() && !knownDomains.isEmpty() && !knownDomains.contains(domain.orElseThrow())) {
            Optional<String> meant = DidYouMean.suggest(domain.orElseThrow(), knownDomains);
            findings.add(
                    SpecRule.DOMAIN_UNKNOWN,
                    value.location(),
                    value.path(),
                    "unknown domain %s%s".formatted(quoted(domain.orElseThrow()), meant.map(", did you mean %s?"::formatted).orElse("")),
                    meant.map("write  domain: %s"::formatted).orElse("use one of %s, or add the domain to domains: in mesh.yaml".formatted(String.join(", ", new TreeSet<>(knownDomains)))));
        }
        return domain;
    }

    private Optional<String> name(String key, YamlScalar value)
    {
        if (ProductAddress.isValidName(value.text())) {
            return Optional.of(value.text());
        }
        String kebab = value.text()
                .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^[-0-9]+|-+$", "");
        boolean usable = ProductAddress.isValidName(kebab);
        findings.add(
                SpecRule.NAME,
                value.location(),
                value.path(),
                "%s %s is not in kebab-case%s".formatted(key, quoted(value.text()), usable ? ", did you mean %s?".formatted(kebab) : ""),
                usable ? "write  %s: %s".formatted(key, kebab) : "use lower-case letters, digits and single hyphens, beginning with a letter, at most 63 characters");
        return Optional.empty();
    }

    static boolean isWebAddress(String text)
    {
        try {
            URI uri = new URI(text);
            return uri.getHost() != null && ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()));
        }
        catch (URISyntaxException e) {
            return false;
        }
    }
}
