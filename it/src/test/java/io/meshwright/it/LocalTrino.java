package io.meshwright.it;

import java.time.Duration;

/**
 * A local Trino started by {@code mesh up --detach}, ended by {@code mesh down}.
 */
public final class LocalTrino
        implements AutoCloseable
{
    private static final Duration START = Duration.ofMinutes(4);

    private final Mesh mesh;

    private LocalTrino(Mesh mesh)
    {
        this.mesh = mesh;
    }

    public static LocalTrino up(Mesh mesh)
    {
        mesh.run(START, "up", "--detach").expectExit(0);
        return new LocalTrino(mesh);
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
