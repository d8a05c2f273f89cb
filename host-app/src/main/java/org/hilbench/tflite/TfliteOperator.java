package org.hilbench.tflite;

import java.util.List;
import java.util.Objects;

/**
 * One operator of a file, in order of execution.
 *
 * @param builtinCode {@code BuiltinOperator} of the schema; 32 is CUSTOM
 * @param name the builtin's name in the schema, {@code CUSTOM(code)} for a custom operator
 * @param inputs tensor indices; -1 stands for an optional input that is left out
 */
public record TfliteOperator(
    int index,
    int builtinCode,
    String name,
    int version,
    List<Integer> inputs,
    List<Integer> outputs) {
  public TfliteOperator {
    Objects.requireNonNull(name);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** Position and name, for messages. */
  public String label() {
    return "operator " + index + " (" + name + " version " + version + ")";
  }
}
