/**
 * Holds writes of producers against the contracts of the products whose tables they write to, before anything is committed.
 */
package io.meshwright.spark.producer;
