package io.meshwright.model.yaml;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.meshwright.model.finding.Findings;
import io.meshwright.model.finding.SourceLocation;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static io.meshwright.model.yaml.YamlDocuments.MAX_ALIASED_NODES;
import static io.meshwright.model.yaml.YamlDocuments.MAX_DEPTH;

/**
 * Builds the nodes of one document from the parser's events, so that depth, aliases and keys are bounded before anything grows.
 */
final class YamlComposer
{
    private static final String CORE_TAG = "tag:yaml.org,2002:";
    private static final Set<String> PLAIN_TAGS = Set.of("!", CORE_TAG + "str", CORE_TAG + "int", CORE_TAG + "float", CORE_TAG + "bool", CORE_TAG + "null", CORE_TAG + "map", CORE_TAG + "seq");
    private static final String MERGE_KEY = "<<";

    private final String file;
    private final String text;
    private final Findings findings;
    private final Map<Anchor, Optional<YamlNode>> anchors = new HashMap<>();
    private ParserImpl parser;
    private SourceLocation lastLocation;
    private int aliasedNodes;

    /**
     * Ends the reading after a finding that leaves nothing to go on with.
     */
    private static final class Unreadable
            extends RuntimeException
    {
        private Unreadable()
        {
            super(null, null, false, false);
        }
    }

    YamlComposer(String file, String text, Findings findings)
    {
        this.file = file;
        this.text = text;
        this.findings = findings;
        this.lastLocation = SourceLocation.startOf(file);
    }

    /**
     * Empty when nothing could be read; then there is an error among the findings.
     */
    Optional<YamlNode> compose()
    {
        LoadSettings settings = LoadSettings.builder().setLabel(file).setCodePointLimit(Integer.MAX_VALUE).build();
        parser = new ParserImpl(settings, new StreamReader(settings, text));
        try {
            next();
            if (peek().getEventId() == Event.ID.StreamEnd) {
                return empty();
            }
            next();
            YamlNode root = node("", 0);
            next();
            if (root instanceof YamlScalar scalar && scalar.isNull() && scalar.text().isEmpty()) {
                return empty();
            }
            Event following = next();
            if (following.getEventId() != Event.ID.StreamEnd) {
                findings.add(YamlRule.MULTIPLE_DOCUMENTS, location(following), "", "a second document begins here; one file declares one thing", "move it to a file of its own, or remove the line ---");
            }
            return Optional.of(root);
        }
        catch (Unreadable e) {
            return Optional.empty();
        }
    }

    private Optional<YamlNode> empty()
    {
        findings.add(YamlRule.EMPTY, SourceLocation.startOf(file), "", "the file is empty", "write the declaration, or name the right file");
        return Optional.empty();
    }

    private YamlNode node(String path, int depth)
    {
        Event event = next();
        if (event instanceof AliasEvent alias) {
            return aliased(alias, path);
        }
        if (event instanceof ScalarEvent scalar) {
            YamlScalar node = scalar(scalar, path);
            scalar.getAnchor().ifPresent(anchor -> anchors.put(anchor, Optional.of(node)));
            return node;
        }
        CollectionStartEvent start = (CollectionStartEvent) event;
        if (depth >= MAX_DEPTH) {
            findings.add(YamlRule.NESTING, location(start), path, "nested deeper than %s levels".formatted(MAX_DEPTH), "flatten the structure");
            throw new Unreadable();
        }
        checkTag(start.getTag(), start, path);
        start.getAnchor().ifPresent(anchor -> anchors.put(anchor, Optional.empty()));
        YamlNode node = start.getEventId() == Event.ID.SequenceStart ? sequence(start, path, depth) : mapping(start, path, depth);
        start.getAnchor().ifPresent(anchor -> anchors.put(anchor, Optional.of(node)));
        return node;
    }

    private YamlScalar scalar(ScalarEvent event, String path)
    {
        checkTag(event.getTag(), event, path);
        YamlScalar.Kind kind = event.isPlain() && event.getTag().isEmpty() ? CoreSchema.kindOf(event.getValue()) : event.getTag().map(tag -> CoreSchema.kindOf(tag, event.getValue())).orElse(YamlScalar.Kind.STRING);
        boolean quoted = event.isSQuoted() || event.isDQuoted();
        return new YamlScalar(kind == YamlScalar.Kind.NULL ? "" : event.getValue(), kind, quoted, location(event), path);
    }

    private YamlSequence sequence(Event start, String path, int depth)
    {
        ImmutableList.Builder<YamlNode> elements = ImmutableList.builder();
        for (int index = 0; peek().getEventId() != Event.ID.SequenceEnd; index++) {
            elements.add(node(YamlPaths.element(path, index), depth + 1));
        }
        next();
        return new YamlSequence(elements.build(), location(start), path);
    }

    private YamlMapping mapping(Event start, String path, int depth)
    {
        Map<String, YamlMapping.Entry> entries = new LinkedHashMap<>();
        Map<String, YamlMapping.Entry> merged = new LinkedHashMap<>();
        while (peek().getEventId() != Event.ID.MappingEnd) {
            Event keyEvent = peek();
            Optional<String> key = key(node(path, depth + 1), keyEvent, path);
            String childPath = key.map(name -> YamlPaths.child(path, name)).orElse(path);
            YamlNode value = node(childPath, depth + 1);
            if (key.isEmpty()) {
                continue;
            }
            YamlMapping.Entry entry = new YamlMapping.Entry(location(keyEvent), value);
            if (key.orElseThrow().equals(MERGE_KEY) && keyEvent instanceof ScalarEvent scalar && scalar.isPlain()) {
                merge(value, path, merged);
                continue;
            }
            YamlMapping.Entry first = entries.putIfAbsent(key.orElseThrow(), entry);
            if (first != null) {
                findings.add(
                        YamlRule.DUPLICATE_KEY,
                        entry.keyLocation(),
                        childPath,
                        "duplicate key \"%s\", first on line %s".formatted(key.orElseThrow(), first.keyLocation().line()),
                        "keep one of lines %s and %s".formatted(first.keyLocation().line(), entry.keyLocation().line()));
            }
        }
        next();
        merged.forEach(entries::putIfAbsent);
        return new YamlMapping(ImmutableMap.copyOf(entries), location(start), path);
    }

