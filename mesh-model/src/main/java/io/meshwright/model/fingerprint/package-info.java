/**
 * How a row is reduced to a number that a legacy database and Java compute alike: the types that can be compared, their canonical text, the hashes, and the
 * SQL of each dialect that gives the same numbers on the other side.
 */
package io.meshwright.model.fingerprint;
