package io.meshwright.trino.benchmark;

import com.google.common.collect.ImmutableMap;
import io.meshwright.trino.TestingMesh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import static java.util.stream.Collectors.joining;

/**
 * What Trino offers without us: column masks in SQL, in the rules of the file-based access control of an Iceberg catalog.
 */
final class SqlMasks
{
    private static final String KEY = "from_base64('AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=')";

    private SqlMasks() {}

    static String text(String column)
    {
        return "to_hex(hmac_sha256(to_utf8(%s), %s))".formatted(column, KEY);
    }

    static String integer(String column)
    {
        return "from_big_endian_64(substr(hmac_sha256(to_big_endian_64(%s), %s), 1, 8))".formatted(column, KEY);
    }

    /**
     * @param masks the SQL of the mask by column, by table, by schema
     */
    static void createCatalog(TestingMesh mesh, String name, Map<String, Map<String, Map<String, String>>> masks)
            throws IOException
    {
        String tables = masks.entrySet().stream()
                .flatMap(schema -> schema.getValue().entrySet().stream().map(table -> rule(schema.getKey(), table.getKey(), table.getValue())))
                .collect(joining(", "));
        Path rules = mesh.folder().resolve(name + ".json");
        Files.writeString(rules, "{\"tables\": [%s]}".formatted(tables));
        mesh.createIcebergCatalog(name, ImmutableMap.of("iceberg.security", "file", "security.config-file", rules.toString()));
    }

    static Map<String, String> ofText(Set<String> columns)
    {
        ImmutableMap.Builder<String, String> masks = ImmutableMap.builder();
        columns.forEach(column -> masks.put(column, text(column)));
        return masks.buildOrThrow();
    }

    private static String rule(String schema, String table, Map<String, String> masks)
    {
        String columns = masks.entrySet().stream()
                .map(mask -> "{\"name\": \"%s\", \"mask\": \"%s\"}".formatted(mask.getKey(), mask.getValue()))
                .collect(joining(", "));
        return "{\"schema\": \"%s\", \"table\": \"%s\", \"privileges\": [\"SELECT\"], \"columns\": [%s]}".formatted(schema, table, columns);
    }
}
