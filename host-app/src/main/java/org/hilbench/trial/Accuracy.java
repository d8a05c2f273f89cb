package org.hilbench.trial;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Share of examples classified rightly, as fractions of 1.
 *
 * @param floatValidation the float network on the validation split
 * @param int8Validation the .tflite, run by TFLite itself, on the validation split: what a search
 *     steers by
 * @param test the .tflite on the official test split, where that was read
 */
public record Accuracy(double floatValidation, double int8Validation, TestAccuracy test) {
  public Accuracy {
    requireFraction("float accuracy", floatValidation);
    requireFraction("int8 accuracy", int8Validation);
    Objects.requireNonNull(test);
  }

  /** The test split was not read. */
  public static Accuracy onValidation(double floatValidation, double int8Validation) {
    return new Accuracy(floatValidation, int8Validation, new TestAccuracy.NotRead());
  }

  /** The same, with the int8 accuracy on the test split. */
  public Accuracy withTest(double int8Test) {
    return new Accuracy(floatValidation, int8Validation, new TestAccuracy.Read(int8Test));
  }

  /** Int8 accuracy on the test split; empty where that split was not read. */
  public OptionalDouble int8Test() {
    return test.fraction();
  }

  static void requireFraction(String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(what + " " + value + " is no fraction of 1");
    }
  }
}
