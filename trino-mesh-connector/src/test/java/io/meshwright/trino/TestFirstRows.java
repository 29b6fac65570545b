package io.meshwright.trino;

import com.google.common.collect.ImmutableList;
import io.trino.spi.Page;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.connector.ConnectorSplit;
import io.trino.spi.connector.FixedPageSource;
import io.trino.spi.connector.FixedSplitSource;
import io.trino.spi.connector.SourcePage;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static io.trino.spi.type.BigintType.BIGINT;
import static org.assertj.core.api.Assertions.assertThat;

class TestFirstRows
{
    private record TestingSplit(long first)
            implements ConnectorSplit
    {
        @Override
        public long getRetainedSizeInBytes()
        {
            return 0;
        }
    }

    @Test
    void testEndsWithinASplitAndCountsOnlyUpwards()
    {
        assertThat(read(5, 1, 4, 7)).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void testFewerRowsThanAskedFor()
    {
        assertThat(read(5, 1)).containsExactly(1L, 2L, 3L);
        assertThat(read(5)).isEmpty();
    }

    /**
     * Reads splits of three rows each.
     */
    private static List<Long> read(int rows, long... splits)
    {
        ImmutableList.Builder<ConnectorSplit> all = ImmutableList.builder();
        for (long first : splits) {
            all.add(new TestingSplit(first));
        }
        FirstRows source = new FirstRows(rows, new FixedSplitSource(all.build()), split -> new FixedPageSource(List.of(page(((TestingSplit) split).first()))));
        List<Long> values = new ArrayList<>();
        long bytes = 0;
        while (!source.isFinished()) {
            SourcePage page = source.getNextSourcePage();
            assertThat(source.getCompletedBytes()).isGreaterThanOrEqualTo(bytes);
            bytes = source.getCompletedBytes();
            for (int position = 0; page != null && position < page.getPositionCount(); position++) {
                values.add(BIGINT.getLong(page.getBlock(0), position));
            }
        }
        assertThat(bytes > 0).isEqualTo(splits.length > 0);
        source.close();
        assertThat(source.getCompletedBytes()).as("after the end").isGreaterThanOrEqualTo(bytes);
        return values;
    }

    private static Page page(long first)
    {
        BlockBuilder block = BIGINT.createFixedSizeBlockBuilder(3);
        for (long value = first; value < first + 3; value++) {
            BIGINT.writeLong(block, value);
        }
        return new Page(block.build());
    }
}
