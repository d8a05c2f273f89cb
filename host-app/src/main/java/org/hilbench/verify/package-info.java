/**
 * Whether a measured model computed what it should: what TensorFlow Lite answers in a worker
 * process ({@link org.hilbench.verify.ReferenceRunner}), and the word on a measurement beside it
 * ({@link org.hilbench.verify.Verifier}). Depends on {@code measure}, {@code reference}, {@code
 * tflite} and {@code worker}.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.verify;
