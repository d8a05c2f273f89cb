package org.hilbench.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hilbench.Stage;
import org.hilbench.measure.Measurement;
import org.hilbench.quantity.Metric;
import org.hilbench.quantity.Quantity;
import org.hilbench.quantity.TargetId;
import org.hilbench.trial.Outcome;
import org.hilbench.trial.Trial;

/** The parts of the page that need no script: they can be read, printed and searched without. */
final class Sections {
  private final ReportData data;
  private final Points points;

  Sections(ReportData data) {
    this.data = data;
    this.points = new Points(data);
  }

  /** One sentence on what the numbers are, from the first trial that has some. */
  Markup subtitle() {
    Markup html = new Markup().raw("<p class=\"lead\">");
    html.text("Search started ").text(Amounts.text(data.experiment().startedAt())).text(". ");
    data.evaluated().stream()
        .findFirst()
        .map(points::measurement)
        .ifPresent(measurement -> html.text(whatRan(measurement)));
    Loadings.of(data, points).sentence().ifPresent(said -> html.text(" ").text(said));
    Estimates.of(data, points)
        .sentence()
        .ifPresent(said -> html.text(" ").text(said.replace("+-", "\u00b1")));
    return html.raw("</p>");
  }

  private String whatRan(Measurement measurement) {
    Optional<Quantity> latency = measurement.quantity(Metric.LATENCY);
    String ran = "Numbers for " + data.target() + " were taken on " + measurement.ranOn();
    String standIn =
        measurement.standIn().map(machine -> ", a stand-in (" + machine + ")").orElse("");
    String meaning =
        switch (latency.map(Quantity::origin).orElse("")) {
          case "" -> "; the latency is not known.";
          case "measured" -> "; latency was measured on the board.";
          case "simulated" -> "; latency was simulated.";
          default ->
              "; no board was attached: latency is estimated from the simulated instructions"
                  + latency
                      .flatMap(Amounts::errorBar)
                      .map(bar -> " (" + bar.replace("+-", "\u00b1") + ")")
                      .orElse("")
                  + ".";
        };
    return ran + standIn + meaning + otherBoards();
  }

  private String otherBoards() {
    List<String> others = data.targets().stream().skip(1).map(TargetId::toString).toList();
    return others.isEmpty()
        ? ""
        : " Plot, tables and tiles show this board; the numbers for "
            + String.join(", ", others)
            + " stand with each trial. A limit holds on every board, and the search was steered by"
            + " the worst of them.";
  }

  Markup tiles() {
    Markup html = new Markup().raw("<dl class=\"tiles\">");
    tile(html, "trials", data.shown().size(), "");
    tile(html, "with numbers", data.evaluated().size(), "");
    tile(html, "on the front", data.frontTrials().size(), "");
    tile(html, "rejected", data.withOutcome(Outcome.REJECTED).size(), "did not fit");
    tile(html, "failed", data.withOutcome(Outcome.FAILED).size(), "");
    lowest(Axis.ERROR)
        .ifPresent(best -> tile(html, "best accuracy", accuracy(best), note(Axis.ERROR, best)));
    lowest(Axis.LATENCY)
        .ifPresent(
            best -> tile(html, "lowest latency", at(Axis.LATENCY, best), note(Axis.LATENCY, best)));
    lowest(Axis.PEAK_SRAM)
        .ifPresent(
            best ->
                tile(
                    html,
                    "lowest peak SRAM",
                    at(Axis.PEAK_SRAM, best),
                    note(Axis.PEAK_SRAM, best)));
    return html.raw("</dl>");
  }

  private static void tile(Markup html, String name, Object value, String note) {
    html.raw("<div>").element("dt", "", name).element("dd", "", value);
    html.element("dd", "note", note).raw("</div>");
  }

  private String note(Axis axis, Trial trial) {
    String origin = points.at(axis, trial).map(Quantity::origin).orElse("");
    return origin + ", trial " + trial.number();
  }

  private String accuracy(Trial trial) {
    return Amounts.text(Axis.fraction(points.accuracy(trial).int8Validation()));
  }

  private String at(Axis axis, Trial trial) {
    return points.at(axis, trial).map(Amounts::text).orElse("");
  }

  private Optional<Trial> lowest(Axis axis) {
    return data.frontTrials().stream()
        .filter(trial -> points.at(axis, trial).isPresent())
        .min(
            java.util.Comparator.comparingDouble(
                trial -> points.at(axis, trial).map(Quantity::value).orElseThrow()));
  }

  Markup tableHead() {
    Markup html = new Markup();
    for (Column column : Column.shown(data, points)) {
      html.raw("<th scope=\"col\"><button type=\"button\">")
          .text(column.title())
          .raw("</button></th>");
    }
    return html;
  }

