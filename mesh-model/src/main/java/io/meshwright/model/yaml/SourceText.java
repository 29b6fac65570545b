package io.meshwright.model.yaml;

import io.meshwright.model.finding.SourceLocation;

/**
 * Turns offsets of a text into lines and columns; a line ends with LF, CR or CR LF.
 */
final class SourceText
{
    private SourceText() {}

    static SourceLocation locationAt(String file, String text, int offset)
    {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < offset; i++) {
            char character = text.charAt(i);
            boolean firstOfTwo = character == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if (character == '\n' || (character == '\r' && !firstOfTwo)) {
                line++;
                lineStart = i + 1;
            }
        }
        return new SourceLocation(file, line, text.codePointCount(lineStart, offset) + 1);
    }
}
