package io.meshwright.bridge.migration;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.table.RowSchema;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * What the statistics of a legacy database say of one table at one time, as a row of {@code mesh.legacy_reads}. Only the difference of two tells of reads, and only where nothing was lost in between.
 *
 * @param legacy the name that products replace
 * @param ownUser whom we are in that database
 * @param relation database and table by their own identity, which a new table of the same name does not have
 * @param statisticsEpoch changes whenever counters start anew
 * @param scans sequential and index scans, by whomever
 * @param lastScan where the database keeps it
 * @param counterFaults why the counters prove nothing
 * @param statementsEpoch changes whenever statements start anew, or were evicted
 * @param statementFaults why the statements prove nothing
 * @param dependents views, functions, foreign keys and publications that need the table
 */
public record LegacySampleRow(
        String sampleId,
        String legacy,
        Instant observedAt,
        String ownUser,
        String schemaName,
        String relation,
        String statisticsEpoch,
        OptionalLong scans,
        Optional<Instant> lastScan,
        List<String> counterFaults,
        Optional<String> statementsEpoch,
        List<LegacyStatement> statements,
        List<String> statementFaults,
        List<String> dependents)
{
    public static final String TABLE = "legacy_reads";

    public static final RowSchema<LegacySampleRow> SCHEMA = RowSchema.<LegacySampleRow>builder()
            .bounds("legacy", "observed_at")
            .string("sample_id", "Id of the sample", LegacySampleRow::sampleId)
            .string("legacy", "Name below legacy: in mesh.yaml, a dot and the table", LegacySampleRow::legacy)
            .timestamp("observed_at", "When the statistics were read, by the database's clock", LegacySampleRow::observedAt)
            .string("own_user", "Whom we are in the legacy database; its reads are left out", LegacySampleRow::ownUser)
            .string("schema_name", "Schema of the table there", LegacySampleRow::schemaName)
            .string("relation", "Identity of database and table", LegacySampleRow::relation)
            .string("statistics_epoch", "Changes whenever counters start anew", LegacySampleRow::statisticsEpoch)
            .optionalBigint("scans", "Scans of the table by whomever since the epoch; null where they are not counted", LegacySampleRow::scans)
            .optionalTimestamp("last_scan", "The last scan, where the database keeps it", LegacySampleRow::lastScan)
            .strings("counter_faults", "Why the counters prove nothing", LegacySampleRow::counterFaults)
            .optionalString("statements_epoch", "Changes whenever statements start anew or were evicted; null where they are not counted", LegacySampleRow::statementsEpoch)
            .structs("statements", "Statements that name the table, by user", LegacyStatement.SCHEMA, LegacySampleRow::statements)
            .strings("statement_faults", "Why the statements prove nothing", LegacySampleRow::statementFaults)
            .strings("dependents", "What depends on the table", LegacySampleRow::dependents)
            .build(row -> new LegacySampleRow(
                    row.string("sample_id"),
                    row.string("legacy"),
                    row.timestamp("observed_at"),
                    row.string("own_user"),
                    row.string("schema_name"),
                    row.string("relation"),
                    row.string("statistics_epoch"),
                    row.optionalBigint("scans"),
                    row.optionalTimestamp("last_scan"),
                    row.strings("counter_faults"),
                    row.optionalString("statements_epoch"),
                    row.structs("statements", LegacyStatement.SCHEMA),
                    row.strings("statement_faults"),
                    row.strings("dependents")));

    public LegacySampleRow
    {
        requireNonNull(sampleId, "sampleId is null");
        requireNonNull(legacy, "legacy is null");
        requireNonNull(observedAt, "observedAt is null");
        requireNonNull(ownUser, "ownUser is null");
        requireNonNull(schemaName, "schemaName is null");
        requireNonNull(relation, "relation is null");
        requireNonNull(statisticsEpoch, "statisticsEpoch is null");
        requireNonNull(scans, "scans is null");
        requireNonNull(lastScan, "lastScan is null");
        counterFaults = ImmutableList.copyOf(counterFaults);
        requireNonNull(statementsEpoch, "statementsEpoch is null");
        statements = ImmutableList.copyOf(statements);
        statementFaults = ImmutableList.copyOf(statementFaults);
        dependents = ImmutableList.copyOf(dependents);
    }

    /**
     * Whether users can be told apart.
     */
    boolean hasStatements()
    {
        return statementsEpoch.isPresent() && statementFaults.isEmpty();
    }
}
