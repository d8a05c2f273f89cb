package org.hilbench.device;

import java.util.Objects;

/** A model for a device with resident firmware, with what its buffers have to hold. */
public final class Upload {
  private final byte[] model;
  private final String modelSha256;
  private final int inputBytes;
  private final int opCount;
  private final ModelPlace place;

  /**
   * One that goes into RAM.
   *
   * @param model as the firmware's kernels read it: the file, or its device form
   * @param modelSha256 of the file, hexadecimal, by which the device tells of the model
   * @param inputBytes of its input tensor
   * @param opCount of its operators
   */
  public Upload(byte[] model, String modelSha256, int inputBytes, int opCount) {
    this(model, modelSha256, inputBytes, opCount, ModelPlace.RAM);
  }

  private Upload(byte[] model, String modelSha256, int inputBytes, int opCount, ModelPlace place) {
    this.model = model.clone();
    this.modelSha256 = Objects.requireNonNull(modelSha256);
    this.inputBytes = inputBytes;
    this.opCount = opCount;
    this.place = place;
    if (model.length == 0 || inputBytes < 1 || opCount < 1) {
      throw new IllegalArgumentException(
          "a model of " + model.length + " bytes, input " + inputBytes + ", operators " + opCount);
    }
  }

  /** The same into another memory. */
  public Upload into(ModelPlace other) {
    return new Upload(model, modelSha256, inputBytes, opCount, other);
  }

  public ModelPlace place() {
    return place;
  }

  int bytes() {
    return model.length;
  }

  byte[] model() {
    return model.clone();
  }

  String modelSha256() {
    return modelSha256;
  }

  int inputBytes() {
    return inputBytes;
  }

  int opCount() {
    return opCount;
  }
}
