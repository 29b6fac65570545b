package io.meshwright.model.mask;

import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

import java.security.GeneralSecurityException;

/**
 * The AES-128 block cipher over many blocks in one call, which lets the processor's AES instructions work in parallel.
 * Not thread-safe.
 */
final class AesBlocks
{
    static final int BLOCK_SIZE = 16;
    static final int KEY_SIZE = 16;

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
     * Encrypts the first {@code count} blocks of {@code blocks} in place, each by itself.
     */
    void encrypt(byte[] blocks, int count)
    {
        try {
            cipher.update(blocks, 0, count * BLOCK_SIZE, blocks, 0);
        }
        catch (ShortBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
