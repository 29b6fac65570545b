package io.meshwright.bridge.openlineage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.meshwright.model.check.CheckMetric;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.ContractTestReport;
import io.meshwright.model.check.ContractTestReport.ColumnCompleteness;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.DataQualityAssertionsDatasetFacet;
import io.openlineage.client.OpenLineage.DataQualityAssertionsDatasetFacetAssertions;
import io.openlineage.client.OpenLineage.DataQualityAssertionsDatasetFacetAssertionsBuilder;
import io.openlineage.client.OpenLineage.DataQualityMetricsInputDatasetFacet;
import io.openlineage.client.OpenLineage.DataQualityMetricsInputDatasetFacetBuilder;
import io.openlineage.client.OpenLineage.DataQualityMetricsInputDatasetFacetColumnMetricsBuilder;
import io.openlineage.client.OpenLineage.DatasetFacetsBuilder;
import io.openlineage.client.OpenLineage.InputDataset;
import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineage.RunEvent.EventType;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * A contract test as a run event of OpenLineage: the product is its input, with the facets of data quality. A figure that may be a value of the data is not in it,
 * and neither are messages.
 */
public final class QualityEvent
{
    private static final URI PRODUCER = URI.create("https://meshwright.io/quality");
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .registerModule(new SimpleModule().addSerializer(ZonedDateTime.class, new TimeSerializer()))
            .setSerializationInclusion(JsonInclude.Include.NON_NULL);

    /**
     * RFC 3339, whose seconds are not left out.
     */
    private static final class TimeSerializer
            extends StdSerializer<ZonedDateTime>
    {
        private TimeSerializer()
        {
            super(ZonedDateTime.class);
        }

        @Override
        public void serialize(ZonedDateTime time, JsonGenerator generator, SerializerProvider provider)
                throws IOException
        {
            generator.writeString(DateTimeFormatter.ISO_INSTANT.format(time));
        }
    }

    private final OpenLineage openLineage = new OpenLineage(PRODUCER);
    private final ContractTestReport report;
    private final String namespace;

    private QualityEvent(ContractTestReport report, String namespace)
    {
        this.report = requireNonNull(report, "report is null");
        this.namespace = requireNonNull(namespace, "namespace is null");
    }

    /**
     * One JSON document on one line. The same run has the same run id for ever. It is complete also where checks failed: the test itself did not.
     */
    public static String json(ContractTestReport report, String namespace)
    {
        try {
            return MAPPER.writeValueAsString(new QualityEvent(report, namespace).event());
        }
        catch (JsonProcessingException e) {
            throw new IllegalStateException("An event of plain values is always written", e);
        }
    }

    private RunEvent event()
    {
        return openLineage.newRunEventBuilder()
                .eventType(report.status() == CheckStatus.ERROR ? EventType.FAIL : EventType.COMPLETE)
                .eventTime(report.finishedAt().atZone(ZoneOffset.UTC))
                .run(openLineage.newRunBuilder().runId(runId(report.runId())).build())
                .job(openLineage.newJobBuilder().namespace(namespace).name("contract-test." + report.product() + "." + report.port()).build())
                .inputs(List.of(input()))
                .outputs(List.of())
                .build();
    }

    private static UUID runId(String runId)
    {
        try {
            return UUID.fromString(runId);
        }
        catch (IllegalArgumentException e) {
            // a scheduler names runs as it likes
            return UUID.nameUUIDFromBytes(runId.getBytes(UTF_8));
        }
    }

    private InputDataset input()
    {
        DatasetFacetsBuilder facets = openLineage.newDatasetFacetsBuilder();
        report.snapshotId().ifPresent(snapshot -> facets.version(openLineage.newDatasetVersionDatasetFacet(snapshot)));
        return openLineage.newInputDatasetBuilder()
                .namespace(namespace)
                .name(report.product())
                .facets(facets.build())
                .inputFacets(openLineage.newInputDatasetInputFacetsBuilder().dataQualityMetrics(metrics()).dataQualityAssertions(assertions()).build())
                .build();
    }

    private DataQualityMetricsInputDatasetFacet metrics()
    {
        DataQualityMetricsInputDatasetFacetColumnMetricsBuilder columns = openLineage.newDataQualityMetricsInputDatasetFacetColumnMetricsBuilder();
        for (ColumnCompleteness column : report.completeness()) {
            columns.put(column.field(), openLineage.newDataQualityMetricsInputDatasetFacetColumnMetricsAdditionalBuilder().nullCount(column.nullValues()).build());
        }
        DataQualityMetricsInputDatasetFacetBuilder metrics = openLineage.newDataQualityMetricsInputDatasetFacetBuilder().columnMetrics(columns.build());
        report.completeness().stream().findFirst().ifPresent(column -> metrics.rowCount(column.rows()));
        return metrics.build();
    }

    private DataQualityAssertionsDatasetFacet assertions()
    {
        return openLineage.newDataQualityAssertionsDatasetFacetBuilder()
                .assertions(report.checks().stream().filter(check -> check.status() != CheckStatus.SKIPPED).map(this::assertion).collect(toImmutableList()))
                .build();
    }

    /**
     * A check in error has not succeeded.
     */
    private DataQualityAssertionsDatasetFacetAssertions assertion(CheckResult check)
    {
        DataQualityAssertionsDatasetFacetAssertionsBuilder assertion = openLineage.newDataQualityAssertionsDatasetFacetAssertionsBuilder()
                .assertion(check.metric())
                .name(check.name())
                .success(check.status() == CheckStatus.PASSED)
                .severity(check.status() == CheckStatus.WARNING ? "warn" : "error");
        check.field().ifPresent(assertion::column);
        check.threshold().ifPresent(assertion::expected);
        if (CheckMetric.isCount(check.metric())) {
            check.actual().map(BigDecimal::toPlainString).ifPresent(assertion::actual);
        }
        return assertion.build();
    }
}
