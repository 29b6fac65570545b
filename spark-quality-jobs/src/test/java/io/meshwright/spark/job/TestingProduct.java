package io.meshwright.spark.job;

import io.meshwright.bridge.admission.Admission;
import io.meshwright.bridge.admission.AdmissionReport;
import io.meshwright.bridge.admission.ProductFiles;
import io.meshwright.bridge.registry.IcebergProductRegistry;
import io.meshwright.model.finding.Parsed;
import io.meshwright.model.product.ProductBundle;
import io.meshwright.spark.session.TestingLake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A product as its owner makes it: files, then {@code mesh product apply}.
 */
public final class TestingProduct
{
    private final TestingLake lake = TestingLake.get();
    private final Path folder;
    private final Path config;

    public TestingProduct(Path folder)
    {
        this.folder = folder;
        this.config = folder.resolve("mesh.yaml");
    }

    public Path config(String more)
    {
        return write("mesh.yaml",
                """
                catalog:
                  name: mesh
                  type: jdbc
                  uri: %s
                  warehouse: %s
                %s""".formatted(lake.settings().uri().orElseThrow(), lake.settings().warehouse().orElseThrow(), more));
    }

    Path write(String name, String text)
    {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return file;
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void apply(String spec, String contract)
    {
        write("contract.yaml", contract);
        write("dataproduct.yaml", spec);
        ProductFiles files = new ProductFiles(folder);
        Parsed<ProductBundle> bundle = files.read("dataproduct.yaml", Set.of());
        assertThat(bundle.value()).as("%s", bundle.findings()).isPresent();
        Admission admission = new Admission(lake.catalog(), new IcebergProductRegistry(lake.catalog()));
        AdmissionReport report = admission.apply(admission.prepare(bundle.value().orElseThrow()), files.origin("dataproduct.yaml", "tester"));
        assertThat(report.isAdmitted()).as("%s", report.findings()).isTrue();
    }

    /**
     * What a job did.
     */
    record Run(int exitCode, String messages, Path resultFile)
    {
        String result()
        {
            try {
                return Files.readString(resultFile);
            }
            catch (IOException e) {
                throw new UncheckedIOException(messages, e);
            }
        }
    }

    Run run(Set<String> own, JobRunner.Job job, String... arguments)
    {
        return run(Clock.systemUTC(), own, job, arguments);
    }

    Run run(Clock clock, Set<String> own, JobRunner.Job job, String... arguments)
    {
        Path result = folder.resolve("result.json");
        List<String> all = new ArrayList<>(List.of("--config", config.toString(), "--result-file", result.toString()));
        all.addAll(List.of(arguments));
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        try {
            Files.deleteIfExists(result);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int exitCode = JobRunner.run(all.toArray(new String[0]), own, new PrintStream(messages, true, UTF_8), clock, job);
        return new Run(exitCode, messages.toString(UTF_8), result);
    }
}
