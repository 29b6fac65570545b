package io.meshwright.model.mask;

import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;

/**
 * The AES-128 block cipher over many blocks in one call, which lets the processor's AES instructions work in parallel.
 * Not thread-safe.
 */
final class AesBlocks
{
    static final int BLOCK_SIZE = 16;
    static final int KEY_SIZE = 16;
    /**
     * Blocks that are worth one call; their bytes still fit into the processor's first cache.
     */
    static final int BATCH_SIZE = 512;

    static final VarHandle LITTLE_ENDIAN = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle BIG_ENDIAN = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final Cipher cipher;

    AesBlocks(byte[] key)
    {
        try {
            cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, 0, KEY_SIZE, "AES"));
        }
        catch (GeneralSecurityException e) {
            // the cause may describe the key
            throw new IllegalStateException("AES is not available in this JVM: " + e.getClass().getSimpleName());
        }
    }

    /**
     * Encrypts the first {@code count} blocks of {@code input}, each by itself.
     *
     * @param output another array than the input, which the cipher would copy first
     */
    void encrypt(byte[] input, byte[] output, int count)
    {
        try {
            cipher.update(input, 0, count * BLOCK_SIZE, output, 0);
        }
        catch (ShortBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
