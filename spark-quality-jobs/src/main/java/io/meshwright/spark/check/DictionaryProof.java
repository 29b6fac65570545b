package io.meshwright.spark.check;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.evidence.JavaValues;
import io.meshwright.bridge.evidence.LiveFile;
import io.meshwright.model.check.FileMeasure;
import io.meshwright.model.check.ValueRule;
import io.meshwright.model.check.ValueRules;
import io.meshwright.spark.session.PinnedTable;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.EncodingStats;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.DictionaryPageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.api.java.JavaSparkContext;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Proves that no value of a file breaks a rule by the dictionaries of the file (rung R3): each different value is looked at once, and no row. Deletes do not
 * matter, since they add no value.
 */
final class DictionaryProof
{
    private DictionaryProof() {}

    /**
     * What is asked of one file; of the rules those are given back that all values keep.
     */
    private record Question(String location, long length, List<ColumnRule> rules)
            implements Serializable {}

    private record ColumnRule(int number, NestedField field, ValueRule rule)
            implements Serializable {}

    /**
     * @return by measure the files that hold no violation
     */
    static Map<FileMeasure, Set<LiveFile>> prove(PinnedTable table, Map<FileMeasure, List<LiveFile>> open)
    {
        List<FileMeasure.Violations> measures = new ArrayList<>();
        Map<LiveFile, List<ColumnRule>> asked = new LinkedHashMap<>();
        open.forEach((measure, files) -> {
            if (measure instanceof FileMeasure.Violations violations && !(violations.rule() instanceof ValueRule.NotNull)) {
                field(table.schema(), violations.column()).ifPresent(field -> {
                    files.stream()
                            .filter(file -> file.task().file().format() == FileFormat.PARQUET)
                            .forEach(file -> asked.computeIfAbsent(file, unused -> new ArrayList<>()).add(new ColumnRule(measures.size(), field, violations.rule())));
                    measures.add(violations);
                });
            }
        });
        if (asked.isEmpty()) {
            return Map.of();
        }
        List<LiveFile> files = ImmutableList.copyOf(asked.keySet());
        List<Question> questions = new ArrayList<>();
        files.forEach(file -> questions.add(new Question(file.path(), file.task().file().fileSizeInBytes(), List.copyOf(asked.get(file)))));
        // the copy travels, while what a catalog hands out need not
        FileIO io = SerializableTable.copyOf(table.table()).io();
        JavaSparkContext context = JavaSparkContext.fromSparkContext(table.session().sparkContext());
        List<List<Integer>> proven = context.parallelize(questions, Math.min(questions.size(), 4 * context.defaultParallelism()))
                .map(question -> proven(io, question))
                .collect();
        Map<FileMeasure, Set<LiveFile>> found = new HashMap<>();
        for (int index = 0; index < files.size(); index++) {
            for (int number : proven.get(index)) {
                found.computeIfAbsent(measures.get(number), unused -> new HashSet<>()).add(files.get(index));
            }
        }
        return found;
    }

    private static Optional<NestedField> field(Schema schema, String column)
    {
        return Optional.ofNullable(schema.asStruct().field(column)).filter(field -> field.type().isPrimitiveType());
    }

    private static List<Integer> proven(FileIO io, Question question)
    {
        List<Integer> proven = new ArrayList<>();
        try (ParquetFileReader reader = ParquetFiles.open(io, question.location(), question.length())) {
            MessageType schema = reader.getFileMetaData().getSchema();
            for (ColumnRule rule : question.rules()) {
                Optional<ColumnDescriptor> column = column(schema, rule.field().fieldId());
                if (column.isPresent() && isKept(reader, column.orElseThrow(), rule)) {
                    proven.add(rule.number());
                }
            }
        }
        catch (IOException | RuntimeException e) {
            // a file that cannot be understood here is read by the engine, which says what is wrong with it
            return List.of();
        }
        return proven;
    }

    private static Optional<ColumnDescriptor> column(MessageType schema, int fieldId)
    {
        for (Type type : schema.getFields()) {
            if (type.isPrimitive() && type.getId() != null && type.getId().intValue() == fieldId) {
                return Optional.of(schema.getColumnDescription(new String[] {type.getName()}));
            }
        }
        return Optional.empty();
    }

    private static boolean isKept(ParquetFileReader reader, ColumnDescriptor column, ColumnRule rule)
            throws IOException
    {
        for (BlockMetaData block : reader.getFooter().getBlocks()) {
            ColumnChunkMetaData chunk = block.getColumns().stream().filter(candidate -> candidate.getPath().equals(pathOf(column))).findFirst().orElseThrow();
            if (rule.rule() instanceof ValueRule.NotMissing && !(chunk.getStatistics().isNumNullsSet() && chunk.getStatistics().getNumNulls() == 0)) {
                return false;
            }
            EncodingStats encodings = chunk.getEncodingStats();
            if (encodings == null || !encodings.hasDictionaryPages() || encodings.hasNonDictionaryEncodedPages()) {
                return false;
            }
            try (DictionaryPageReadStore dictionaries = reader.getDictionaryReader(block)) {
                DictionaryPage page = dictionaries.readDictionaryPage(column);
                if (page == null || !isKept(column, page.getEncoding().initDictionary(column, page), rule)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static ColumnPath pathOf(ColumnDescriptor column)
    {
        return ColumnPath.get(column.getPath());
    }

    private static boolean isKept(ColumnDescriptor column, Dictionary dictionary, ColumnRule rule)
    {
        for (int id = 0; id <= dictionary.getMaxId(); id++) {
            Optional<Boolean> broken = ParquetFiles.value(column, dictionary, id, rule.field().type())
                    .flatMap(value -> JavaValues.of(rule.field().type(), value))
                    .flatMap(value -> ValueRules.breaks(rule.rule(), value));
            if (broken.isEmpty() || broken.orElseThrow()) {
                return false;
            }
        }
        return true;
    }
}
