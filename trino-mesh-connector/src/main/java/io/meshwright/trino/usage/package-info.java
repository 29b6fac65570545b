/**
 * Who read which product and what became of it: an event listener that keeps it on the local disk until it is in the registry's tables.
 */
package io.meshwright.trino.usage;
