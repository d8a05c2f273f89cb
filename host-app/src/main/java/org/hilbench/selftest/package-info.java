/**
 * What a board must do before its numbers are believed, tried one by one. Entry type: {@link
 * org.hilbench.selftest.TriedBoard}. Depends on {@code desk}, {@code bench}, {@code device}, {@code
 * energy}, {@code firmware}, {@code board}, {@code tflite}.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.selftest;
