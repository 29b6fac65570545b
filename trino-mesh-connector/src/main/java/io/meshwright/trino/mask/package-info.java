/**
 * What a mask is, which field has which for whom, and how it changes blocks of values.
 */
package io.meshwright.trino.mask;
