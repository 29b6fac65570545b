package io.meshwright.spark.session;

import org.apache.iceberg.spark.source.SparkRewriteTable;
import org.apache.iceberg.spark.source.SparkTable;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.connector.catalog.SupportsMetadataColumns;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Chosen files of a table with the columns of that table. Iceberg's own table of chosen files adds the columns of row lineage, by which Spark finds no
 * other metadata column.
 */
final class StagedTable
        implements SupportsMetadataColumns,
                   SupportsRead,
                   Table
{
    private final SparkTable whole;
    private final SparkRewriteTable chosen;

    StagedTable(SparkTable whole, SparkRewriteTable chosen)
    {
        this.whole = requireNonNull(whole, "whole is null");
        this.chosen = requireNonNull(chosen, "chosen is null");
    }

    @Override
    public String name()
    {
        return whole.name();
    }

    @Override
    public Column[] columns()
    {
        return whole.columns();
    }

    @Override
    public Set<TableCapability> capabilities()
    {
        return Set.of(TableCapability.BATCH_READ);
    }

    @Override
    public MetadataColumn[] metadataColumns()
    {
        return whole.metadataColumns();
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options)
    {
        return chosen.newScanBuilder(options);
    }
}
