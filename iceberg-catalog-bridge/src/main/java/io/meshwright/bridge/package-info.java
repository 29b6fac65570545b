/**
 * Registry, admission and results kept in Iceberg tables of the catalog that holds the data products.
 */
package io.meshwright.bridge;
