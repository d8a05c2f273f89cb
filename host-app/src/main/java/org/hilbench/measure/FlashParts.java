package org.hilbench.measure;

import org.hilbench.quantity.Quantity;

/**
 * Flash by part, in bytes, read from the linked image.
 *
 * @param model the .tflite file
 * @param kernels code of the operators
 * @param runtime the interpreter and the libraries
 * @param startup vectors, start-up, board code
 * @param total all of the image in flash, initial values of .data with it
 */
public record FlashParts(
    Quantity model, Quantity kernels, Quantity runtime, Quantity startup, Quantity total) {}
