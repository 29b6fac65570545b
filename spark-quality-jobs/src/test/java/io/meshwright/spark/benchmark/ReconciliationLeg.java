package io.meshwright.spark.benchmark;

/**
 * What is compared.
 */
enum ReconciliationLeg
{
    A("identical"),
    B("40 missing, 40 changed, 20 extra, scattered"),
    C("a whole day missing"),
    D("counts of each day only"),
    E("one day"),
    EX("one day, no index on the day"),
    EN("35 days, of which one changed since the last run"),
    F("as B, key of two columns of text, a fifth of the rows"),
    G("1 % of the rows changed"),
    H("traps of formats");

    private final String description;

    ReconciliationLeg(String description)
    {
        this.description = description;
    }

    String description()
    {
        return description;
    }

    /**
     * The table on both sides.
     */
    String table()
    {
        return switch (this) {
            case F -> OrderRows.TEXT_KEY;
            case H -> ReconciliationTraps.TABLE;
            default -> OrderRows.TABLE;
        };
    }

    boolean isFor(ReconciliationTool tool)
    {
        return switch (tool) {
            // counts have no profile
            case NATIVE -> true;
            case MD5 -> this != D;
            case RELADIFF -> this != D && this != EN;
            case RELADIFF_DUCKDB -> this == A || this == H;
            case DVT -> this == A || this == B || this == D || this == H;
            case DVT_PARTITIONED -> this == A || this == B;
        };
    }
}
