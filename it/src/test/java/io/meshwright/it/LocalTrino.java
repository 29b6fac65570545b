package io.meshwright.it;

import java.net.URI;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A local Trino started by {@code mesh up --detach}, ended by {@code mesh down}.
 */
public final class LocalTrino
        implements AutoCloseable
{
    private static final Duration START = Duration.ofMinutes(4);

    private static final Pattern ADDRESS = Pattern.compile("ready at (http://\\S+)");

    private final Mesh mesh;
    private final URI uri;

    private LocalTrino(Mesh mesh, URI uri)
    {
        this.mesh = mesh;
        this.uri = uri;
    }

    public static LocalTrino up(Mesh mesh)
    {
        Matcher address = ADDRESS.matcher(mesh.run(START, "up", "--detach").expectExit(0).output());
        if (!address.find()) {
            throw new AssertionError("mesh up did not say where Trino is");
        }
        return new LocalTrino(mesh, URI.create(address.group(1)));
    }

    public URI uri()
    {
        return uri;
    }

    /**
     * Runs one statement and returns its rows as CSV, without a header's sake being lost: the first line names the columns.
     */
    public String csv(String user, String sql)
    {
        return mesh.run("sql", "--user", user, "-o", "csv", sql).expectExit(0).output();
    }

    public Execution sql(String user, String sql)
    {
        return mesh.run("sql", "--user", user, sql);
    }

    @Override
    public void close()
    {
        mesh.run("down").expectExit(0);
    }
}
