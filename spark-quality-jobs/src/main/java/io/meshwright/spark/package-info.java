/**
 * Contract checks, completeness, freshness and reconciliation as Spark jobs.
 */
package io.meshwright.spark;
