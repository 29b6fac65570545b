/**
 * Comparison of a legacy table with the product that replaces it, level by level: counts, fingerprints of windows, fingerprints of buckets, keys, rows. Knows no engine: the legacy side
 * is JDBC, and whoever can read the product's rows implements {@link io.meshwright.bridge.reconciliation.ProductSide}.
 */
package io.meshwright.bridge.reconciliation;
