/**
 * Turns trained float weights and calibrated ranges into integers: batch norm folded, int8 or int4
 * weights per channel, int8 or int16 activations per tensor. Entry type: {@link
 * org.hilbench.quantize.PostTrainingQuantizer}. No kernels. May use graph.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.quantize;
