package io.meshwright.leak;

import java.util.List;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * What is attacked, and by whom.
 *
 * @param catalog the catalog of products
 * @param raw the catalog behind it, which only the producer may use
 * @param elsewhere a catalog and schema where everybody may create tables, views and materialized views
 * @param users who they are
 */
public record Target(TrinoClient client, String catalog, String raw, String elsewhere, Users users)
{
    /**
     * @param attacker in no group, sees masked values only
     * @param cleared sees clear values of every product
     * @param marketer in the group marketing, which reads some products that the attacker does not; masked too
     * @param producer writes to the raw catalog
     */
    public record Users(String attacker, String cleared, String marketer, String producer)
    {
        public Users
        {
            requireNonNull(attacker, "attacker is null");
            requireNonNull(cleared, "cleared is null");
            requireNonNull(marketer, "marketer is null");
            requireNonNull(producer, "producer is null");
        }
    }

    /**
     * Users as the exhibits' specifications name them.
     */
    public static final Users USERS = new Users("ann", "carl", "mark", "paula");

    public Target
    {
        requireNonNull(client, "client is null");
        requireNonNull(catalog, "catalog is null");
        requireNonNull(raw, "raw is null");
        requireNonNull(elsewhere, "elsewhere is null");
        requireNonNull(users, "users is null");
    }

    /**
     * The statement with the names of this target: {@code {c}} is the catalog, {@code {v}} its schema of products, {@code {l}}
     * that of their tables, {@code {r}} that of the registry, {@code {e}} the schema elsewhere, {@code {x}} a suffix for names that this target's attack creates there.
     */
    String named(String sql)
    {
        return sql.replace("{c}", catalog)
                .replace("{v}", catalog + "." + Exhibits.SCHEMA)
                .replace("{l}", raw + "." + Exhibits.SCHEMA)
                .replace("{r}", raw + ".mesh")
                .replace("{e}", elsewhere)
                .replace("{x}", catalog);
    }

    /**
     * Runs a statement as the producer.
     *
     * @return its rows
     */
    public List<List<Object>> produce(String sql)
    {
        Answer answer = client.run(users.producer(), Map.of(), Map.of(), named(sql));
        answer.error().ifPresent(error -> {
            throw new IllegalStateException("%s failed: %s".formatted(named(sql), error));
        });
        return answer.rows();
    }

    /**
     * Snapshots of a product's table, the oldest first. They are no secret: whoever shows his own query shows them.
     */
    List<String> versions(String table)
    {
        return produce("SELECT CAST(snapshot_id AS varchar) FROM {l}.\"%s$snapshots\" ORDER BY committed_at".formatted(table)).stream()
                .map(row -> (String) row.getFirst())
                .toList();
    }
}
