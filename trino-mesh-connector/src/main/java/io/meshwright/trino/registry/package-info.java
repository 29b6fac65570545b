/**
 * How the connector reads the registry's tables: through the Iceberg connector that it wraps, in sessions of its own.
 */
package io.meshwright.trino.registry;
