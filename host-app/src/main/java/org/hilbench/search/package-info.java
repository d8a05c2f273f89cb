/**
 * Strategies that propose networks, objectives and the Pareto front, and the loop that runs a
 * search. Entry types: {@link org.hilbench.search.SearchLoop}, {@link
 * org.hilbench.search.Strategies}. Depends on {@code space}, {@code quantity}, {@code data} and
 * {@code worker}; the only user of MOEA Framework.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.search;
