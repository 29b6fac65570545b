package io.meshwright.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * Spark as its project publishes it on PyPI, and the Java on which to run it: 17 or 21 where the machine has one. Its
 * Hadoop does not run on Java 24 and newer, and where there is only such a one, it gets the Hadoop of our distribution,
 * as our documentation tells.
 */
record StockSpark(Path home, Path java)
{
    private static final PythonEnvironment ENVIRONMENT = new PythonEnvironment("pyspark", List.of("pyspark==4.1.3"));
    private static final Set<String> SUITED = Set.of("17", "21");

    StockSpark
    {
        requireNonNull(home, "home is null");
        requireNonNull(java, "java is null");
    }

    static StockSpark find()
            throws IOException
    {
        Path stock = ENVIRONMENT.prepare();
        try (Stream<Path> folders = Files.find(stock.resolve("lib"), 4, (path, _) -> path.endsWith("site-packages/pyspark"))) {
            Path home = folders.findFirst().orElseThrow();
            Optional<Path> java = suitedJava();
            return java.isPresent() ? new StockSpark(home, java.orElseThrow()) : new StockSpark(withOurHadoop(home), Path.of(System.getProperty("java.home")));
        }
    }

    Map<String, String> environment()
    {
        return Map.of(
                "SPARK_HOME", home.toString(),
                "JAVA_HOME", java.toString(),
                "SPARK_LOCAL_IP", "127.0.0.1",
                // no process lives long enough for more
                "JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");
    }

    private static Optional<Path> suitedJava()
            throws IOException
    {
        Path installed = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(installed)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(installed)) {
            return homes.filter(home -> Files.isExecutable(home.resolve("bin/java")) && SUITED.contains(majorVersion(home))).sorted().findFirst();
        }
    }

    private static String majorVersion(Path home)
    {
        if (!Files.isReadable(home.resolve("release"))) {
            return "";
        }
        Properties release = new Properties();
        try (var text = Files.newBufferedReader(home.resolve("release"))) {
            release.load(text);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return release.getProperty("JAVA_VERSION", "").replace("\"", "").replaceFirst("\\..*", "");
    }

    private static Path withOurHadoop(Path stock)
            throws IOException
    {
        Path home = Mesh.REPOSITORY.resolve("it/target/pyspark-hadoop");
        Path jars = home.resolve("jars");
        Files.createDirectories(jars);
        link(home.resolve("bin"), stock.resolve("bin"));
        for (Path folder : List.of(stock.resolve("jars"), Mesh.HOME.resolve("spark/lib"))) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path jar : files.toList()) {
                    if (jar.getFileName().toString().startsWith("hadoop-client") != folder.startsWith(stock)) {
                        link(jars.resolve(jar.getFileName()), jar);
                    }
                }
            }
        }
        return home;
    }

    private static void link(Path link, Path target)
            throws IOException
    {
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, target);
    }
}
