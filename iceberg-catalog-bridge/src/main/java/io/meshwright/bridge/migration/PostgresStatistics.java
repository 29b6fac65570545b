package io.meshwright.bridge.migration;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.reconciliation.LegacySession;
import io.meshwright.model.finding.MeshException;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

import static io.meshwright.model.finding.MeshException.Cause.EXTERNAL;
import static java.util.Objects.requireNonNull;

/**
 * Reads the statistics of one table from PostgreSQL. Needs no right on the table; to see the statements of others the user has to be a member of {@code pg_read_all_stats}.
 */
public final class PostgresStatistics
{
    private final LegacySession session;
    private final LegacyName legacy;

    public PostgresStatistics(LegacySession session, LegacyName legacy)
    {
        this.session = requireNonNull(session, "session is null");
        this.legacy = requireNonNull(legacy, "legacy is null");
    }

    /**
     * @param kind an ordinary table is {@code r}
     */
    private record Relation(long oid, String schema, String name, String kind, boolean inherits) {}

    private record Statements(Optional<String> epoch, List<LegacyStatement> statements, List<String> faults) {}

    /**
     * @throws MeshException where the database does not answer, or there is no such table
     */
    public LegacySampleRow sample()
    {
        Relation relation = relation();
        List<String> counterFaults = new ArrayList<>();
        if (!relation.kind().equals("r") || relation.inherits()) {
            counterFaults.add(relation.name() + " is no ordinary table, or has partitions, parents or children, whose scans count elsewhere");
        }
        if (!setting("track_counts").equals("on")) {
            counterFaults.add("track_counts is off");
        }
        Statements statements = statements(relation.name());
        String counters = "SELECT coalesce(seq_scan, 0) + coalesce(idx_scan, 0), "
                + (version() >= 160000 ? "CAST(extract(epoch FROM greatest(last_seq_scan, last_idx_scan)) * 1000 AS bigint)" : "CAST(NULL AS bigint)")
                + " FROM pg_stat_user_tables WHERE relid = " + relation.oid();
        List<Optional<Long>> counted = session.query(counters, rows -> rows.next() ? List.of(Optional.of(rows.integer(1)), Optional.ofNullable(rows.integer(2))) : List.<Optional<Long>>of());
        if (counted.isEmpty()) {
            counterFaults.add("pg_stat_user_tables does not have the table");
        }
        return new LegacySampleRow(
                UUID.randomUUID().toString(),
                legacy.toString(),
                session.asOf(),
                text("SELECT current_user"),
                relation.schema(),
                text("SELECT oid FROM pg_database WHERE datname = current_database()") + "/" + relation.oid(),
                // those of the background writer start anew when the server lost its statistics in a crash
                text("SELECT coalesce((SELECT stats_reset FROM pg_stat_database WHERE datname = current_database())::text, 'never') || ' / ' || coalesce((SELECT stats_reset FROM pg_stat_bgwriter)::text, 'never')"),
                counted.isEmpty() ? OptionalLong.empty() : OptionalLong.of(counted.get(0).orElseThrow()),
                counted.isEmpty() ? Optional.empty() : counted.get(1).map(Instant::ofEpochMilli),
                counterFaults,
                statements.epoch(),
                statements.statements(),
                statements.faults(),
                dependents(relation));
    }

    private Relation relation()
    {
        String sql = "SELECT c.oid, n.nspname, c.relname, c.relkind, EXISTS (SELECT FROM pg_inherits i WHERE c.oid IN (i.inhrelid, i.inhparent))"
                + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = to_regclass(" + literal(legacy.table()) + ")";
        return session.query(sql, rows -> rows.next() ? Optional.of(new Relation(rows.integer(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5).equals("t"))) : Optional.<Relation>empty())
                .orElseThrow(() -> new MeshException(
                        MigrationRule.NO_TABLE,
                        EXTERNAL,
                        "There is no table %s in %s that its user can see".formatted(legacy.table(), session.label()),
                        "check migration.replaces, and grant USAGE on the schema"));
    }

