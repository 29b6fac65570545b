package io.meshwright.bridge.evidence;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.table.RowSchema;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * Figures of one data file, as a row of {@code mesh.file_evidence}. The table is a cache: without it the files are read again.
 */
public record FileEvidenceRow(String tableUuid, String dataFile, String deletes, List<MeasureFigure> figures, String runId, Instant writtenAt)
{
    /**
     * The table's name in the registry's namespace.
     */
    public static final String TABLE = "file_evidence";

    public static final RowSchema<FileEvidenceRow> SCHEMA = RowSchema.<FileEvidenceRow>builder()
            .string("table_uuid", "The table that the data file belongs to", FileEvidenceRow::tableUuid)
            .string("data_file", "Location of the data file", FileEvidenceRow::dataFile)
            .string("deletes", "Names the row-level deletes that apply to the file; empty without any", FileEvidenceRow::deletes)
            .structs("figures", "What the file contributes to the figures of checks", MeasureFigure.SCHEMA, FileEvidenceRow::figures)
            .string("run_id", "The run that read the file", FileEvidenceRow::runId)
            .timestamp("written_at", "When the figures were written", FileEvidenceRow::writtenAt)
            .bounds("table_uuid", "written_at")
            .clusterBy("table_uuid")
            .build(row -> new FileEvidenceRow(
                    row.string("table_uuid"),
                    row.string("data_file"),
                    row.string("deletes"),
                    row.structs("figures", MeasureFigure.SCHEMA),
                    row.string("run_id"),
                    row.timestamp("written_at")));

    /**
     * @param measure names what was measured
     * @param value empty where the file has nothing to tell
     */
    public record MeasureFigure(String measure, OptionalLong value)
    {
        static final RowSchema<MeasureFigure> SCHEMA = RowSchema.<MeasureFigure>builder()
                .string("measure", "Names what was measured", MeasureFigure::measure)
                .optionalBigint("value", "The figure; null where the file has nothing to tell", MeasureFigure::value)
                .build(row -> new MeasureFigure(row.string("measure"), row.optionalBigint("value")));

        public MeasureFigure
        {
            requireNonNull(measure, "measure is null");
            requireNonNull(value, "value is null");
        }
    }

    public FileEvidenceRow
    {
        requireNonNull(tableUuid, "tableUuid is null");
        requireNonNull(dataFile, "dataFile is null");
        requireNonNull(deletes, "deletes is null");
        figures = ImmutableList.copyOf(figures);
        requireNonNull(runId, "runId is null");
        requireNonNull(writtenAt, "writtenAt is null");
    }
}
