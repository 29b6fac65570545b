package io.meshwright.cli.report;

import io.meshwright.bridge.result.PortQuality;
import io.meshwright.bridge.result.PortQuality.CheckQuality;
import io.meshwright.cli.report.QualityReport.Tested;
import io.meshwright.model.check.CheckMetric;
import io.meshwright.model.check.CheckStatus;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.Unit;

import static io.meshwright.cli.report.OpenMetricsPage.gauge;

/**
 * The newest figures in the text format of OpenMetrics.
 */
public final class QualityMetrics
{
    private final GaugeSnapshot.Builder productStatus = gauge("mesh_quality_product_status", "1 for the verdict of the last contract test of the port, 0 for all others");
    private final GaugeSnapshot.Builder tested = gauge("mesh_quality_test_timestamp_seconds", "When the last contract test was over, in seconds since 1970").unit(Unit.SECONDS);
    private final GaugeSnapshot.Builder duration = gauge("mesh_quality_test_duration_seconds", "Seconds of the last contract test").unit(Unit.SECONDS);
    private final GaugeSnapshot.Builder bytes = gauge("mesh_quality_test_read_bytes", "Bytes of data files that the last contract test read").unit(Unit.BYTES);
    private final GaugeSnapshot.Builder current = gauge("mesh_quality_contract_current", "1 where the last test was against the contract that is registered now");
    private final GaugeSnapshot.Builder open = gauge("mesh_quality_open_failures", "Checks that failed or could not run when they were last tested");
    private final GaugeSnapshot.Builder score = gauge("mesh_quality_dimension_score_ratio", "How much of a quality dimension holds, 0..1").unit(Unit.RATIO);
    private final GaugeSnapshot.Builder status = gauge("mesh_quality_check_status", "1 for the verdict on the check in the last contract test, 0 for all others");
    private final GaugeSnapshot.Builder figure = gauge("mesh_quality_check_figure", "The figure that the threshold is held against, in the unit of the check");
    private final GaugeSnapshot.Builder valid = gauge("mesh_quality_check_valid_ratio", "Share of rows that keep the rule, 0..1").unit(Unit.RATIO);
    private final GaugeSnapshot.Builder age = gauge("mesh_quality_data_age_seconds", "Age of the data when it was tested").unit(Unit.SECONDS);

    private QualityMetrics() {}

    /**
     * One exposition, with its end mark.
     */
    public static String write(QualityReport report)
    {
        QualityMetrics metrics = new QualityMetrics();
        report.tested().forEach(metrics::add);
        report.untested().forEach(untested -> untested.port().ifPresent(port ->
                metrics.addStatus(metrics.productStatus, Labels.of("product", untested.product(), "domain", untested.domain(), "port", port), "untested")));
        return metrics.write();
    }

    private String write()
    {
        return OpenMetricsPage.write(productStatus, tested, duration, bytes, current, open, score, status, figure, valid, age);
    }

    private void add(Tested port)
    {
        PortQuality quality = port.quality();
        Labels labels = Labels.of("product", port.product(), "domain", port.domain(), "port", quality.port());
        addStatus(productStatus, labels, quality.status());
        OpenMetricsPage.add(tested, labels, quality.testedAt().getEpochSecond());
        OpenMetricsPage.add(duration, labels, quality.seconds().doubleValue());
        quality.bytesRead().ifPresent(read -> OpenMetricsPage.add(bytes, labels, read));
        OpenMetricsPage.add(current, labels, port.contractCurrent() ? 1 : 0);
        OpenMetricsPage.add(open, labels, port.open().size());
        quality.scores().forEach(found -> OpenMetricsPage.add(score, labels.add("dimension", found.dimension()), found.score().doubleValue()));
        quality.checks().forEach(check -> add(labels, check));
    }

    private void add(Labels port, CheckQuality check)
    {
        Labels labels = port.merge(Labels.of("check", check.name(), "metric", check.metric(), "dimension", check.dimension(), "severity", check.severity()));
        addStatus(status, labels, check.status());
        GaugeSnapshot.Builder family = check.metric().equals(CheckMetric.FRESHNESS.label()) ? age : figure;
        check.actual().ifPresent(actual -> OpenMetricsPage.add(family, labels, actual.doubleValue()));
        check.validRatio().ifPresent(ratio -> OpenMetricsPage.add(valid, labels, ratio.doubleValue()));
    }

    private void addStatus(GaugeSnapshot.Builder family, Labels labels, String found)
    {
        for (CheckStatus each : CheckStatus.values()) {
            OpenMetricsPage.add(family, labels.add("status", each.label()), each.label().equals(found) ? 1 : 0);
        }
        if (family == productStatus) {
            OpenMetricsPage.add(family, labels.add("status", "untested"), found.equals("untested") ? 1 : 0);
        }
    }
}
