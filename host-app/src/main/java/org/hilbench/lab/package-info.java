/**
 * Facts about one desk or rack, kept in {@code lab.yaml}: which probe sits on which board, which
 * meter feeds it; and what of it is plugged in now. Entry types: {@link org.hilbench.lab.LabFile},
 * {@link org.hilbench.lab.AttachedBoards}. Depends on {@code board} and {@code serial}.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.lab;
