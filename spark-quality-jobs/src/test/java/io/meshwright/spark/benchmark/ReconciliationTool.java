package io.meshwright.spark.benchmark;

/**
 * What compares.
 */
enum ReconciliationTool
{
    NATIVE("ours, native"),
    MD5("ours, md5"),
    RELADIFF("reladiff"),
    RELADIFF_DUCKDB("reladiff, DuckDB"),
    DVT("DVT"),
    DVT_PARTITIONED("DVT, partitioned");

    private final String label;

    ReconciliationTool(String label)
    {
        this.label = label;
    }

    String label()
    {
        return label;
    }

    boolean isOurs()
    {
        return this == NATIVE || this == MD5;
    }
}
