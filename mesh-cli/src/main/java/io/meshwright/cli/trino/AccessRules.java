package io.meshwright.cli.trino;

import io.meshwright.cli.output.Json;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.util.stream.Collectors.joining;

/**
 * The access rules of a local Trino: the catalog {@code mesh} decides for itself, only the group {@code producers} sees the
 * raw catalog {@code lake} and writes there, the groups named for a legacy warehouse read that, everything else is denied. The first matching rule decides.
 * <p>
 * A rule that refused writes to {@code mesh} here would answer before the connector, which refuses them all and also says
 * where the producer writes.
 */
final class AccessRules
{
    private static final String REGISTRY = "mesh";
    private static final List<String> ALL_PRIVILEGES = List.of("SELECT", "INSERT", "DELETE", "UPDATE", "OWNERSHIP", "GRANT_SELECT");

    private AccessRules() {}

    static String json(String meshCatalog, String lakeCatalog, List<LegacyCatalog> legacyCatalogs)
    {
        List<Map<String, Object>> legacyAccess = legacyCatalogs.stream().map(legacy -> Json.object("group", readers(legacy), "catalog", legacy.name(), "allow", "read-only")).toList();
        List<Map<String, Object>> legacyTables = legacyCatalogs.stream().map(legacy -> Json.object("group", readers(legacy), "catalog", legacy.name(), "privileges", List.of("SELECT"))).toList();
        Map<String, Object> rules = Json.object(
                "catalogs",
                rules(
                        List.of(
                                Json.object("catalog", meshCatalog, "allow", "all"),
                                Json.object("group", TrinoUser.PRODUCERS, "catalog", lakeCatalog, "allow", "all"),
                                Json.object("catalog", "system", "allow", "read-only")),
                        legacyAccess,
                        List.of(Json.object("allow", "none"))),
                "schemas",
                List.of(
                        Json.object("catalog", meshCatalog, "owner", true),
                        Json.object("catalog", lakeCatalog, "schema", REGISTRY, "owner", false),
                        Json.object("group", TrinoUser.PRODUCERS, "catalog", lakeCatalog, "owner", true),
                        Json.object("owner", false)),
                "tables",
                rules(
                        legacyTables,
                        List.of(
                                Json.object("catalog", meshCatalog, "privileges", ALL_PRIVILEGES),
                                Json.object("group", TrinoUser.PRODUCERS, "catalog", lakeCatalog, "schema", REGISTRY, "privileges", List.of("SELECT")),
                                Json.object("group", TrinoUser.PRODUCERS, "catalog", lakeCatalog, "privileges", ALL_PRIVILEGES),
                                Json.object("catalog", "system", "schema", "jdbc", "privileges", List.of("SELECT")),
                                Json.object("catalog", "system", "schema", "metadata", "table", "catalogs|table_comments", "privileges", List.of("SELECT")),
                                Json.object("catalog", "system", "schema", "runtime", "table", "queries", "privileges", List.of("SELECT")),
                                Json.object("privileges", List.of()))),
                "functions",
                List.of(
                        Json.object("catalog", "system", "schema", "builtin", "privileges", List.of("EXECUTE", "GRANT_EXECUTE")),
                        Json.object("group", TrinoUser.PRODUCERS, "catalog", lakeCatalog, "privileges", List.of("EXECUTE")),
                        Json.object("privileges", List.of())),
                "procedures",
                List.of(
                        Json.object("privileges", List.of())),
                "queries",
                List.of(
                        Json.object("queryOwner", ".*", "allow", List.of()),
                        Json.object("allow", List.of("execute"))),
                "impersonation",
                List.of(
                        Json.object("original_user", ".*", "new_user", ".*", "allow", false)),
                "system_information",
                List.of(
                        Json.object("allow", List.of())),
                "authorization",
                List.of());
        return Json.write(rules);
    }

    @SafeVarargs
    private static List<Map<String, Object>> rules(List<Map<String, Object>>... parts)
    {
        return Stream.of(parts).flatMap(List::stream).toList();
    }

    private static String readers(LegacyCatalog legacy)
    {
        return legacy.groups().stream().map(Pattern::quote).collect(joining("|"));
    }
}
