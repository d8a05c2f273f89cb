package org.hilbench.tflite;

import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.tensorflow.lite.schema.BuiltinOperator;

/** Builtin operators by their code in the schema. */
public final class Builtin {
  static final int CUSTOM = BuiltinOperator.CUSTOM;
  static final int PLACEHOLDER = BuiltinOperator.PLACEHOLDER_FOR_GREATER_OP_CODES;

  private Builtin() {}

  static String name(int code) {
    return code >= 0 && code < BuiltinOperator.names.length
        ? BuiltinOperator.names[code]
        : "BUILTIN_" + code;
  }

  /** The code of an operator of this name; empty where the schema has none. */
  public static OptionalInt code(String name) {
    return IntStream.range(0, BuiltinOperator.names.length)
        .filter(code -> BuiltinOperator.names[code].equals(name))
        .findFirst();
  }
}
