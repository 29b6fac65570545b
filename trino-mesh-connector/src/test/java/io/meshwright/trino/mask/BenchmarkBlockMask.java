package io.meshwright.trino.mask;

import io.meshwright.model.mask.MaskKind;
import io.trino.spi.block.Block;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.type.Type;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.Random;
import java.util.concurrent.TimeUnit;

import static io.airlift.slice.Slices.utf8Slice;
import static io.meshwright.trino.TestingMesh.KEYS;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.VarcharType.VARCHAR;

/**
 * The time of one masked value, in blocks as Parquet files give them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(BenchmarkBlockMask.POSITIONS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--sun-misc-unsafe-memory-access=allow"})
public class BenchmarkBlockMask
{
    public static final int POSITIONS = 8192;

    @Param({"10", "22", "36", "60"})
    private int length;

    private Block texts;
    private Block integers;
    private BlockMask token;
    private BlockMask permute;
    private BlockMask partial;

    @Setup
    public void setUp()
    {
        Random random = new Random(1);
        BlockBuilder textBuilder = VARCHAR.createBlockBuilder(null, POSITIONS);
        BlockBuilder integerBuilder = BIGINT.createBlockBuilder(null, POSITIONS);
        for (int position = 0; position < POSITIONS; position++) {
            VARCHAR.writeSlice(textBuilder, utf8Slice(random.ints(length, 'a', 'z').collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString()));
            BIGINT.writeLong(integerBuilder, random.nextLong());
        }
        texts = textBuilder.build();
        integers = integerBuilder.build();
        token = mask(MaskKind.TOKEN, VARCHAR);
        permute = mask(MaskKind.PERMUTE, BIGINT);
        partial = mask(MaskKind.PARTIAL, VARCHAR);
    }

    @Benchmark
    public Block token()
    {
        return token.mask(texts);
    }

    @Benchmark
    public Block permute()
    {
        return permute.mask(integers);
    }

    @Benchmark
    public Block partial()
    {
        return partial.mask(texts);
    }

    private static BlockMask mask(MaskKind kind, Type type)
    {
        return BlockMask.create(ValueMask.of(new FieldMask(kind, "sku"), type), type, KEYS);
    }
}
