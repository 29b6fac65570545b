package io.meshwright.spark.check;

import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

import static java.lang.Math.toIntExact;
import static java.util.Objects.requireNonNull;

/**
 * Parquet files through Iceberg's {@link FileIO}, and their values as Iceberg holds them.
 */
final class ParquetFiles
{
    private ParquetFiles() {}

    static ParquetFileReader open(FileIO io, String location, long length)
            throws IOException
    {
        return ParquetFileReader.open(new IcebergInput(io.newInputFile(location, length)), ParquetReadOptions.builder(new PlainParquetConfiguration()).build());
    }

    /**
     * A value of a dictionary; empty where the file writes the type in another way than Iceberg.
     */
    static Optional<Object> value(ColumnDescriptor column, Dictionary dictionary, int id, Type type)
    {
        LogicalTypeAnnotation logical = column.getPrimitiveType().getLogicalTypeAnnotation();
        return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
            case INT32 -> number(dictionary.decodeToInt(id), logical, type);
            case INT64 -> number(dictionary.decodeToLong(id), logical, type);
            case FLOAT -> floating(dictionary.decodeToFloat(id), type);
            case DOUBLE -> type.typeId() == TypeID.DOUBLE ? Optional.of(dictionary.decodeToDouble(id)) : Optional.empty();
            case BINARY -> type.typeId() == TypeID.STRING
                    ? Optional.of(dictionary.decodeToBinary(id).toStringUsingUTF8())
                    : decimal(new BigInteger(dictionary.decodeToBinary(id).getBytes()), logical, type);
            case FIXED_LEN_BYTE_ARRAY -> decimal(new BigInteger(dictionary.decodeToBinary(id).getBytes()), logical, type);
            case BOOLEAN, INT96 -> Optional.empty();
        };
    }

    private static Optional<Object> floating(float value, Type type)
    {
        return switch (type.typeId()) {
            case FLOAT -> Optional.of(value);
            case DOUBLE -> Optional.of((double) value);
            default -> Optional.empty();
        };
    }

    private static Optional<Object> number(long value, LogicalTypeAnnotation logical, Type type)
    {
        return switch (type.typeId()) {
            case INTEGER, DATE -> Optional.of(toIntExact(value));
            case LONG -> Optional.of(value);
            case TIMESTAMP -> logical instanceof TimestampLogicalTypeAnnotation timestamp && timestamp.getUnit() == TimeUnit.MICROS ? Optional.of(value) : Optional.empty();
            case DECIMAL -> decimal(BigInteger.valueOf(value), logical, type);
            default -> Optional.empty();
        };
    }

    private static Optional<Object> decimal(BigInteger unscaled, LogicalTypeAnnotation logical, Type type)
    {
        return type.typeId() == TypeID.DECIMAL && logical instanceof DecimalLogicalTypeAnnotation decimal
                ? Optional.of(new BigDecimal(unscaled, decimal.getScale()))
                : Optional.empty();
    }

    private static final class IcebergInput
            implements InputFile
    {
        private final org.apache.iceberg.io.InputFile file;

        private IcebergInput(org.apache.iceberg.io.InputFile file)
        {
            this.file = requireNonNull(file, "file is null");
        }

        @Override
        public long getLength()
        {
            return file.getLength();
        }

        @Override
        public SeekableInputStream newStream()
        {
            org.apache.iceberg.io.SeekableInputStream stream = file.newStream();
            return new DelegatingSeekableInputStream(stream)
            {
                @Override
                public long getPos()
                        throws IOException
                {
                    return stream.getPos();
                }

                @Override
                public void seek(long position)
                        throws IOException
                {
                    stream.seek(position);
                }
            };
        }
    }
}
