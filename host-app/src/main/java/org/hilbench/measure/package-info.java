/**
 * One job from model to numbers: {@link org.hilbench.measure.Bench} builds, opens the device, runs
 * and checks who answered; {@link org.hilbench.measure.JobQueue} carries jobs to it and results
 * back. Entry types: {@link org.hilbench.measure.MeasurementJob}, {@link
 * org.hilbench.measure.Measurement}. Depends on {@code device}, {@code firmware}, {@code board},
 * {@code tflite}, {@code quantity}.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.measure;
