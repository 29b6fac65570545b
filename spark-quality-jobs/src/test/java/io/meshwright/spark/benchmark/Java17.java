package io.meshwright.spark.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds a JDK 17, on which both Spark 3.5 and Spark 4.1 run.
 */
final class Java17
{
    private static final List<String> FOLDERS = List.of("/usr/lib/jvm", "/usr/lib64/jvm", "/usr/java", "/opt/java", "/opt", "/Library/Java/JavaVirtualMachines", ".sdkman/candidates/java", ".jdks", ".local/share/mise/installs/java", ".asdf/installs/java");

    private Java17() {}

    static Path find()
    {
        List<Path> homes = new ArrayList<>();
        for (String variable : List.of("JAVA17_HOME", "JAVA_HOME_17_X64", "JAVA_HOME")) {
            if (System.getenv(variable) != null) {
                homes.add(Path.of(System.getenv(variable)));
            }
        }
        for (String folder : FOLDERS) {
            Path parent = Path.of(System.getProperty("user.home")).resolve(folder);
            if (Files.isDirectory(parent)) {
                try (Stream<Path> children = Files.list(parent)) {
                    children.sorted().forEach(child -> {
                        homes.add(child);
                        homes.add(child.resolve("Contents/Home"));
                    });
                }
                catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return homes.stream().filter(Java17::suits).map(home -> home.resolve("bin/java")).findFirst().orElseThrow(() -> new IllegalStateException(
                """
                The benchmark runs Deequ and the jobs on a Java 17; none was found in JAVA17_HOME, JAVA_HOME or the usual folders.
                Install one, for example:
                  Debian, Ubuntu   apt-get install openjdk-17-jre-headless
                  Fedora, RHEL     dnf install java-17-openjdk-headless
                  macOS            brew install openjdk@17
                  any (SDKMAN!)    sdk install java 17-tem
                or set JAVA17_HOME."""));
    }

    private static boolean suits(Path home)
    {
        Path release = home.resolve("release");
        try {
            return Files.isExecutable(home.resolve("bin/java")) && Files.isReadable(release) && Files.readString(release).contains("JAVA_VERSION=\"17");
        }
        catch (IOException e) {
            return false;
        }
    }
}
