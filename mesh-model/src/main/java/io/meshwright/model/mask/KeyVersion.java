package io.meshwright.model.mask;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * Names one key of a {@link KeyRing} without showing it, so that two processes can tell whether they mask alike.
 *
 * @param version as in the ring's file
 * @param checkValue the first 40 bits, in hexadecimal, of the AES-CMAC of a zero block under a key that is derived for
 *         this alone (the check value of ANSI X9.24-1, on a derived key); equal keys of one version have equal ones
 */
public record KeyVersion(int version, String checkValue)
{
    static final int CHECK_SIZE = 5;

    public KeyVersion
    {
        checkArgument(version > 0, "version is not positive: %s", version);
        requireNonNull(checkValue, "checkValue is null");
    }

    @Override
    public String toString()
    {
        return version + " (check value " + checkValue + ")";
    }
}
