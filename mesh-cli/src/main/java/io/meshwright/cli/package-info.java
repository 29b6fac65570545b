/**
 * The {@code mesh} command.
 */
package io.meshwright.cli;
