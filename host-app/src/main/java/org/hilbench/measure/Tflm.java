package org.hilbench.measure;

/** Which TensorFlow Lite Micro ran, and with which kernels. */
public record Tflm(String version, String kernels) {}
