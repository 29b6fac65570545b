package io.meshwright.it;

import java.util.ArrayList;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * A fenced block of a Markdown text, with the number of its first line.
 */
record FencedBlock(String kind, int line, List<String> lines)
{
    private static final String FENCE = "```";

    FencedBlock
    {
        requireNonNull(kind, "kind is null");
        lines = List.copyOf(lines);
    }

    static List<FencedBlock> of(List<String> text)
    {
        List<FencedBlock> blocks = new ArrayList<>();
        for (int open = 0; open < text.size(); open++) {
            if (text.get(open).strip().startsWith(FENCE)) {
                int close = open + 1;
                while (close < text.size() && !text.get(close).strip().equals(FENCE)) {
                    close++;
                }
                if (close == text.size()) {
                    throw new IllegalArgumentException("The block in line " + (open + 1) + " does not end");
                }
                blocks.add(new FencedBlock(text.get(open).strip().substring(FENCE.length()), open + 2, text.subList(open + 1, close)));
                open = close;
            }
        }
        return List.copyOf(blocks);
    }
}
