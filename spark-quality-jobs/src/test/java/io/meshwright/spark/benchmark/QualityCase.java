package io.meshwright.spark.benchmark;

/**
 * A situation in which a table is held against its contract.
 */
enum QualityCase
{
    B1("clean, nothing known, all rules"),
    B1S("the same, rows shuffled"),
    B2("what metadata can answer"),
    B3("1 % appended"),
    B4("nothing changed"),
    B5P("0.1 % deleted in 3 files, position deletes"),
    B5V("0.1 % deleted in 3 files, deletion vectors"),
    B6("all files compacted"),
    B7("1 bad row in 1 of 120 files"),
    B8("one key of text, shuffled"),
    B9("200 columns, 500 rules");

    private final String description;

    QualityCase(String description)
    {
        this.description = description;
    }

    String description()
    {
        return description;
    }

    /**
     * The name of the table of the case.
     */
    String table()
    {
        return "case_" + name().toLowerCase(java.util.Locale.ROOT);
    }

    /**
     * Whether Deequ answers the same from the whole table.
     */
    boolean hasPeer()
    {
        return switch (this) {
            case B1, B1S, B2, B3, B7, B8, B9 -> true;
            case B4, B5P, B5V, B6 -> false;
        };
    }

    boolean isLineItems()
    {
        return this != B8 && this != B9;
    }

    BenchmarkContract contract()
    {
        return switch (this) {
            case B1, B1S, B3, B4, B5P, B5V, B6 -> LineItemContract.all();
            case B2 -> LineItemContract.metadata();
            case B7 -> LineItemContract.values();
            case B8 -> WideContract.key();
            case B9 -> WideContract.wide();
        };
    }
}
