/**
 * Puts an image on a board: one small class per flash tool, whose {@code commands} are pure. Entry
 * type: {@link org.hilbench.flash.BoardFlasher}. Depends on {@code exec} and {@code board}.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.flash;
