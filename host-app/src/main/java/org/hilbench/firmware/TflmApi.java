package org.hilbench.firmware;

/** The APIs that TensorFlow Lite Micro has had, each a folder of firmware-templates/engine. */
enum TflmApi {
  /** Of July 2020: the crate. */
  TFMICRO2020("tfmicro2020", "TfLiteRegistration*", "TfLiteRegistration"),

  /** Of today: TFLMRegistration, which came in 2022. */
  CURRENT("current", "TFLMRegistration", "TFLMRegistration");

  private final String folder;
  private final String registered;
  private final String registration;

  TflmApi(String folder, String registered, String registration) {
    this.folder = folder;
    this.registered = registered;
    this.registration = registration;
  }

  /** In engine/ and kernels/. */
  String folder() {
    return folder;
  }

  /** What a kernel's function of {@code registrations.txt} answers. */
  String registered() {
    return registered;
  }

  /** The type that the runtime calls kernels through. */
  String registration() {
    return registration;
  }

  /**
   * Whether kernels take their shared memory from {@code UseScratch}; else the runtime plans it.
   */
  boolean lendsScratch() {
    return this == TFMICRO2020;
  }

  /** The function that registers the runtime's own kernel. */
  String ownKernel(String operator) {
    return this == TFMICRO2020 ? ReferenceOps.function(operator) : "hilbench::library::" + operator;
  }
}
