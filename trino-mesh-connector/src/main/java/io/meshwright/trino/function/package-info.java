/**
 * Functions that the plugin brings.
 */
package io.meshwright.trino.function;