    private Statements statements(String table)
    {
        if (count("SELECT count(*) FROM pg_extension WHERE extname = 'pg_stat_statements'") == 0) {
            return new Statements(Optional.empty(), List.of(), List.of("the extension pg_stat_statements is not installed in this database"));
        }
        List<String> faults = new ArrayList<>();
        require(faults, "pg_stat_statements.track", "all", "statements inside of functions are not seen");
        require(faults, "pg_stat_statements.track_utility", "on", "COPY and cursors are not seen");
        require(faults, "pg_stat_statements.save", "on", "a restart forgets statements");
        if (count("SELECT count(*) FROM pg_db_role_setting WHERE array_to_string(setconfig, ',') ~ '(pg_stat_statements[.]|track_counts)'") > 0) {
            faults.add("some users or databases have settings of their own for statistics");
        }
        String schema = identifier(text("SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_stat_statements'"));
        try {
            if (version() < 140000) {
                return new Statements(Optional.empty(), List.of(), List.of("this PostgreSQL does not tell whether statements were evicted"));
            }
            if (count("SELECT count(*) FROM " + schema + ".pg_stat_statements WHERE query IS NULL OR query = '<insufficient privilege>'") > 0) {
                faults.add("statements of other users are hidden: GRANT pg_read_all_stats TO the user");
            }
            String epoch = text("SELECT stats_reset::text || ' / ' || dealloc FROM " + schema + ".pg_stat_statements_info");
            String sql = "SELECT coalesce(r.rolname, 'user ' || s.userid), s.userid || '/' || s.queryid || '/' || s.toplevel, s.calls, s.query FROM " + schema + ".pg_stat_statements s"
                    + " LEFT JOIN pg_roles r ON r.oid = s.userid WHERE s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())"
                    // a name may be written with escapes
                    + " AND (position(lower(" + literal(table) + ") IN lower(s.query)) > 0 OR s.query ILIKE '%u&\"%')";
            return new Statements(Optional.of(epoch), session.query(sql, rows -> {
                ImmutableList.Builder<LegacyStatement> statements = ImmutableList.builder();
                while (rows.next()) {
                    statements.add(new LegacyStatement(rows.text(1), rows.text(2), rows.integer(3), LegacyStatement.onlyWrites(rows.text(4), table)));
                }
                return statements.build();
            }), faults);
        }
        catch (MeshException e) {
            return new Statements(Optional.empty(), List.of(), List.of("pg_stat_statements cannot be read: " + e.getMessage()));
        }
    }

    private void require(List<String> faults, String setting, String value, String otherwise)
    {
        String actual = setting(setting);
        if (!actual.equals(value)) {
            faults.add("%s is %s and not %s, so %s".formatted(setting, actual.isEmpty() ? "unknown" : actual, value, otherwise));
        }
    }

    private List<String> dependents(Relation relation)
    {
        long oid = relation.oid();
        String sql = "SELECT c.oid::regclass::text || CASE c.relkind WHEN 'm' THEN ' (materialized view)' WHEN 'v' THEN ' (view)' ELSE ' (rule)' END"
                + " FROM pg_depend d JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid JOIN pg_class c ON c.oid = r.ev_class"
                + " WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = " + oid + " AND c.oid <> " + oid
                + " UNION SELECT conrelid::regclass::text || ' (foreign key)' FROM pg_constraint WHERE contype = 'f' AND confrelid = " + oid + " AND conrelid <> " + oid
                + " UNION SELECT p.oid::regprocedure::text || ' (function)' FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
                + " WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND (position(lower(" + literal(relation.name()) + ") IN lower(p.prosrc)) > 0"
                + " OR EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid = " + oid + "))"
                + " UNION SELECT pubname || ' (publication)' FROM pg_publication_tables WHERE schemaname = " + literal(relation.schema()) + " AND tablename = " + literal(relation.name())
                + " ORDER BY 1";
        return session.query(sql, rows -> {
            ImmutableList.Builder<String> dependents = ImmutableList.builder();
            while (rows.next()) {
                dependents.add(rows.text(1));
            }
            return dependents.build();
        });
    }

    private int version()
    {
        return Integer.parseInt(setting("server_version_num"));
    }

    private String setting(String name)
    {
        return text("SELECT coalesce(current_setting(" + literal(name) + ", true), '')");
    }

    private long count(String sql)
    {
        return session.query(sql, rows -> {
            rows.next();
            return rows.integer(1);
        });
    }

    private String text(String sql)
    {
        return session.query(sql, rows -> {
            if (!rows.next()) {
                throw new SQLException("No row");
            }
            return rows.text(1);
        });
    }

    private static String literal(String text)
    {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String identifier(String name)
    {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
