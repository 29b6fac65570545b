package io.meshwright.cli.report;

import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The text format of OpenMetrics. Everything is a gauge, so that readers of the older Prometheus format understand the page as well.
 */
final class OpenMetricsPage
{
    private OpenMetricsPage() {}

    static GaugeSnapshot.Builder gauge(String name, String help)
    {
        return GaugeSnapshot.builder().name(name).help(help);
    }

    static void add(GaugeSnapshot.Builder family, Labels labels, double value)
    {
        family.dataPoint(GaugeDataPointSnapshot.builder().labels(labels).value(value).build());
    }

    /**
     * One exposition, with its end mark.
     */
    static String write(GaugeSnapshot.Builder... families)
    {
        MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
        for (GaugeSnapshot.Builder family : families) {
            snapshots.metricSnapshot(family.build());
        }
        try (ByteArrayOutputStream text = new ByteArrayOutputStream()) {
            OpenMetricsTextFormatWriter.create().write(text, snapshots.build());
            return text.toString(UTF_8);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
