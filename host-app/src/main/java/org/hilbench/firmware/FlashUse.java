package org.hilbench.firmware;

/**
 * Flash of an image by part, in bytes, read from the ELF.
 *
 * @param model the .tflite file
 * @param kernels code and tables of the operators that the model uses
 * @param runtime interpreter, libraries, and the initial values of .data
 * @param startup vectors, start-up and fault code, the board's drivers
 * @param bench the protocol and what serves it: a product would not have it
 */
public record FlashUse(long model, long kernels, long runtime, long startup, long bench) {

  /** All that the board's flash must hold, the bench's own code with it. */
  public long total() {
    return model + kernels + runtime + startup + bench;
  }
}
