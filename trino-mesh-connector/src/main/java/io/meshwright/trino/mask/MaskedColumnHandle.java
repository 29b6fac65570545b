package io.meshwright.trino.mask;

import io.trino.plugin.iceberg.IcebergColumnHandle;
import io.trino.spi.connector.ColumnHandle;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * A column whose values are masked in the page source. The engine never holds the delegate by itself, so nothing that
 * it pushes down can reach the clear values.
 */
public record MaskedColumnHandle(ColumnHandle delegate, ValueMask mask)
        implements ColumnHandle
{
    public MaskedColumnHandle
    {
        requireNonNull(delegate, "delegate is null");
        requireNonNull(mask, "mask is null");
        checkArgument(!mask.isClear(), "mask is clear");
    }

    public IcebergColumnHandle icebergColumn()
    {
        return (IcebergColumnHandle) delegate;
    }

    @Override
    public String toString()
    {
        return delegate + " " + mask;
    }
}
