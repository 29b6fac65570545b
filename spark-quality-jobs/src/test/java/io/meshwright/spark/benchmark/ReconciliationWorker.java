package io.meshwright.spark.benchmark;

import io.meshwright.spark.job.ReconciliationInProcess;
import org.apache.spark.sql.SparkSession;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Arrays;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A process that writes a product's rows, {@code TABLE folder table file-of-csv}, or that runs the job of a reconciliation each time it is told so,
 * {@code RUN arguments-of-the-job}.
 */
public final class ReconciliationWorker
{
    private ReconciliationWorker() {}

    public static void main(String[] arguments)
            throws IOException
    {
        if (arguments[0].equals("TABLE")) {
            write(Path.of(arguments[1]), arguments[2], arguments[3]);
            return;
        }
        String[] job = Arrays.copyOfRange(arguments, 1, arguments.length);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        while (commands.readLine() != null) {
            System.out.println(MeasuredProcess.REPLY + ReconciliationInProcess.run(job));
            System.out.flush();
        }
        // Spark's threads may live on
        System.exit(0);
    }

    private static void write(Path folder, String table, String file)
    {
        try (BenchmarkLake lake = new BenchmarkLake(folder)) {
            SparkSession session = lake.session();
            LineItems.append(
                    table.equals(ReconciliationTraps.TABLE)
                            ? session.sql("SELECT * FROM VALUES " + new ReconciliationTraps().sparkRows()).toDF(lake.table(table).schema().columns().stream().map(column -> column.name()).toArray(String[]::new))
                            : session.read().schema(ReconciledProducts.sparkColumns(table)).csv(file),
                    table);
        }
    }
}
