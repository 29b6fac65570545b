package io.meshwright.cli.output;

/**
 * Colours for terminals. A state always has a word as well, so that nothing is told by colour alone.
 */
public enum Style
{
    BOLD("1"),
    DIM("2"),
    RED("31"),
    GREEN("32"),
    YELLOW("33");

    private final String code;

    Style(String code)
    {
        this.code = code;
    }

    public String paint(String text, boolean color)
    {
        return color ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
