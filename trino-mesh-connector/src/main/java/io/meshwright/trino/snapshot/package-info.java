/**
 * Which snapshot of a product's table a reader gets, and whether it is fresh enough for him.
 */
package io.meshwright.trino.snapshot;