  Markup tableRows() {
    Markup html = new Markup();
    List<Column> columns = Column.shown(data, points);
    for (Trial trial : data.evaluated()) {
      html.raw(
          "<tr data-trial=\""
              + trial.number()
              + "\"><th scope=\"row\" data-v=\""
              + trial.number()
              + "\">");
      html.raw("<button type=\"button\" class=\"pick\">").text(trial.number()).raw("</button>");
      html.raw(badges(trial)).raw("</th>");
      columns.forEach(column -> html.raw(cell(column.of(points, trial))));
      html.raw("<td class=\"left\" data-v=\"" + trial.parents().size() + "\">");
      html.text(parents(trial)).raw("</td>");
      html.element("td", "left arch", trial.architecture().summary()).raw("</tr>\n");
    }
    return html;
  }

  private static Markup cell(Optional<Quantity> quantity) {
    return quantity
        .map(
            one -> new Markup().raw("<td data-v=\"" + one.value() + "\">").amount(one).raw("</td>"))
        .orElseGet(() -> new Markup().raw("<td class=\"absent\">not read</td>"));
  }

  private Markup badges(Trial trial) {
    Markup html = new Markup().raw("<span class=\"badges\">");
    if (data.front().contains(trial.number())) {
      html.element("span", "badge front", "front");
    }
    if (trial.finalVersion()) {
      html.element("span", "badge final", "trained on");
    } else if (trial.rung() > 0) {
      html.element("span", "badge rung", "rung " + trial.rung());
    }
    points
        .broken(trial)
        .forEach(broken -> html.element("span", "badge breaks", "breaks " + broken));
    return html.raw("</span>");
  }

  private static String parents(Trial trial) {
    return trial.parents().isEmpty()
        ? "random"
        : trial.parents().stream().map(String::valueOf).collect(Collectors.joining(" + "));
  }

  /** Trials without numbers, and why. */
  Markup withoutNumbers() {
    Markup rows = new Markup();
    data.shown().forEach(trial -> rows.raw(withoutNumbers(trial)));
    if (rows.toString().isEmpty()) {
      return new Markup().element("p", "note", "None.");
    }
    return new Markup()
        .raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\"")
        .raw(" aria-labelledby=\"without-title\"><table><thead><tr><th scope=\"col\">trial</th>")
        .raw(
            "<th scope=\"col\" class=\"left\">outcome</th><th scope=\"col\""
                + " class=\"left\">why</th>")
        .raw("<th scope=\"col\" class=\"left\">architecture</th></tr></thead>\n<tbody>\n")
        .raw(rows)
        .raw("</tbody></table></div>");
  }

  private static Markup withoutNumbers(Trial trial) {
    String why =
        trial
            .outcome()
            .fold(
                evaluated -> "",
                Outcome.Rejected::reason,
                failed -> "at " + word(failed.stage()) + ": " + failed.reason());
    if (why.isEmpty()) {
      return new Markup();
    }
    String outcome = trial.outcome().word();
    return new Markup()
        .raw("<tr>")
        .raw("<th scope=\"row\">")
        .text(trial.number())
        .raw("</th><td class=\"left\">")
        .element("span", "badge " + outcome, outcome)
        .raw("</td>")
        .element("td", "left", why)
        .element("td", "left arch", trial.architecture().summary())
        .raw("</tr>\n");
  }

  Markup timeRows() {
    StageTimes times = StageTimes.of(data.trials());
    Markup html = new Markup();
    times
        .rows()
        .forEach(
            (stage, row) -> {
              html.raw("<tr>").raw("<th scope=\"row\">").text(word(stage)).raw("</th>");
              html.element("td", "", Amounts.text(row.total()));
              String share = String.format(Locale.ROOT, "%.1f", times.share(stage) * 100);
              html.raw(
                  "<td class=\"left share\"><span class=\"bar\" style=\"width:"
                      + share
                      + "%\"></span>");
              html.text(share + " %").raw("</td>");
              html.element("td", "", Amounts.text(row.median()));
              html.element("td", "", row.trials()).raw("</tr>\n");
            });
    return html;
  }

  String timeSentence() {
    StageTimes times = StageTimes.of(data.trials());
    return data.trials().size()
        + " runs took "
        + Amounts.text(times.wall())
        + " by the clock; the stages add up to "
        + Amounts.text(times.work())
        + " of work.";
  }

  private static String word(Stage stage) {
    return stage.name().toLowerCase(Locale.ROOT);
  }

  /** Commit, tools, flags and hosts; more than one value where a search went on elsewhere. */
  Markup provenance() {
    Map<String, Set<String>> values = new TreeMap<>();
    for (Trial trial : data.trials()) {
      add(values, "hilbench commit", trial.provenance().gitCommit());
      add(values, "host", trial.provenance().host());
      trial.provenance().tools().forEach((tool, version) -> add(values, tool, version));
    }
    data.experiment().flags().forEach((flag, value) -> add(values, flag, value));
    Markup html = new Markup();
    values.forEach(
        (name, several) ->
            html.raw("<div>")
                .element("dt", "", name)
                .element("dd", "", String.join("; ", several))
                .raw("</div>"));
    return html;
  }

  private static void add(Map<String, Set<String>> values, String name, String value) {
    values.computeIfAbsent(name, unused -> new TreeSet<>()).add(value);
  }
}
