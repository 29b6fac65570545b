package io.meshwright.trino.benchmark;

import static java.util.Objects.requireNonNull;

/**
 * One of the ways to read the same tables that are compared.
 */
record Reader(String name, String catalog, String user)
{
    Reader
    {
        requireNonNull(name, "name is null");
        requireNonNull(catalog, "catalog is null");
        requireNonNull(user, "user is null");
    }

    @Override
    public String toString()
    {
        return name;
    }
}
