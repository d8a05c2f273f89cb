/**
 * Runs a {@code .tflite} by TensorFlow Lite itself on this computer: what a device's answers are
 * compared with. Entry type: {@link org.hilbench.reference.HostInterpreter}. May use tflite.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.reference;
