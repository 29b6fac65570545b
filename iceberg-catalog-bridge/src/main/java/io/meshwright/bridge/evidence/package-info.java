/**
 * What is known of a table without scanning it: figures of data files that were kept from former runs, and those that manifests tell.
 * A figure is given only where it is exact.
 */
package io.meshwright.bridge.evidence;
