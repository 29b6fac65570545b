/**
 * The Trino connector {@code mesh}: data products at stable addresses, masked by default.
 */
package io.meshwright.trino;
