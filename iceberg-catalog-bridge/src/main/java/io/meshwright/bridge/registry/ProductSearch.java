package io.meshwright.bridge.registry;

import io.meshwright.bridge.registry.SearchHit.Match;
import io.meshwright.model.contract.ContractField;
import io.meshwright.model.contract.DataContract;
import io.meshwright.model.product.DataProductSpec;
import io.meshwright.model.product.OutputPort;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * Finds products by what their declarations say.
 */
final class ProductSearch
{
    private record Text(int weight, Match match) {}

    private record Scored(int score, SearchHit hit) {}

    private final SearchRequest request;

    private ProductSearch(SearchRequest request)
    {
        this.request = request;
    }

    /**
     * @param rows the newest of each address; those that cannot be read are not found
     */
    static List<SearchHit> search(List<ProductRow> rows, SearchRequest request)
    {
        ProductSearch search = new ProductSearch(request);
        return rows.stream()
                .filter(search::isCandidate)
                .map(row -> RegisteredProduct.parse(row).value())
                .flatMap(Optional::stream)
                .map(search::score)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingInt(Scored::score).reversed().thenComparing(scored -> scored.hit().product().address()))
                .map(Scored::hit)
                .collect(toImmutableList());
    }

    /**
     * Whether the texts as written hold every word at all: reading them costs a thousand times more than looking at them.
     */
    private boolean isCandidate(ProductRow row)
    {
        StringBuilder all = new StringBuilder(row.address()).append(' ').append(row.specBody());
        row.contracts().forEach(contract -> all.append(' ').append(contract.body()));
        String written = fold(all.toString());
        // an escape or a folded line can hide a word from this
        boolean literal = written.indexOf('\\') < 0;
        return request.domain().filter(domain -> !row.address().startsWith(domainName(domain) + ".")).isEmpty() &&
                (!literal || request.words().stream().map(ProductSearch::fold).filter(word -> word.indexOf(' ') < 0).allMatch(written::contains));
    }

    private static String domainName(String domain)
    {
        return fold(domain).replace('_', '-');
    }

    private Optional<Scored> score(RegisteredProduct product)
    {
        DataProductSpec spec = product.spec();
        boolean excluded = request.groups().filter(groups -> !product.isDiscoverableBy(groups)).isPresent() ||
                request.domain().filter(domain -> !spec.address().domain().equals(fold(domain).replace('_', '-'))).isPresent() ||
                request.owner().filter(owner -> !isOwner(spec, owner)).isPresent() ||
                request.tag().filter(tag -> spec.tags().stream().noneMatch(own -> fold(own).equals(fold(tag)))).isPresent();
        if (excluded) {
            return Optional.empty();
        }
        int score = 0;
        Set<Match> matches = new LinkedHashSet<>();
        List<Text> texts = texts(product);
        if (request.field().isPresent()) {
            List<Match> fields = texts.stream().map(Text::match).filter(match -> isField(match, request.field().orElseThrow())).toList();
            if (fields.isEmpty()) {
                return Optional.empty();
            }
            matches.addAll(fields);
        }
        for (String word : request.words()) {
            List<Text> found = texts.stream().filter(text -> fold(text.match().text()).contains(fold(word))).sorted(Comparator.comparingInt(Text::weight).reversed()).toList();
            if (found.isEmpty()) {
                return Optional.empty();
            }
            score += found.stream().mapToInt(Text::weight).sum();
            found.forEach(text -> matches.add(text.match()));
        }
        return Optional.of(new Scored(score, new SearchHit(product, List.copyOf(matches))));
    }

    private static boolean isOwner(DataProductSpec spec, String owner)
    {
        return fold(spec.owner()).contains(fold(owner)) || spec.ownerTeam().filter(team -> fold(team).contains(fold(owner))).isPresent();
    }

    private static boolean isField(Match match, String field)
    {
        String name = "field " + fold(field);
        String where = fold(match.where());
        return where.equals(name) || (where.startsWith("field ") && where.endsWith("." + fold(field)));
    }

    private static List<Text> texts(RegisteredProduct product)
    {
        DataProductSpec spec = product.spec();
        List<Text> texts = new ArrayList<>();
        add(texts, 8, "address", spec.address().toString());
        spec.alias().ifPresent(alias -> add(texts, 8, "identifier", alias));
        spec.tags().forEach(tag -> add(texts, 4, "tag", tag));
        spec.labels().forEach((key, value) -> add(texts, 4, "label " + key, value));
        spec.description().ifPresent(description -> add(texts, 2, "description", description));
        spec.documentation().ifPresent(documentation -> add(texts, 1, "documentation", documentation));
        add(texts, 1, "owner", spec.owner());
        spec.ownerTeam().ifPresent(team -> add(texts, 1, "owner", team));
        for (OutputPort port : spec.outputPorts()) {
            add(texts, 2, "port " + port.name(), port.name());
            port.description().ifPresent(description -> add(texts, 1, "port " + port.name(), description));
        }
        for (DataContract contract : product.contracts().values()) {
            contract.modelOf(spec.address()).ifPresent(model -> {
                model.description().ifPresent(description -> add(texts, 2, "contract", description));
                model.fieldPaths().forEach((path, field) -> addField(texts, path, field));
            });
        }
        return texts;
    }

    private static void addField(List<Text> texts, String path, ContractField field)
    {
        add(texts, 3, "field " + path, path);
        field.description().ifPresent(description -> add(texts, 1, "field " + path, description));
        field.constraints().allowedValues().forEach(value -> add(texts, 1, "value of " + path, value));
        field.polyseme().ifPresent(polyseme -> add(texts, 3, "polyseme of " + path, polyseme));
    }

    private static void add(List<Text> texts, int weight, String where, String text)
    {
        texts.add(new Text(weight, new Match(where, text)));
    }

    private static String fold(String text)
    {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
}
