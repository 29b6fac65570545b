package io.meshwright.model.sla;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * A text that is no service level, with the place in the text and the remedy.
 */
public class SlaFormatException
        extends IllegalArgumentException
{
    private final int offset;
    private final String fix;

    public SlaFormatException(String message, int offset, String fix)
    {
        super(requireNonNull(message, "message is null"));
        checkArgument(offset >= 0, "offset is negative: %s", offset);
        this.offset = offset;
        this.fix = requireNonNull(fix, "fix is null");
    }

    /**
     * The index in the text at which it stops to make sense.
     */
    public int offset()
    {
        return offset;
    }

    public String fix()
    {
        return fix;
    }
}
