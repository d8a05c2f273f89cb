package org.hilbench.tflite;

import org.tensorflow.lite.schema.BuiltinOperator;

/** Builtin operators by their code in the schema. */
final class Builtin {
  static final int CUSTOM = BuiltinOperator.CUSTOM;
  static final int PLACEHOLDER = BuiltinOperator.PLACEHOLDER_FOR_GREATER_OP_CODES;

  private Builtin() {}

  static String name(int code) {
    return code >= 0 && code < BuiltinOperator.names.length
        ? BuiltinOperator.names[code]
        : "BUILTIN_" + code;
  }
}
