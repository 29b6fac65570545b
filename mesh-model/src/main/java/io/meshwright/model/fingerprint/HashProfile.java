package io.meshwright.model.fingerprint;

/**
 * How a row becomes a number.
 */
public enum HashProfile
{
    /**
     * The legacy database's own hash, reproduced in Java: 64 bits, the cheapest, against accidents only.
     */
    NATIVE,
    /**
     * 60 bits of the MD5 of the canonical text.
     */
    MD5,
    /**
     * 60 bits of the SHA-256 of the canonical text.
     */
    SHA256,
}
