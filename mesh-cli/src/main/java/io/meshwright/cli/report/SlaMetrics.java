package io.meshwright.cli.report;

import io.meshwright.bridge.alert.ObjectiveState;
import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.bridge.result.SlaRow;
import io.meshwright.model.mask.ShownFigures;
import io.meshwright.model.sla.SlaEvaluator;
import io.meshwright.model.sla.SloStatus;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.Unit;

import static io.meshwright.cli.report.OpenMetricsPage.gauge;

/**
 * How promises stand, in the text format of OpenMetrics.
 */
public final class SlaMetrics
{
    private final GaugeSnapshot.Builder status = gauge("mesh_sla_status", "1 for the verdict of the newest measurement, 0 for the others");
    private final GaugeSnapshot.Builder seconds = gauge("mesh_sla_actual_seconds", "Newest figure of freshness and latency").unit(Unit.SECONDS);
    private final GaugeSnapshot.Builder mostSeconds = gauge("mesh_sla_threshold_seconds", "What freshness and latency are promised to be at most").unit(Unit.SECONDS);
    private final GaugeSnapshot.Builder ratio = gauge("mesh_sla_actual_ratio", "Newest figure of the other objectives, 0..1").unit(Unit.RATIO);
    private final GaugeSnapshot.Builder leastRatio = gauge("mesh_sla_threshold_ratio", "What the other objectives are promised to be at least, 0..1").unit(Unit.RATIO);
    private final GaugeSnapshot.Builder checked = gauge("mesh_sla_checked_timestamp_seconds", "When the objective was measured last, in seconds since 1970").unit(Unit.SECONDS);
    private final GaugeSnapshot.Builder missedSince = gauge("mesh_sla_missed_since_timestamp_seconds", "Begin of the miss that lasts, in seconds since 1970").unit(Unit.SECONDS);

    public void add(RegisteredProduct product, ObjectiveState state)
    {
        Labels labels = Labels.of("product", product.address().toString(), "domain", product.address().domain(), "slo", state.slo());
        for (SloStatus each : SloStatus.values()) {
            OpenMetricsPage.add(status, labels.add("status", each.label()), each.label().equals(state.status()) ? 1 : 0);
        }
        state.last().ifPresent(row -> addFigures(labels, row, product.shownFigures()));
        state.miss().ifPresent(miss -> OpenMetricsPage.add(missedSince, labels, miss.since().getEpochSecond()));
    }

    /**
     * Whoever scrapes metrics is nobody in particular.
     */
    private void addFigures(Labels labels, SlaRow row, ShownFigures shown)
    {
        boolean time = SlaEvaluator.isSeconds(row.slo());
        row.actual().filter(_ -> shown.ofObjective(row.slo(), row.source())).ifPresent(figure -> OpenMetricsPage.add(time ? seconds : ratio, labels, figure.doubleValue()));
        row.threshold().ifPresent(figure -> OpenMetricsPage.add(time ? mostSeconds : leastRatio, labels, figure.doubleValue()));
        OpenMetricsPage.add(checked, labels, row.checkedAt().getEpochSecond());
    }

    public String write()
    {
        return OpenMetricsPage.write(status, seconds, mostSeconds, ratio, leastRatio, checked, missedSince);
    }
}
