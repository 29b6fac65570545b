/**
 * What a registered product is to the connector: its address, its contract, who may read it, and what is told about it.
 */
package io.meshwright.trino.product;
