package org.hilbench.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/** What the page's script reads, as JSON; absent things are left out. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Page(List<AxisChoice> axes, List<Limit> limits, List<Point> points) {

  /** An axis that at least one point has a place on. */
  record AxisChoice(String word, String label, String unit) {}

  /** A constraint's line. */
  record Limit(String axis, double at, String text) {}

  /** A number with its text, where it comes from and, for an estimate, its error bar. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Amount(double value, String text, String origin, String errorBar) {}

  /** A share of a stacked bar. */
  record Part(String name, Amount amount) {}

  /** A trial with numbers. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Point(
      int id,
      boolean front,
      boolean trainedOn,
      List<Integer> parents,
      String architecture,
      Map<String, Amount> at,
      Map<String, Amount> searchedAt,
      List<String> breaks,
      List<Fact> facts,
      List<Layer> layers,
      List<Part> sram,
      List<Part> flash) {}

  /** A line of a list of names and values. */
  record Fact(String name, String value) {}

  /** One op of the network, in the order of execution. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Layer(
      String op,
      String window,
      String activation,
      List<Integer> inputs,
      List<Integer> shape,
      long macs,
      long params,
      List<Amount> cost,
      String lostInFourBits) {}
}
