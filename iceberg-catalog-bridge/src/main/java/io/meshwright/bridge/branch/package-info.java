/**
 * Branches of a product's table: tested before anybody reads them, and published whole or not at all.
 */
package io.meshwright.bridge.branch;
