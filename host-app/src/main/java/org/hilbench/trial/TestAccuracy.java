package org.hilbench.trial;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.OptionalDouble;

/** Int8 accuracy on the official test split, which is read once, for the final report. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "testSplit")
@JsonSubTypes({
  @JsonSubTypes.Type(value = TestAccuracy.NotRead.class, name = "notRead"),
  @JsonSubTypes.Type(value = TestAccuracy.Read.class, name = "read")
})
public sealed interface TestAccuracy {
  /** A fraction of 1; empty where the split was not read. */
  OptionalDouble fraction();

  /** The test split was left alone: every trial while the search runs. */
  record NotRead() implements TestAccuracy {
    @Override
    public OptionalDouble fraction() {
      return OptionalDouble.empty();
    }
  }

  /** The .tflite was run by TFLite itself over the test split. */
  record Read(double int8) implements TestAccuracy {
    public Read {
      Accuracy.requireFraction("test accuracy", int8);
    }

    @Override
    public OptionalDouble fraction() {
      return OptionalDouble.of(int8);
    }
  }
}
