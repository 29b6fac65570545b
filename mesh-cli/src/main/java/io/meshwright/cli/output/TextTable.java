package io.meshwright.cli.output;

import com.google.common.collect.ImmutableList;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Rows with aligned columns. Control characters in cells are shown escaped, so that a value can neither
 * break the table nor drive the terminal.
 */
public final class TextTable
{
    private final List<String> columns;
    private final String separator;
    private final boolean ruled;
    private final List<List<String>> rows = new ArrayList<>();
    private final Set<Integer> rightAligned = new HashSet<>();

    private TextTable(List<String> columns, String separator, boolean ruled)
    {
        this.columns = ImmutableList.copyOf(columns);
        this.separator = separator;
        this.ruled = ruled;
    }

    /**
     * A list for people: upper-case headings, two spaces between the columns.
     */
    public static TextTable list(String... columns)
    {
        return new TextTable(ImmutableList.copyOf(columns).stream().map(column -> column.toUpperCase(Locale.ROOT)).toList(), "  ", false);
    }

    /**
     * The result of a statement: headings as they are, with rules.
     */
    public static TextTable result(List<String> columns)
    {
        return new TextTable(columns.stream().map(TextTable::printable).toList(), " | ", true);
    }

    public TextTable alignRight(int column)
    {
        rightAligned.add(column);
        return this;
    }

    public TextTable row(Object... cells)
    {
        return row(ImmutableList.copyOf(cells).stream().map(Object::toString).toList());
    }

    public TextTable row(List<String> cells)
    {
        checkArgument(cells.size() == columns.size(), "%s cells for %s columns", cells.size(), columns.size());
        rows.add(cells.stream().map(TextTable::printable).toList());
        return this;
    }

    public int size()
    {
        return rows.size();
    }

    public List<String> lines()
    {
        int[] widths = new int[columns.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = DisplayWidth.of(columns.get(column));
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], DisplayWidth.of(row.get(column)));
            }
        }
        ImmutableList.Builder<String> lines = ImmutableList.builder();
        lines.add(line(columns, widths));
        if (ruled) {
            StringBuilder rule = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                rule.append(column == 0 ? "" : "-+-").append("-".repeat(widths[column]));
            }
            lines.add(rule.toString());
        }
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines.build();
    }

    private String line(List<String> cells, int[] widths)
    {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            String padding = " ".repeat(widths[column] - DisplayWidth.of(cell));
            line.append(column == 0 ? "" : separator);
            line.append(rightAligned.contains(column) ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }

    private static String printable(String text)
    {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(codePoint -> {
            switch (codePoint) {
                case '\n' -> printable.append("\\n");
                case '\r' -> printable.append("\\r");
                case '\t' -> printable.append("\\t");
                default -> {
                    if (Character.isISOControl(codePoint)) {
                        printable.append(String.format(Locale.ROOT, "\\u%04x", codePoint));
                    }
                    else {
                        printable.appendCodePoint(codePoint);
                    }
                }
            }
        });
        return printable.toString();
    }
}
