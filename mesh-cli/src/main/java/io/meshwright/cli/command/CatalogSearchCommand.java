package io.meshwright.cli.command;

import io.meshwright.bridge.alert.ObjectiveState;
import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.registry.SearchHit;
import io.meshwright.bridge.registry.SearchRequest;
import io.meshwright.bridge.result.ResultTables;
import io.meshwright.bridge.result.SlaRow;
import io.meshwright.cli.CliRule;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.output.OutputFormat;
import io.meshwright.cli.registry.Caller;
import io.meshwright.cli.registry.MeshRegistry;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.sla.SloStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static io.meshwright.model.finding.MeshException.Cause.USER;

@Command(
        name = "search",
        description = {
                "Find products by words in their names, descriptions, tags and fields; all words must occur. Each hit says why it was found.",
                "Output formats: table, json, yaml, name.",
        },
        footer = {"", "Example: mesh catalog search cancelled --domain orders"})
public final class CatalogSearchCommand
        extends BaseCommand
{
    @Parameters(arity = "0..*", paramLabel = "WORDS", description = "Words to look for.")
    private List<String> words = new ArrayList<>();

    @Option(names = {"-d", "--domain"}, paramLabel = "DOMAIN", description = "Only this domain.")
    private String domain;

    @Option(names = "--owner", paramLabel = "OWNER", description = "Only products of this owner or team.")
    private String owner;

    @Option(names = "--tag", paramLabel = "TAG", description = "Only products with this tag.")
    private String tag;

    @Option(names = "--field", paramLabel = "FIELD", description = "Only products whose contract has this field.")
    private String field;

    @Option(names = "--sla", paramLabel = "STATE", description = "Only products with an objective in this state: met, missed or unknown, by the newest measurement; a miss that nobody could measure since is missed.")
    private String sla;

    public CatalogSearchCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected Set<OutputFormat> formats()
    {
        return OutputFormat.LISTS;
    }

    @Override
    protected ExitCode run()
    {
        if (words.isEmpty() && domain == null && owner == null && tag == null && field == null && sla == null) {
            throw new MeshException(CliRule.USAGE, USER, "Nothing to search for", "give words or one of --domain, --owner, --tag, --field, --sla; mesh catalog list shows all products");
        }
        if (sla != null && Arrays.stream(SloStatus.values()).noneMatch(status -> status.label().equals(sla))) {
            throw new MeshException(CliRule.USAGE, USER, "Unknown state of an objective \"" + sla + "\"", "use one of: met, missed, unknown");
        }
        MeshConfiguration configuration = Configurations.load(context());
        Caller caller = Caller.of(context(), configuration);
        SearchRequest request = new SearchRequest(
                words,
                Optional.ofNullable(domain),
                Optional.ofNullable(owner),
                Optional.ofNullable(tag),
                Optional.ofNullable(field),
                Optional.empty());
        Map<String, List<ObjectiveState>> states = new HashMap<>();
        List<SearchHit> hits = MeshRegistry.look(configuration).search(request).stream()
                .filter(hit -> caller.mayFind(hit.product()))
                .toList();
        if (sla != null && !hits.isEmpty()) {
            Map<String, List<SlaRow>> measurements = measurements(configuration);
            hits.forEach(hit -> states.put(hit.product().address().toString(), ObjectiveState.of(hit.product(), measurements.getOrDefault(hit.product().address().toString(), List.of())).stream()
                    .filter(this::isWanted)
                    .toList()));
            hits = hits.stream().filter(hit -> !states.get(hit.product().address().toString()).isEmpty()).toList();
        }
        if (format() == OutputFormat.NAME) {
            hits.forEach(hit -> console().data(hit.product().address().toString()));
            return ExitCode.OK;
        }
        List<String> lines = new ArrayList<>();
        List<Map<String, Object>> items = new ArrayList<>();
        for (SearchHit hit : hits) {
            lines.add(hit.product().address() + "  " + Texts.shorten(hit.product().spec().description().orElse(""), 80));
            List<ObjectiveState> wanted = states.getOrDefault(hit.product().address().toString(), List.of());
            wanted.forEach(state -> lines.add("    " + state.slo() + ": " + state.miss().map(miss -> "MISSED since " + miss.since() + ", " + miss.id()).orElse(state.status())));
            hit.matches().forEach(match -> lines.add("    " + match.where() + ": " + Texts.shorten(match.text(), 100)));
            Map<String, Object> item = CatalogListCommand.item(hit.product());
            item.put("matches", hit.matches());
            if (sla != null) {
                item.put("objectives", wanted.stream().map(SlaStateText::item).toList());
            }
            items.add(item);
        }
        Map<String, Object> document = Json.document("SearchResult");
        document.put("items", items);
        print(document, lines);
        if (hits.isEmpty()) {
            console().info("No product was found.");
            console().next("mesh catalog list");
        }
        else {
            console().next("mesh catalog get " + hits.getFirst().product().address());
        }
        return ExitCode.OK;
    }

    private boolean isWanted(ObjectiveState state)
    {
        return sla.equals(SloStatus.MISSED.label()) ? state.isMissed() : !state.isMissed() && state.status().equals(sla);
    }

    private static Map<String, List<SlaRow>> measurements(MeshConfiguration configuration)
    {
        try (MeshRegistry registry = MeshRegistry.open(configuration)) {
            return new ResultTables(registry.catalog()).slaHistories();
        }
    }
}
