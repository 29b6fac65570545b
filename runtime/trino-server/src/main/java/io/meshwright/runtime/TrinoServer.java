package io.meshwright.runtime;

import io.trino.server.Server;

/**
 * Starts the Trino server of the libraries on the class path; configuration as in any Trino installation.
 */
public final class TrinoServer
{
    private TrinoServer() {}

    public static void main(String[] args)
    {
        new Server().start(Server.class.getPackage().getImplementationVersion());
    }
}
