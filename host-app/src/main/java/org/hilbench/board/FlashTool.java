package org.hilbench.board;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A program that can put an image on the board, with what it must be told about this board.
 *
 * @param options by the names that {@link Program#options} lists
 */
public record FlashTool(Program tool, Optional<Map<String, String>> options) {
  /** The tools that the bench can drive. */
  public enum Program {
    @JsonProperty("openocd")
    OPENOCD("openocd", "config"),
    @JsonProperty("st-flash")
    ST_FLASH("st-flash", ""),
    @JsonProperty("stm32programmer")
    STM32_PROGRAMMER("STM32_Programmer_CLI", ""),
    @JsonProperty("nrfjprog")
    NRFJPROG("nrfjprog", "family"),
    @JsonProperty("nrfutil")
    NRFUTIL("nrfutil", ""),
    @JsonProperty("pyocd")
    PYOCD("pyocd", "target"),
    @JsonProperty("jlink")
    JLINK("JLinkExe", "device"),
    @JsonProperty("probe-rs")
    PROBE_RS("probe-rs", "chip"),
    @JsonProperty("copy")
    COPY("", "label");

    private final String executable;
    private final String options;

    Program(String executable, String options) {
      this.executable = executable;
      this.options = options;
    }

    /** The file looked for on the PATH; empty where none is needed. */
    public String executable() {
      return executable;
    }

    /** Options that must be given for this tool, and the only ones that may. */
    public Set<String> options() {
      return options.isEmpty() ? Set.of() : Set.of(options.split(" "));
    }
  }

  public FlashTool {
    Map<String, String> given = options.map(Map::copyOf).orElse(Map.of());
    if (!given.keySet().equals(tool.options())) {
      throw new IllegalArgumentException(
          "options are "
              + new TreeMap<>(given)
              + ", but this tool takes exactly "
              + new TreeSet<>(tool.options()));
    }
    options = given.isEmpty() ? Optional.empty() : Optional.of(given);
  }

  /** The value of an option of this tool. */
  public String option(String name) {
    String value = options.orElse(Map.of()).get(name);
    if (value == null) {
      throw new IllegalArgumentException(tool + " has no option '" + name + "'");
    }
    return value;
  }
}
