package org.hilbench.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/**
 * The settings of an experiment as options: the key {@code finalSamples} of the file is {@code
 * --final-samples} here.
 */
@Command
final class SettingOptions {
  private static final String MAY_BE_REPEATED = "; may be repeated.";
  private static final String DATA = "data";
  private static final String POPULATION = "population";

  /** Under which key a file has {@code --population}. */
  private static final String POPULATION_KEY = "evolution.population";

  private static final List<Flag> FLAGS =
      List.of(
          text("dataset", "D", "Data set (default: fashion-mnist)."),
          text(DATA, "DIR", "Folder of its files (default: where its package puts them)."),
          text("space", "S", "Search space (default: image)."),
          several("board", "ID", "Board to measure on (default: mps2-an386)"),
          text("strategy", "S", "evolution or random (default: evolution)."),
          count("trials", "Candidates to try (default: 24)."),
          number("seed", "Makes a search repeatable (default: 1)."),
          yesOrNo(
              "upload",
              "Send each model over the serial line to resident firmware, which is flashed only"
                  + " where the board does not run it yet. Flash is still read from a link of each"
                  + " model's own image; one that the resident firmware has no room for is flashed"
                  + " after all."),
          text(
              "quant",
              "Q",
              "int8, or mixed: 4-bit weights and 16-bit activations too, layer by layer"
                  + " (default: int8)."),
          several(
              "objective",
              "M",
              "Metric to be as good as possible"
                  + " (default: accuracy, latency, peakSram and flash)"),
          several("constraint", "C", "Hard limit in words, such as \"latency < 50 ms\""),
          count(
              POPULATION,
              "Candidates that evolution keeps (default: 8): --set " + POPULATION_KEY + "=N."),
          count("window", "Trials before its own that a proposal does not wait for (default: 2)."),
          count("inFlight", "Trials under way at once (default: one a processor and one a board)."),
          text(
              "tells",
              "ORDER",
              "How the strategy learns of finished trials: by number, which repeats whatever the"
                  + " timing, or by arrival, which waits for no slow board (default: number)."),
          listed(
              "steps",
              "STEP",
              "The steps of each candidate in their order; one that begins with fit asks the boards"
                  + " for room before anything is trained"
                  + " (default: train,quantize,evaluate,measure,sense)."),
          number("samples", "Examples that a candidate is trained on."),
          number("finalSamples", "Examples that each of the best three is trained on at the end."));

  private @Nullable CommandSpec command;

  private enum Many {
    ONE,
    REPEATED,
    LISTED
  }

  /**
   * One option.
   *
   * @param type of its value, or of each of its values
   */
  private record Flag(String key, String label, Class<?> type, Many many, String description) {
    String option() {
      return "--" + key.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    OptionSpec spec() {
      OptionSpec.Builder spec = OptionSpec.builder(option()).description(description);
      if (type == Boolean.class) {
        return spec.type(type).negatable(true).build();
      }
      spec.paramLabel(label).arity("1");
      return switch (many) {
        case ONE -> spec.type(type).build();
        case REPEATED -> spec.type(List.class).auxiliaryTypes(type).build();
        case LISTED -> spec.type(List.class).auxiliaryTypes(type).splitRegex(",").build();
      };
    }
  }

  private static Flag text(String key, String label, String description) {
    return new Flag(key, label, String.class, Many.ONE, description);
  }

  private static Flag several(String key, String label, String description) {
    return new Flag(key, label, String.class, Many.REPEATED, description + MAY_BE_REPEATED);
  }

  private static Flag listed(String key, String label, String description) {
    return new Flag(key, label, String.class, Many.LISTED, description);
  }

  private static Flag count(String key, String description) {
    return new Flag(key, "N", Integer.class, Many.ONE, description);
  }

  private static Flag number(String key, String description) {
    return new Flag(key, "N", Long.class, Many.ONE, description);
  }

  private static Flag yesOrNo(String key, String description) {
    return new Flag(key, "", Boolean.class, Many.ONE, description);
  }

  /** Adds them to the command that these are mixed into. */
  @Spec(Spec.Target.MIXEE)
  void addTo(CommandSpec mixee) {
    command = mixee;
    FLAGS.forEach(flag -> mixee.addOption(flag.spec()));
  }

  /** Those that were given, under their keys in an experiment file. */
  Map<String, Object> given() {
    Map<String, Object> given = new LinkedHashMap<>();
    CommandSpec spec = Objects.requireNonNull(command);
    for (Flag flag : FLAGS) {
      Object value = spec.findOption(flag.option()).getValue();
      if (value != null) {
        given.put(key(flag), flag.key().equals(DATA) ? absolute((String) value) : value);
      }
    }
    return given;
  }

  private static String key(Flag flag) {
    return flag.key().equals(POPULATION) ? POPULATION_KEY : flag.key();
  }

  private static String absolute(String folder) {
    return Path.of(folder).toAbsolutePath().normalize().toString();
  }
}
