package org.hilbench.firmware;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hilbench.board.Core;

/**
 * Compiler flags of an image besides the core's. They change what is measured: one model needs 27
 * to 40 % more instructions under another {@code -mtune} alone.
 *
 * @param optimisation such as {@code -O2}; several flags may stand here
 * @param words whether the runtime can say why it refuses a model, which takes 7 KB of flash that
 *     no product ships
 */
public record BuildFlags(List<String> optimisation, boolean words) {
  /** What every measurement uses unless it says otherwise. */
  public static final BuildFlags DEFAULT = new BuildFlags(List.of("-O2"), false);

  // -DNDEBUG is no nicety: with checks on, ADD refuses inputs with zero point -128.
  private static final List<String> COMMON =
      List.of(
          "-ffunction-sections",
          "-fdata-sections",
          "-fno-exceptions",
          "-DTF_LITE_STATIC_MEMORY",
          "-DNDEBUG",
          "--specs=nano.specs");
  private static final List<String> CXX_ONLY = List.of("-fno-rtti", "-fno-threadsafe-statics");

  public BuildFlags {
    optimisation = List.copyOf(optimisation);
    for (String flag : optimisation) {
      if (!flag.matches("-[A-Za-z0-9=_,.+-]+")) {
        throw new IllegalArgumentException("'" + flag + "' is not a compiler flag");
      }
    }
  }

  /** The same with the runtime's words. */
  public BuildFlags withWords() {
    return new BuildFlags(optimisation, true);
  }

  /** Flags of C and C++ alike. */
  List<String> common(Core core) {
    List<String> all = new ArrayList<>(core.compilerFlags());
    all.addAll(optimisation);
    all.addAll(COMMON);
    if (!words) {
      all.add("-DTF_LITE_STRIP_ERROR_STRINGS");
    }
    return List.copyOf(all);
  }

  List<String> cxxOnly() {
    return CXX_ONLY;
  }

  /** As one line, for records. */
  public String text(Core core) {
    return common(core).stream().collect(Collectors.joining(" "));
  }
}
