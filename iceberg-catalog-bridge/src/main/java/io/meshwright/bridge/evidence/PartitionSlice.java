package io.meshwright.bridge.evidence;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import io.meshwright.model.check.CheckRule;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.yaml.DidYouMean;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.transforms.Transform;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.TypeID;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * Some partitions of a snapshot: the newest by time, or those of given values. Data files are in it as a whole or not at all.
 */
public final class PartitionSlice
{
    private static final String LATEST = "latest";
    private static final Set<String> TIMES = Set.of("year", "month", "day", "hour");

    private final Table table;
    private final Map<PartitionField, Object> values;

    private PartitionSlice(Table table, Map<PartitionField, Object> values)
    {
        this.table = requireNonNull(table, "table is null");
        this.values = ImmutableMap.copyOf(values);
    }

    /**
     * @param wanted {@code latest}, or {@code day=2026-11-20}; several by commas
     * @throws MeshException where the table has no such partitions, or has files that are partitioned otherwise, so that nobody can tell
     */
    public static PartitionSlice resolve(Table table, Optional<Snapshot> snapshot, String wanted)
    {
        List<PartitionField> fields = table.spec().fields().stream().filter(field -> !field.transform().isVoid()).collect(toImmutableList());
        if (fields.isEmpty()) {
            throw wrong("The table is not partitioned", "leave --partition out");
        }
        List<DataFile> files = LiveFiles.list(table, snapshot, List.of()).stream().map(file -> file.task().file()).collect(toImmutableList());
        return wanted.equals(LATEST) ? latest(table, fields, files) : named(table, fields, files, wanted);
    }

    private static PartitionSlice latest(Table table, List<PartitionField> fields, List<DataFile> files)
    {
        PartitionField field = fields.stream()
                .filter(candidate -> isTime(table, candidate))
                .findFirst()
                .orElseThrow(() -> wrong("The table is not partitioned by time", "name the partition: --partition %s=VALUE".formatted(fields.get(0).name())));
        Object latest = files.stream()
                .map(file -> valueOf(table, file, field))
                .filter(Objects::nonNull)
                .max(PartitionSlice::compare)
                .orElseThrow(() -> wrong("No data file is in a partition of %s".formatted(field.name()), "there is nothing to test yet"));
        return new PartitionSlice(table, Map.of(field, latest));
    }

    private static PartitionSlice named(Table table, List<PartitionField> fields, List<DataFile> files, String wanted)
    {
        Map<PartitionField, Object> values = new LinkedHashMap<>();
        for (String part : Splitter.on(',').trimResults().omitEmptyStrings().split(wanted)) {
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw wrong("%s is no partition".formatted(part), "write latest, or %s=VALUE".formatted(fields.get(0).name()));
            }
            PartitionField field = field(table, fields, part.substring(0, equals).strip());
            String text = part.substring(equals + 1).strip();
            Object value = files.stream()
                    .map(file -> valueOf(table, file, field))
                    .filter(candidate -> candidate != null && human(table, field, candidate).equals(text))
                    .findFirst()
                    .orElseThrow(() -> wrong("No data file is in the partition %s=%s".formatted(field.name(), text), "name a partition that has data, or write latest"));
            values.put(field, value);
        }
        if (values.isEmpty()) {
            throw wrong("--partition names no partition", "write latest, or %s=VALUE".formatted(fields.get(0).name()));
        }
        return new PartitionSlice(table, values);
    }

    /**
     * By the name of the partition field, of the column, or of what it makes of it, such as day.
     */
    private static PartitionField field(Table table, List<PartitionField> fields, String name)
    {
        List<PartitionField> found = fields.stream()
                .filter(field -> field.name().equals(name) || table.schema().findColumnName(field.sourceId()).equals(name) || field.transform().toString().equals(name))
                .collect(toImmutableList());
        if (found.size() != 1) {
            List<String> names = fields.stream().map(PartitionField::name).collect(toImmutableList());
            String meant = DidYouMean.suggest(name, names).map(", did you mean %s?"::formatted).orElse("");
            throw wrong("The table is not partitioned by one %s%s".formatted(name, meant), "use one of: " + String.join(", ", names));
        }
        return found.get(0);
    }

    /**
     * For example {@code occurred_at_day=2026-11-20}.
     */
    public String label()
    {
        return values.entrySet().stream().map(entry -> entry.getKey().name() + "=" + human(table, entry.getKey(), entry.getValue())).collect(joining(","));
    }

    boolean contains(LiveFile file)
    {
        return values.entrySet().stream().allMatch(entry -> entry.getValue().equals(valueOf(table, file.task().file(), entry.getKey())));
    }

    private static Object valueOf(Table table, DataFile file, PartitionField field)
    {
        PartitionSpec spec = table.specs().get(file.specId());
        for (int position = 0; position < spec.fields().size(); position++) {
            PartitionField candidate = spec.fields().get(position);
            if (candidate.sourceId() == field.sourceId() && candidate.transform().equals(field.transform())) {
                Object value = file.partition().get(position, Object.class);
                return value instanceof CharSequence text ? text.toString() : value;
            }
        }
        throw wrong("Some data files are not partitioned by %s, so nobody can tell which of their rows belong to the partition".formatted(field.name()), "rewrite them with the current partitioning, or test the whole table");
    }

    private static boolean isTime(Table table, PartitionField field)
    {
        TypeID type = table.schema().findType(field.sourceId()).typeId();
        return TIMES.contains(field.transform().toString()) || (field.transform().isIdentity() && (type == TypeID.DATE || type == TypeID.TIMESTAMP));
    }

    @SuppressWarnings("unchecked")
    private static int compare(Object left, Object right)
    {
        return ((Comparable<Object>) left).compareTo(right);
    }

    @SuppressWarnings("unchecked")
    private static String human(Table table, PartitionField field, Object value)
    {
        Type source = table.schema().findType(field.sourceId());
        return ((Transform<Object, Object>) field.transform()).toHumanString(source, value);
    }

    private static MeshException wrong(String message, String fix)
    {
        return new MeshException(CheckRule.JOB_ARGUMENT, USER, message, fix);
    }
}
