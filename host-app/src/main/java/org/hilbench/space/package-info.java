/**
 * What a search may propose: networks with their JSON form and canonical hash, and the spaces they
 * are drawn from, one sub-package each. Entry types: {@link org.hilbench.space.Architecture},
 * {@link org.hilbench.space.SearchSpace}, {@link org.hilbench.space.Spaces}. Depends on {@code
 * graph}.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.space;
