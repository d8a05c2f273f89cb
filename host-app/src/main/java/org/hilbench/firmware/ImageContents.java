package org.hilbench.firmware;

import java.util.List;
import java.util.Optional;

/** What an image holds for one model, or for whichever is uploaded. */
interface ImageContents {
  /** The operators that it can run, in order. */
  List<Kernel> kernels();

  /** Lines that define {@code kSubject} and {@code kUpload}, and what these point to. */
  List<String> subject();

  /** The model, as it stands in the image; empty where none is linked in. */
  byte[] embedded();

  /** Of the model's file, hexadecimal; absent where none is linked in. */
  Optional<String> modelSha256();

  /** Of what stands in the image in place of the file; absent where it is the file, or none. */
  Optional<String> deviceFormSha256();

  /**
   * One line of the operator table.
   *
   * @param version that a model's operator code names; 0 stands for all
   * @param declared whether a header of the runtime declares the function
   */
  record Kernel(int builtinCode, int version, String operator, String function, boolean declared) {
    static Kernel of(int builtinCode, int version, RegistrationsFile.Registration own) {
      return new Kernel(builtinCode, version, own.operator(), own.function(), false);
    }

    static Kernel ofRuntime(int builtinCode, int version, String operator, TflmApi api) {
      return new Kernel(builtinCode, version, operator, api.ownKernel(operator), true);
    }

    boolean sameOperator(Kernel other) {
      return builtinCode == other.builtinCode && version == other.version;
    }
  }
}
