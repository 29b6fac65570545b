package io.meshwright.model.fingerprint;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * The last 60 bits of a digest of the canonical text.
 */
public final class DigestRowHash
        implements RowHash
{
    private static final long serialVersionUID = 1;
    private static final long BITS = 0x0FFF_FFFF_FFFF_FFFFL;

    private final List<ComparedType> types;
    private final String algorithm;
    private final String charset;
    private transient MessageDigest digest;
    private transient Charset encoding;
    private transient CanonicalBytes canonical;

    /**
     * @param charset in which the legacy database hashes texts
     */
    public DigestRowHash(HashProfile profile, List<ComparedType> types, Charset charset)
    {
        checkArgument(requireNonNull(profile, "profile is null") != HashProfile.NATIVE, "A native hash is no digest");
        this.algorithm = profile == HashProfile.MD5 ? "MD5" : "SHA-256";
        this.types = List.copyOf(types);
        this.types.forEach(type -> checkArgument(type.kind().isHashed(), "%s is not hashed", type.kind()));
        this.charset = charset.name();
    }

    @Override
    public long hash(List<Object> values)
    {
        checkArgument(values.size() == types.size(), "%s values for %s columns", values.size(), types.size());
        return hash(CanonicalText.row(types, values));
    }

    /**
     * For an integer the value itself, whose sum is exact and cheap.
     */
    @Override
    public long hash(int column, Object value)
    {
        if (value == null) {
            return 0;
        }
        ComparedType type = types.get(column);
        return type.kind() == ComparedType.Kind.INTEGER ? (long) value : hash(CanonicalText.of(type, value));
    }

    @Override
    public void hash(List<ColumnValues> columns, int rows, long[] hashes)
    {
        checkArgument(columns.size() == types.size(), "%s columns for %s", columns.size(), types.size());
        begin();
        for (int row = 0; row < rows; row++) {
            hashes[row] = last(canonical.row(columns, row).digested(digest, encoding));
        }
    }

    @Override
    public void hash(int column, ColumnValues values, int rows, long[] hashes)
    {
        if (types.get(column).kind() == ComparedType.Kind.INTEGER) {
            System.arraycopy(values.numbers(), 0, hashes, 0, rows);
            return;
        }
        begin();
        for (int row = 0; row < rows; row++) {
            hashes[row] = values.isMissing(row) ? 0 : last(canonical.value(values, row).digested(digest, encoding));
        }
    }

    private long hash(String text)
    {
        begin();
        return last(digest.digest(text.getBytes(encoding)));
    }

    private void begin()
    {
        if (digest == null) {
            canonical = new CanonicalBytes();
            encoding = Charset.forName(charset);
            try {
                digest = MessageDigest.getInstance(algorithm);
            }
            catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(algorithm + " is missing, which every Java has", e);
            }
        }
    }

    private static long last(byte[] bytes)
    {
        return ByteBuffer.wrap(bytes).getLong(bytes.length - Long.BYTES) & BITS;
    }
}
