package org.hilbench.measure;

import org.hilbench.quantity.Quantity;

/**
 * Flash by part, in bytes, read from the linked image.
 *
 * @param model the .tflite file
 * @param kernels code of the operators
 * @param runtime the interpreter and the libraries
 * @param startup vectors, start-up, board code
 * @param bench the protocol and what serves it: a product would not have it
 * @param total all of the image in flash: the sum
 */
public record FlashParts(
    Quantity model,
    Quantity kernels,
    Quantity runtime,
    Quantity startup,
    Quantity bench,
    Quantity total) {}
