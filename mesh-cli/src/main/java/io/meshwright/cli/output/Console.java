package io.meshwright.cli.output;

import java.io.PrintStream;

import static java.util.Objects.requireNonNull;

/**
 * Where a command writes: its data to standard output, everything else to standard error.
 * Progress is one line that is overwritten on a terminal, and plain lines elsewhere.
 */
public final class Console
{
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final PrintStream err;
    private final boolean outputTerminal;
    private final boolean errorTerminal;
    private boolean color;
    private boolean quiet;
    private boolean progressShown;
    private String lastProgress = "";

    public Console(PrintStream out, PrintStream err, boolean outputTerminal, boolean errorTerminal)
    {
        this.out = requireNonNull(out, "out is null");
        this.err = requireNonNull(err, "err is null");
        this.outputTerminal = outputTerminal;
        this.errorTerminal = errorTerminal;
    }

    public PrintStream out()
    {
        return out;
    }

    public PrintStream err()
    {
        return err;
    }

    public boolean isOutputTerminal()
    {
        return outputTerminal;
    }

    public boolean isErrorTerminal()
    {
        return errorTerminal;
    }

    public boolean isColor()
    {
        return color;
    }

    public void setColor(boolean color)
    {
        this.color = color;
    }

    public void setQuiet(boolean quiet)
    {
        this.quiet = quiet;
    }

    /**
     * One line of the result.
     */
    public synchronized void data(String line)
    {
        clearProgress();
        out.print(line);
        out.print('\n');
        out.flush();
    }

    /**
     * A part of the result, byte for byte as it is.
     */
    public synchronized void raw(String text)
    {
        clearProgress();
        out.print(text);
        out.flush();
    }

    /**
     * Something worth knowing that is not the result; silent with {@code --quiet}.
     */
    public synchronized void info(String line)
    {
        if (!quiet) {
            error(line);
        }
    }

    /**
     * What to do next, said after a success.
     */
    public void next(String command)
    {
        info(Style.DIM.paint("next: ", color) + command);
    }

    /**
     * A line that is shown in any case.
     */
    public synchronized void error(String line)
    {
        clearProgress();
        err.print(line);
        err.print('\n');
        err.flush();
    }

    /**
     * What is going on at the moment; replaced by the next call.
     */
    public synchronized void progress(String text)
    {
        if (quiet || text.equals(lastProgress)) {
            return;
        }
        lastProgress = text;
        if (errorTerminal) {
            err.print(CLEAR_LINE + text);
            progressShown = true;
        }
        else {
            err.print(text + "\n");
        }
        err.flush();
    }

    public synchronized void clearProgress()
    {
        if (progressShown) {
            err.print(CLEAR_LINE);
            err.flush();
            progressShown = false;
        }
        lastProgress = "";
    }
}
