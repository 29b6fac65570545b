package io.meshwright.model.finding;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * A place in a file.
 *
 * @param file the path as the user gave it, or as it was resolved from the file that names it
 * @param line first line is 1
 * @param column first column is 1, counted in Unicode code points
 */
public record SourceLocation(String file, int line, int column)
{
    public SourceLocation
    {
        requireNonNull(file, "file is null");
        checkArgument(line >= 1, "line is not positive: %s", line);
        checkArgument(column >= 1, "column is not positive: %s", column);
    }

    /**
     * The beginning of a file, for findings about the file as a whole.
     */
    public static SourceLocation startOf(String file)
    {
        return new SourceLocation(file, 1, 1);
    }

    @Override
    public String toString()
    {
        return file + ":" + line + ":" + column;
    }
}
