/**
 * Puts an image on a board: one small class per flash tool, whose {@code commands} are pure. Entry
 * type: {@link org.hilbench.flash.BoardFlasher}. Depends on {@code exec}, {@code board} and {@code
 * lab}, without whose leave nothing is written.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.flash;
