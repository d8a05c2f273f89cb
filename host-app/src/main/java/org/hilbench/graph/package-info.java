/**
 * Typed layer graph with shapes, MACs, parameters and peak activation memory. Entry type: {@link
 * org.hilbench.graph.Graph}. Depends on nothing.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.graph;