    private Optional<String> key(YamlNode node, Event event, String path)
    {
        if (!(node instanceof YamlScalar scalar)) {
            findings.add(YamlRule.KEY, location(event), path, "%s as a key".formatted(MappingReader.describe(node)), "use a plain name as the key; quote it when it begins with { or [");
            return Optional.empty();
        }
        if (scalar.text().isEmpty()) {
            findings.add(YamlRule.KEY, location(event), path, "a key is empty", "write the key's name before the colon");
            return Optional.empty();
        }
        return Optional.of(scalar.text());
    }

    private void merge(YamlNode value, String path, Map<String, YamlMapping.Entry> merged)
    {
        if (value instanceof YamlMapping mapping) {
            mapping.entries().forEach((key, entry) -> merged.putIfAbsent(key, new YamlMapping.Entry(entry.keyLocation(), copy(entry.value(), YamlPaths.child(path, key)))));
            return;
        }
        if (value instanceof YamlSequence sequence && sequence.elements().stream().allMatch(YamlMapping.class::isInstance)) {
            sequence.elements().forEach(element -> merge(element, path, merged));
            return;
        }
        findings.add(YamlRule.WRONG_TYPE, value.location(), path, "<< merges mappings, not %s".formatted(MappingReader.describe(value)), "name an anchored mapping, for example <<: *defaults");
    }

    private YamlNode aliased(AliasEvent alias, String path)
    {
        Anchor anchor = alias.getAlias();
        Optional<YamlNode> target = anchors.get(anchor);
        if (target == null) {
            findings.add(YamlRule.ALIASES, location(alias), path, "alias *%s has no anchor before it".formatted(anchor.getValue()), "define &%s above this line, or write the value out".formatted(anchor.getValue()));
            throw new Unreadable();
        }
        if (target.isEmpty()) {
            findings.add(YamlRule.ALIASES, location(alias), path, "alias *%s stands inside what it refers to".formatted(anchor.getValue()), "write the value out");
            throw new Unreadable();
        }
        return copy(target.orElseThrow(), path);
    }

    private YamlNode copy(YamlNode node, String path)
    {
        aliasedNodes++;
        if (aliasedNodes > MAX_ALIASED_NODES) {
            findings.add(YamlRule.ALIASES, lastLocation, path, "the aliases of this file stand for more than %s values".formatted(MAX_ALIASED_NODES), "write the values out, or use fewer aliases of aliases");
            throw new Unreadable();
        }
        if (node instanceof YamlScalar scalar) {
            return new YamlScalar(scalar.text(), scalar.kind(), scalar.quoted(), scalar.location(), path);
        }
        if (node instanceof YamlSequence sequence) {
            ImmutableList.Builder<YamlNode> elements = ImmutableList.builder();
            for (int index = 0; index < sequence.elements().size(); index++) {
                elements.add(copy(sequence.elements().get(index), YamlPaths.element(path, index)));
            }
            return new YamlSequence(elements.build(), sequence.location(), path);
        }
        YamlMapping mapping = (YamlMapping) node;
        ImmutableMap.Builder<String, YamlMapping.Entry> entries = ImmutableMap.builder();
        mapping.entries().forEach((key, entry) -> entries.put(key, new YamlMapping.Entry(entry.keyLocation(), copy(entry.value(), YamlPaths.child(path, key)))));
        return new YamlMapping(entries.buildOrThrow(), mapping.location(), path);
    }

    private void checkTag(Optional<String> tag, NodeEvent event, String path)
    {
        tag.filter(name -> !PLAIN_TAGS.contains(name)).ifPresent(name ->
                findings.add(YamlRule.TAG, location(event), path, "tag %s is not allowed".formatted(name.startsWith(CORE_TAG) ? "!!" + name.substring(CORE_TAG.length()) : name), "remove the tag and write the value as plain data"));
    }

    private Event peek()
    {
        return guarded(false);
    }

    private Event next()
    {
        Event event = guarded(true);
        lastLocation = location(event);
        return event;
    }

    private Event guarded(boolean consume)
    {
        try {
            return consume ? parser.next() : parser.peekEvent();
        }
        catch (MarkedYamlEngineException e) {
            SourceLocation location = e.getProblemMark().or(e::getContextMark).map(this::location).orElse(lastLocation);
            SyntaxProblems.report(findings, text, location, e);
        }
        catch (ReaderException e) {
            int offset = text.offsetByCodePoints(0, Math.min(e.getPosition(), text.codePointCount(0, text.length())));
            findings.add(YamlRule.ENCODING, SourceText.locationAt(file, text, offset), "", "character U+%04X is not allowed in YAML".formatted(e.getCodePoint()), "remove the character; in double quotes it can be written as an escape");
        }
        catch (YamlEngineException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // the parser does not translate every malformed escape or directive into an error of its own
            findings.add(YamlRule.SYNTAX, lastLocation, "", "the text after this place is not valid YAML", "check quotes, escapes and directives near this place");
        }
        throw new Unreadable();
    }

    private SourceLocation location(Event event)
    {
        return event.getStartMark().map(this::location).orElse(lastLocation);
    }

    private SourceLocation location(Mark mark)
    {
        return new SourceLocation(file, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
