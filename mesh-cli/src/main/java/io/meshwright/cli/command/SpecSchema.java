package io.meshwright.cli.command;

import com.google.common.collect.ImmutableList;
import io.meshwright.cli.output.Json;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The published JSON schema of {@code dataproduct.yaml}, asked by path.
 */
final class SpecSchema
{
    private static final String RESOURCE = "/io/meshwright/model/product/dataproduct.schema.json";
    private static final int DEEPEST = 8;

    /**
     * @param keys below this one
     */
    record Key(String path, Optional<String> description, Optional<String> type, List<String> values, List<String> keys)
    {
        Key
        {
            requireNonNull(path, "path is null");
            requireNonNull(description, "description is null");
            requireNonNull(type, "type is null");
            values = ImmutableList.copyOf(values);
            keys = ImmutableList.copyOf(keys);
        }
    }

    private final Map<?, ?> root;

    private SpecSchema(Map<?, ?> root)
    {
        this.root = requireNonNull(root, "root is null");
    }

    static SpecSchema load()
    {
        try (InputStream schema = SpecSchema.class.getResourceAsStream(RESOURCE)) {
            if (schema == null) {
                throw new IllegalStateException("The schema of dataproduct.yaml is missing in this build");
            }
            return new SpecSchema((Map<?, ?>) Json.read(new String(schema.readAllBytes(), StandardCharsets.UTF_8)));
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param path such as {@code spec.outputPorts[0].type}; indexes mean nothing here
     */
    Optional<Key> find(String path)
    {
        Map<?, ?> node = root;
        for (String name : path.replaceAll("\\[[0-9]*]", "").split("\\.")) {
            Optional<Map<?, ?>> next = child(node, name);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            node = next.orElseThrow();
        }
        return Optional.of(key(path, node));
    }

    /**
     * All paths, for suggestions.
     */
    List<String> paths()
    {
        List<String> paths = new ArrayList<>();
        collect("", root, paths, 0);
        return paths;
    }

    private void collect(String path, Map<?, ?> node, List<String> paths, int depth)
    {
        for (String name : names(node)) {
            String child = path.isEmpty() ? name : path + "." + name;
            paths.add(child);
            if (depth < DEEPEST) {
                child(node, name).ifPresent(next -> collect(child, next, paths, depth + 1));
            }
        }
    }

    private Key key(String path, Map<?, ?> node)
    {
        List<String> values = new ArrayList<>();
        for (Map<?, ?> variant : variants(node)) {
            if (variant.get("enum") instanceof List<?> constants) {
                constants.forEach(constant -> values.add(String.valueOf(constant)));
            }
            if (variant.containsKey("const")) {
                values.add(String.valueOf(variant.get("const")));
            }
        }
        Optional<String> type = Optional.ofNullable(node.get("type")).map(declared -> declared instanceof List<?> types ? String.join(" or ", types.stream().map(String::valueOf).toList()) : declared.toString());
        return new Key(path, Optional.ofNullable((String) node.get("description")), type, values, names(node));
    }

    private List<String> names(Map<?, ?> node)
    {
        List<String> names = new ArrayList<>();
        for (Map<?, ?> variant : variants(node)) {
            if (variant.get("properties") instanceof Map<?, ?> properties) {
                properties.keySet().forEach(name -> names.add((String) name));
            }
        }
        return names.stream().distinct().toList();
    }

    private Optional<Map<?, ?>> child(Map<?, ?> node, String name)
    {
        for (Map<?, ?> variant : variants(node)) {
            if (variant.get("properties") instanceof Map<?, ?> properties && properties.get(name) instanceof Map<?, ?> child) {
                return Optional.of(resolve(child));
            }
        }
        return Optional.empty();
    }

    /**
     * The node itself, its alternatives, and what its list holds.
     */
    private List<Map<?, ?>> variants(Map<?, ?> node)
    {
        List<Map<?, ?>> variants = new ArrayList<>();
        addVariants(node, variants, 0);
        return variants;
    }

    private void addVariants(Map<?, ?> node, List<Map<?, ?>> variants, int depth)
    {
        Map<?, ?> resolved = resolve(node);
        variants.add(resolved);
        if (depth > DEEPEST) {
            return;
        }
        for (String keyword : List.of("anyOf", "oneOf", "allOf")) {
            if (resolved.get(keyword) instanceof List<?> alternatives) {
                alternatives.forEach(alternative -> {
                    if (alternative instanceof Map<?, ?> map) {
                        addVariants(map, variants, depth + 1);
                    }
                });
            }
        }
        if (resolved.get("items") instanceof Map<?, ?> items) {
            addVariants(items, variants, depth + 1);
        }
    }

    private Map<?, ?> resolve(Map<?, ?> node)
    {
        if (!(node.get("$ref") instanceof String reference) || !reference.startsWith("#/")) {
            return node;
        }
        Object target = root;
        for (String segment : reference.substring(2).split("/")) {
            target = target instanceof Map<?, ?> map ? map.get(segment) : null;
        }
        if (!(target instanceof Map<?, ?> found)) {
            return node;
        }
        if (!node.containsKey("description")) {
            return found;
        }
        // the description beside a reference is about this use of it
        Map<Object, Object> merged = new LinkedHashMap<>(found);
        merged.put("description", node.get("description"));
        return merged;
    }
}
