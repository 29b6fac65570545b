package io.meshwright.trino.usage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.usage.LineageColumn;
import io.meshwright.bridge.usage.LineageRow;
import io.meshwright.bridge.usage.ReadRow;
import io.meshwright.trino.usage.QueryUsage.OutputColumn;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.ColumnLineageDatasetFacetFieldsBuilder;
import io.openlineage.client.OpenLineage.DatasetFacetsBuilder;
import io.openlineage.client.OpenLineage.InputDataset;
import io.openlineage.client.OpenLineage.InputField;
import io.openlineage.client.OpenLineage.OutputDataset;
import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineage.RunEvent.EventType;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * Queries as run events of OpenLineage. Products are named by their addresses. What a query read or wrote comes from its rows,
 * so both tell the same.
 */
final class OpenLineageEvents
{
    private static final URI PRODUCER = URI.create("https://meshwright.io/trino");
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .setSerializationInclusion(JsonInclude.Include.NON_NULL);

    private final OpenLineage openLineage = new OpenLineage(PRODUCER);
    private final String namespace;

    OpenLineageEvents(String namespace)
    {
        this.namespace = requireNonNull(namespace, "namespace is null");
    }

    /**
     * The start and the end of a query, each as one JSON document on one line. The same query has the same run id for ever.
     */
    List<String> of(QueryUsage usage, List<ReadRow> reads, List<LineageRow> lineage)
    {
        if (reads.isEmpty() && lineage.isEmpty()) {
            return ImmutableList.of();
        }
        EventType end = switch (usage.outcome()) {
            case "finished" -> EventType.COMPLETE;
            case "cancelled" -> EventType.ABORT;
            default -> EventType.FAIL;
        };
        return ImmutableList.of(
                json(event(usage, EventType.START, usage.startedAt(), ImmutableList.of(), ImmutableList.of(), lineage)),
                json(event(usage, end, usage.endedAt(), inputs(reads, lineage), outputs(usage, lineage), lineage)));
    }

    private RunEvent event(QueryUsage usage, EventType type, Instant time, List<InputDataset> inputs, List<OutputDataset> outputs, List<LineageRow> lineage)
    {
        // what writes a table is one job, however often it runs; what only reads is the program that asks
        String job = lineage.stream().map(LineageRow::target).findFirst().or(usage::source).orElse("trino");
        return openLineage.newRunEventBuilder()
                .eventType(type)
                .eventTime(time.atZone(ZoneOffset.UTC))
                .run(openLineage.newRunBuilder().runId(UUID.nameUUIDFromBytes(usage.queryId().getBytes(UTF_8))).build())
                .job(openLineage.newJobBuilder().namespace(namespace).name(job).build())
                .inputs(inputs)
                .outputs(outputs)
                .build();
    }

    private List<InputDataset> inputs(List<ReadRow> reads, List<LineageRow> lineage)
    {
        ImmutableList.Builder<InputDataset> inputs = ImmutableList.builder();
        reads.forEach(read -> {
            DatasetFacetsBuilder facets = openLineage.newDatasetFacetsBuilder()
                    .schema(openLineage.newSchemaDatasetFacetBuilder()
                            .fields(read.columns().stream().map(column -> openLineage.newSchemaDatasetFacetFieldsBuilder().name(column).build()).toList())
                            .build());
            read.snapshotId().ifPresent(snapshot -> facets.version(openLineage.newDatasetVersionDatasetFacet(snapshot)));
            inputs.add(openLineage.newInputDatasetBuilder().namespace(namespace).name(read.product()).facets(facets.build()).build());
        });
        lineage.stream()
                .map(LineageRow::source)
                .filter(source -> reads.stream().noneMatch(read -> read.product().equals(source)))
                .forEach(source -> inputs.add(openLineage.newInputDatasetBuilder().namespace(namespace).name(source).build()));
        return inputs.build();
    }

    private List<OutputDataset> outputs(QueryUsage usage, List<LineageRow> lineage)
    {
        if (lineage.isEmpty()) {
            return ImmutableList.of();
        }
        List<OutputColumn> columns = usage.output().orElseThrow().columns();
        return ImmutableList.of(openLineage.newOutputDatasetBuilder()
                .namespace(namespace)
                .name(lineage.getFirst().target())
                .facets(openLineage.newDatasetFacetsBuilder()
                        .schema(openLineage.newSchemaDatasetFacetBuilder()
                                .fields(columns.stream().map(column -> openLineage.newSchemaDatasetFacetFieldsBuilder().name(column.name()).type(column.type()).build()).toList())
                                .build())
                        .columnLineage(openLineage.newColumnLineageDatasetFacetBuilder()
                                .fields(fields(columns, lineage).build())
                                .dataset(lineage.stream()
                                        .flatMap(edge -> edge.indirectColumns().stream().map(column -> field(edge.source(), column, "INDIRECT", false)))
                                        .collect(toImmutableList()))
                                .build())
                        .build())
                .build());
    }

    private ColumnLineageDatasetFacetFieldsBuilder fields(List<OutputColumn> columns, List<LineageRow> lineage)
    {
        ColumnLineageDatasetFacetFieldsBuilder fields = openLineage.newColumnLineageDatasetFacetFieldsBuilder();
        for (OutputColumn column : columns) {
            List<InputField> sources = lineage.stream()
                    .flatMap(edge -> edge.columns().stream()
                            .filter(source -> source.target().equals(column.name()))
                            .map(source -> field(edge.source(), source)))
                    .collect(toImmutableList());
            if (!sources.isEmpty()) {
                fields.put(column.name(), openLineage.newColumnLineageDatasetFacetFieldsAdditionalBuilder().inputFields(sources).build());
            }
        }
        return fields;
    }

    private InputField field(String dataset, LineageColumn column)
    {
        return field(dataset, column.source(), "DIRECT", column.masked());
    }

    private InputField field(String dataset, String column, String type, boolean masking)
    {
        return openLineage.newInputFieldBuilder()
                .namespace(namespace)
                .name(dataset)
                .field(column)
                .transformations(ImmutableList.of(openLineage.newInputFieldTransformationsBuilder().type(type).masking(masking).build()))
                .build();
    }

    private static String json(RunEvent event)
    {
        try {
            return MAPPER.writeValueAsString(event);
        }
        catch (JsonProcessingException e) {
            throw new IllegalStateException("An event of plain values is always written", e);
        }
    }
}
