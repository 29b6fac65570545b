package io.meshwright.cli;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.finding.MeshException;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;

/**
 * The folders of an unpacked distribution: {@code lib}, {@code trino/lib}, {@code trino/plugin},
 * {@code spark/lib}, {@code examples}. The launcher names the home by the system property {@code meshwright.home}.
 */
public final class Installation
{
    private final Optional<Path> home;

    public Installation(Optional<Path> home)
    {
        this.home = requireNonNull(home, "home is null");
    }

    public static Installation ofSystemProperties()
    {
        return new Installation(Optional.ofNullable(System.getProperty("meshwright.home")).map(Path::of));
    }

    public Optional<Path> home()
    {
        return home;
    }

    public Path trinoPlugins()
    {
        return folder("trino/plugin");
    }

    /**
     * The file with the JVM's options for the Trino server.
     */
    public Path trinoOptions()
    {
        return folder("trino").resolve("jvm.options");
    }

    /**
     * The file with the JVM's options for Spark.
     */
    public Path sparkOptions()
    {
        return folder("spark").resolve("jvm.options");
    }

    /**
     * The class path of the Trino server.
     */
    public String trinoClassPath()
    {
        return classPath(folder("trino/lib"));
    }

    /**
     * The class path of Spark with the jobs.
     */
    public String sparkClassPath()
    {
        return classPath(folder("spark/lib"));
    }

    /**
     * The examples that the distribution brings along.
     */
    public Path examples()
    {
        return folder("examples");
    }

    private Path folder(String name)
    {
        Path folder = home.orElseThrow(() -> incomplete("The command was started without its launcher, so it does not know its own folder")).resolve(name);
        if (!Files.isDirectory(folder)) {
            throw incomplete("The folder " + name + " is missing in the installation");
        }
        return folder;
    }

    private static MeshException incomplete(String message)
    {
        return new MeshException(
                CliRule.INSTALLATION_INCOMPLETE,
                USER,
                message,
                "start the command by the launcher bin/mesh of the distribution, or by ./mesh in the source tree, which builds what is missing");
    }

    private static String classPath(Path folder)
    {
        List<String> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
            files.forEach(file -> jars.add(file.toString()));
        }
        catch (IOException e) {
            throw incomplete("The folder " + folder.getFileName() + " cannot be read");
        }
        if (jars.isEmpty()) {
            throw incomplete("The folder " + folder.getParent().getFileName() + "/" + folder.getFileName() + " holds no libraries");
        }
        jars.sort(Comparator.naturalOrder());
        return String.join(java.io.File.pathSeparator, ImmutableList.copyOf(jars));
    }

    /**
     * The {@code java} of the JVM that runs this command.
     */
    public static Path java()
    {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }
}
