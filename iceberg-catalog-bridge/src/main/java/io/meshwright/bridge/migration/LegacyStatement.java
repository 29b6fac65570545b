package io.meshwright.bridge.migration;

import io.meshwright.bridge.table.RowSchema;

import java.util.Locale;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * How often a user has sent a statement that names a legacy table, as {@code pg_stat_statements} counts it. Its text is not kept.
 *
 * @param id the same for the same statement
 * @param writes whether it only writes the table, as what feeds it does
 */
public record LegacyStatement(String userName, String id, long calls, boolean writes)
{
    static final RowSchema<LegacyStatement> SCHEMA = RowSchema.<LegacyStatement>builder()
            .string("user_name", "User of the database", LegacyStatement::userName)
            .string("id", "Id of the statement", LegacyStatement::id)
            .bigint("calls", "How often it was sent since the statistics were reset", LegacyStatement::calls)
            .bool("writes", "Whether it only writes the table", LegacyStatement::writes)
            .build(row -> new LegacyStatement(row.string("user_name"), row.string("id"), row.bigint("calls"), row.bool("writes")));

    public LegacyStatement
    {
        requireNonNull(userName, "userName is null");
        requireNonNull(id, "id is null");
    }

    /**
     * Whether a statement does nothing with a table but write it. In doubt it reads.
     *
     * @param table without its schema
     */
    static boolean onlyWrites(String statement, String table)
    {
        String text = statement.toLowerCase(Locale.ROOT).strip();
        String name = Pattern.quote(table.toLowerCase(Locale.ROOT));
        boolean once = Pattern.compile(name).matcher(text).results().count() == 1;
        String target = "(only\\s+)?(\"?[a-z0-9_$]+\"?\\.)?\"?" + name + "\"?(?![a-z0-9_$])";
        boolean inserts = text.matches("(?s)insert\\s+into\\s+" + target + ".*");
        boolean copies = text.matches("(?s)copy\\s+" + target + "\\s*(\\([^)]*\\))?\\s*from\\s.*");
        boolean maintains = text.matches("(?s)(truncate(\\s+table)?|vacuum(\\s*\\([^)]*\\)|\\s+[a-z]+)*|analyze)\\s+" + target + "[^,]*");
        return once && (inserts || copies || maintains) && !text.matches("(?s).*\\breturning\\b.*");
    }
}
