/**
 * Boards as data: what a part is, which memories, clocks and tools it has, and which simulator
 * stands in for it. Entry type: {@link org.hilbench.board.BoardProfiles}. Depends on nothing of
 * ours but {@code BenchException}.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.board;
