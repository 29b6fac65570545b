package io.meshwright.spark.job;

import com.google.common.collect.ImmutableSet;
import io.meshwright.bridge.check.ProductUnderTest;
import io.meshwright.bridge.check.SlaCheck;
import io.meshwright.model.check.ExitStatus;
import io.meshwright.model.sla.SlaReport;
import io.meshwright.spark.check.NewestTime;
import io.meshwright.spark.session.PinnedTable;
import io.meshwright.spark.session.SparkSessions;

import java.time.Clock;
import java.util.Set;

/**
 * Holds a product against its service levels. Starts Spark only where metadata does not tell the newest timestamp.
 */
public final class SlaCheckJob
{
    private SlaCheckJob() {}

    public static void main(String[] arguments)
    {
        System.exit(JobRunner.run(arguments, Set.of("slo"), System.err, Clock.systemUTC(), SlaCheckJob::run));
    }

    static ExitStatus run(JobContext context)
    {
        ProductUnderTest product = context.product();
        SlaCheck check = new SlaCheck(product, ImmutableSet.copyOf(context.arguments().texts("slo")), context.catalog(), context.clock());
        SlaReport report = check.run(context.arguments().runId(), column -> {
            context.console().progress("reading column %s of %s".formatted(column, product.address()));
            try (PinnedTable table = PinnedTable.open(SparkSessions.start("meshwright sla check " + product.address()), product.table())) {
                return NewestTime.of(table, column);
            }
        });
        if (context.arguments().record()) {
            context.results().record(report);
        }
        JobRunner.publish(context.arguments(), report);
        return report.exitStatus();
    }
}
