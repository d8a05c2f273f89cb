/**
 * Accuracy of a .tflite model, run by TensorFlow Lite itself in a worker process. Entry type:
 * {@link org.hilbench.evaluate.Evaluator}. Depends on {@code data}, {@code reference}, {@code
 * tflite}, {@code worker}.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.evaluate;
