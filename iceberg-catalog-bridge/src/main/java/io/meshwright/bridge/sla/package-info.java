/**
 * Measures the objectives of a product from what is recorded: reads, probes, contract tests and reconciliations.
 */
package io.meshwright.bridge.sla;
