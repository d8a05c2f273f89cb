/**
 * What a search may propose: networks as people describe them, their JSON form and canonical hash,
 * and the space they are drawn from. Entry types: {@link org.hilbench.space.Architecture}, {@link
 * org.hilbench.space.SearchSpace}. Depends on {@code graph}.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.space;
