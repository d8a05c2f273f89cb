package org.hilbench.firmware;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.OperatingPoint;
import org.hilbench.board.TimeSource;

/**
 * What {@code families/board_facts.h} declares of a board that is a real part: its pins, and a plan
 * for each of its clocks.
 */
final class RealBoardFacts {
  /** Members of ClockPlan behind clock and wait states, in their order. */
  static final List<String> SETTINGS =
      List.of(
          "hse",
          "bypass",
          "pllm",
          "plln",
          "pllp",
          "ppre1",
          "ppre2",
          "hpre",
          "vos",
          "vosbits",
          "overdrive",
          "range",
          "boost",
          "wrhighfreq",
          "mboost",
          "dcdc",
          "hclk");

  private static final int NO_PIN = 0xff;
  private final BoardProfile board;

  RealBoardFacts(BoardProfile board) {
    this.board = board;
  }

  /** Whether the board's target is one of the families; simulated machines have no clock to set. */
  boolean present() {
    return board.timeSource().counter() != TimeSource.Counter.CMSDK_TIMER;
  }

  List<String> lines() {
    return List.of(
        String.format(
            Locale.ROOT,
            "const BoardPins kPins = {%s, %s, %s};",
            pin(board.uart().tx()),
            pin(board.uart().rx()),
            pin(board.trigger())),
        "const ClockPlan kClockPlans[] = {"
            + board.operatingPoints().stream()
                .map(RealBoardFacts::plan)
                .collect(Collectors.joining(", "))
            + "};");
  }

  private static String plan(OperatingPoint point) {
    Map<String, Integer> set = point.settings().orElse(Map.of());
    if (!SETTINGS.containsAll(set.keySet())) {
      throw new IllegalArgumentException(
          "operating point " + point.name() + " has settings " + set + "; known: " + SETTINGS);
    }
    return "{"
        + point.clockHz()
        + "u, "
        + point.flashWaitStates()
        + "u, "
        + SETTINGS.stream()
            .map(name -> set.getOrDefault(name, 0) + "u")
            .collect(Collectors.joining(", "))
        + "}";
  }

  /** PG7 is {6, 7}, P0.13 is {0, 13}. */
  private static String pin(Optional<String> name) {
    if (name.isEmpty()) {
      return "{0, " + NO_PIN + "}";
    }
    String pin = name.get();
    boolean nordic = pin.indexOf('.') > 0;
    int port = pin.charAt(1) - (nordic ? '0' : 'A');
    return "{" + port + ", " + Integer.parseInt(pin.substring(nordic ? 3 : 2)) + "}";
  }
}
