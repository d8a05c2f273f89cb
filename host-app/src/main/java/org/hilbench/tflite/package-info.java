/**
 * Reads, checks and writes {@code .tflite} files. Entry types: {@link
 * org.hilbench.tflite.TfliteModel} and {@link org.hilbench.tflite.TfliteWriter}. Generated schema
 * code stays inside. May use quantize and graph.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.tflite;
