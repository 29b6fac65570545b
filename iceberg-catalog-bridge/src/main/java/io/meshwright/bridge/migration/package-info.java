/**
 * The way of a legacy table from its declaration as replaced to its end: gates, the state of the dial, evidence of who still reads it.
 */
package io.meshwright.bridge.migration;
