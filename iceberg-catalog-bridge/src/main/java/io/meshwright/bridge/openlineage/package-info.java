/**
 * Tells what contract tests found to whoever collects OpenLineage events. Names no engine and no catalog: products go by their addresses.
 */
package io.meshwright.bridge.openlineage;
