/**
 * The peer of the quality benchmark, in a process of its own. It shares no class with the project.
 */
package io.meshwright.benchmark.deequ;
