package io.meshwright.bridge.provision;

import static java.util.Objects.requireNonNull;

/**
 * How a table follows its contract in one column.
 *
 * @param path the column, nested ones by dots
 * @param detail for people, for example {@code int to long}
 */
public record ColumnChange(Kind kind, String path, String detail)
{
    public enum Kind
    {
        ADD("add"),
        WIDEN("widen"),
        MAKE_OPTIONAL("make optional"),
        DESCRIBE("describe"),
        /**
         * Nothing is changed, but a reader of the plan should know.
         */
        NOTE("note"),
        /**
         * The table cannot follow.
         */
        REFUSE("refuse");

        private final String label;

        Kind(String label)
        {
            this.label = label;
        }

        public String label()
        {
            return label;
        }
    }

    public ColumnChange
    {
        requireNonNull(kind, "kind is null");
        requireNonNull(path, "path is null");
        requireNonNull(detail, "detail is null");
    }

    public boolean changesTable()
    {
        return kind != Kind.NOTE && kind != Kind.REFUSE;
    }
}
