package io.meshwright.trino.control;

import io.trino.spi.Page;
import io.trino.spi.block.Block;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.SourcePage;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjLongConsumer;

import static java.util.Objects.requireNonNull;

/**
 * Rows of a control table. A column is made when it is asked for: some cost more than others, for example what has to be
 * parsed out of a contract.
 */
final class ControlSourcePage<T>
        implements SourcePage
{
    private final SchemaTableName table;
    private final ControlColumns<T> columns;
    private final Block[] blocks;
    private List<T> records;

    ControlSourcePage(SchemaTableName table, ControlColumns<T> columns, List<T> records)
    {
        this.table = requireNonNull(table, "table is null");
        this.columns = requireNonNull(columns, "columns is null");
        this.records = List.copyOf(records);
        blocks = new Block[columns.count()];
    }

    @Override
    public int getPositionCount()
    {
        return records.size();
    }

    @Override
    public long getSizeInBytes()
    {
        long size = 0;
        for (Block block : blocks) {
            size += block == null ? 0 : block.getSizeInBytes();
        }
        return size;
    }

    @Override
    public long getRetainedSizeInBytes()
    {
        long size = 0;
        for (Block block : blocks) {
            size += block == null ? 0 : block.getRetainedSizeInBytes();
        }
        return size;
    }

    @Override
    public void retainedBytesForEachPart(ObjLongConsumer<Object> consumer)
    {
        for (Block block : blocks) {
            if (block != null) {
                block.retainedBytesForEachPart(consumer);
            }
        }
    }

    @Override
    public int getChannelCount()
    {
        return blocks.length;
    }

    @Override
    public Block getBlock(int channel)
    {
        if (blocks[channel] == null) {
            try {
                blocks[channel] = columns.block(channel, records);
            }
            catch (RuntimeException e) {
                throw ControlPageSource.unavailable(table, e);
            }
        }
        return blocks[channel];
    }

    @Override
    public Page getPage()
    {
        Block[] all = new Block[blocks.length];
        for (int channel = 0; channel < all.length; channel++) {
            all[channel] = getBlock(channel);
        }
        return new Page(getPositionCount(), all);
    }

    @Override
    public void selectPositions(int[] positions, int offset, int size)
    {
        List<T> selected = new ArrayList<>(size);
        for (int index = offset; index < offset + size; index++) {
            selected.add(records.get(positions[index]));
        }
        records = List.copyOf(selected);
        for (int channel = 0; channel < blocks.length; channel++) {
            if (blocks[channel] != null) {
                blocks[channel] = blocks[channel].getPositions(positions, offset, size);
            }
        }
    }
}
