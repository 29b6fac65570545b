package io.meshwright.it;

import static org.junit.jupiter.api.Assumptions.abort;

/**
 * Tools that are not part of the build. A developer's machine may lack them, and then their tests are skipped by name;
 * in continuous integration, where {@code .ci/run} installs them, a missing one is a failure.
 */
public final class Requirements
{
    private Requirements() {}

    public static RuntimeException missing(String what, String remedy)
    {
        String message = "%s is missing: %s".formatted(what, remedy);
        if (Boolean.parseBoolean(System.getenv("CI"))) {
            throw new AssertionError(message);
        }
        return abort(message);
    }
}
