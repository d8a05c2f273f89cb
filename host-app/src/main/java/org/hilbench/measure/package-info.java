/**
 * What travels between a search and a bench: a {@link org.hilbench.measure.MeasurementJob} through
 * a {@link org.hilbench.measure.JobQueue}, and its {@link org.hilbench.measure.MeasurementResult}
 * back. Records that go on a wire and into the store; nothing here runs anything. Depends on the
 * records of {@code device}, {@code energy} and {@code firmware}, on {@code tflite} and {@code
 * quantity}.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.measure;
