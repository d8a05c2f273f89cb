package org.hilbench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hilbench.Printable;
import org.hilbench.Stage;
import org.hilbench.measure.DoesNotFit;
import org.hilbench.quantity.Quantity;
import org.hilbench.quantity.TargetId;
import org.hilbench.trial.Outcome;
import org.hilbench.trial.Trial;

/** The report for a terminal: the front as a table, what fell out, where the time went. */
public final class TextReport {
  /** Columns in the order in which a narrow terminal gives them up, last first. */
  private static final List<Column> BY_WORTH =
      List.of(
          Column.QUANTIZED,
          Column.LATENCY,
          Column.PEAK_SRAM,
          Column.FLASH,
          Column.TEST,
          Column.ENERGY,
          Column.MACS,
          Column.PARAMS,
          Column.FLOAT,
          Column.INSTRUCTIONS);

  private static final int NEVER_LEFT_OUT = 4;

  private final ReportData data;
  private final Points points;

  private TextReport(ReportData data) {
    this.data = data;
    this.points = new Points(data);
  }

  /** Lines no longer than {@code width} where that is at least 60; ends with a line break. */
  public static String render(ReportData data, int width) {
    TextReport report = new TextReport(data);
    List<String> lines = new ArrayList<>();
    lines.addAll(report.front(width));
    for (TargetId other : data.targets().subList(1, data.targets().size())) {
      lines.addAll(new TextReport(data.on(other)).onAnotherBoard(width));
    }
    report.outcomes().forEach(line -> lines.addAll(wrapped(line, width)));
    report.times().forEach(line -> lines.addAll(wrapped(line, width)));
    return lines.stream().map(Printable::line).collect(Collectors.joining("\n", "", "\n"));
  }

  private List<String> front(int width) {
    List<Trial> front = mostAccurateFirst();
    if (front.isEmpty()) {
      return List.of("No trial is on the Pareto front.");
    }
    List<String> lines = new ArrayList<>();
    lines.addAll(wrapped("Pareto front of " + data.title() + ", most accurate first", width));
    lines.add("");
    lines.addAll(table(front).lines(width));
    if (front.stream().anyMatch(trial -> trial.finalVersion())) {
      lines.add("* trained on at the final budget");
    }
    if (front.stream().anyMatch(TextReport::promoted)) {
      lines.add("r1, r2, ...: the highest rung that the search took it to");
    }
    return lines;
  }

  /** The same trials by the numbers of this target. */
  private List<String> onAnotherBoard(int width) {
    List<Trial> front = mostAccurateFirst();
    if (front.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(List.of("", "The same on " + data.target(), ""));
    lines.addAll(table(front).lines(width));
    return lines;
  }

  private List<Trial> mostAccurateFirst() {
    return data.frontTrials().stream()
        .sorted(Comparator.comparingDouble(this::error).thenComparing(Trial::number))
        .toList();
  }

  /** The line broken at blanks; what follows the first line is indented. */
  private static List<String> wrapped(String line, int width) {
    List<String> lines = new ArrayList<>();
    String rest = line;
    int blank = rest.lastIndexOf(' ', width);
    while (rest.length() > width && blank > 4) {
      lines.add(rest.substring(0, blank));
      rest = "    " + rest.substring(blank + 1);
      blank = rest.lastIndexOf(' ', width);
    }
    lines.add(rest);
    return lines;
  }

  private double error(Trial trial) {
    return 1 - points.accuracy(trial).int8Validation();
  }

  private TextTable table(List<Trial> front) {
    TextTable table = new TextTable();
    table.column(column("trial", "", front, TextReport::name), true, 0);
    for (Column column : Column.shown(data, points)) {
      String origin = origin(column, front);
      boolean mixed = origin.indexOf(',') >= 0;
      int worth = BY_WORTH.indexOf(column);
      table.column(
          column(column.title(), origin, front, trial -> cell(column, trial, mixed)),
          true,
          worth < NEVER_LEFT_OUT ? 0 : worth);
    }
    return table.column(
        column("architecture", "", front, trial -> trial.architecture().summary()), false, 0);
  }

  private static List<String> column(
      String title,
      String origin,
      List<Trial> trials,
      java.util.function.Function<Trial, String> of) {
    List<String> cells = new ArrayList<>(List.of(title, origin));
    trials.forEach(trial -> cells.add(of.apply(trial)));
    return cells;
  }

  private static String name(Trial trial) {
    return (trial.finalVersion() ? "*" : "")
        + trial.number()
        + (promoted(trial) ? " r" + trial.rung() : "");
  }

  private static boolean promoted(Trial trial) {
    return trial.rung() > 0 && !trial.finalVersion();
  }

  /** The word under the head of the column: where its numbers come from, with the error bar. */
  private String origin(Column column, List<Trial> front) {
    return front.stream()
        .flatMap(trial -> column.of(points, trial).stream())
        .map(Amounts::origin)
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .collect(Collectors.joining(", "));
  }

  /** Where a column's numbers differ in origin, each says its own. */
  private String cell(Column column, Trial trial, boolean mixed) {
    Optional<Quantity> quantity = column.of(points, trial);
    return quantity
        .map(one -> Amounts.text(one) + (mixed ? " " + Amounts.origin(one) : ""))
        .orElse("-");
  }

  private List<String> outcomes() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        data.shown().size()
            + " trials: "
            + data.evaluated().size()
            + " with numbers, "
            + data.withOutcome(Outcome.REJECTED).size()
            + " rejected, "
            + data.withOutcome(Outcome.FAILED).size()
            + " failed");
    for (Map.Entry<String, List<Integer>> reason : reasons().entrySet()) {
      lines.add("  " + reason.getKey() + ": trial " + numbers(reason.getValue()));
    }
    Loadings.of(data, points).sentence().ifPresent(lines::add);
    Estimates.of(data, points).sentence().ifPresent(lines::add);
    return lines;
  }

  /** Trials without numbers by what was too small or which stage failed. */
  private Map<String, List<Integer>> reasons() {
    Map<String, List<Integer>> reasons = new TreeMap<>();
    for (Trial trial : data.shown()) {
      Optional<String> reason =
          trial
              .outcome()
              .fold(
                  evaluated -> Optional.empty(),
                  rejected ->
                      Optional.of(
                          rejected.by().stream()
                              .map(DoesNotFit::shortly)
                              .collect(Collectors.joining(", "))),
                  failed -> Optional.of(word(failed.stage()) + " failed"));
      reason.ifPresent(
          text -> reasons.computeIfAbsent(text, unused -> new ArrayList<>()).add(trial.number()));
    }
    return reasons;
  }

  private static String numbers(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private List<String> times() {
    StageTimes times = StageTimes.of(data.trials());
    String stages =
        times.rows().entrySet().stream()
            .filter(row -> times.share(row.getKey()) >= 0.005)
            .map(row -> word(row.getKey()) + " " + percent(times.share(row.getKey())))
            .collect(Collectors.joining(", "));
    return List.of(
        Amounts.text(times.wall())
            + " by the clock; of the work: "
            + (stages.isEmpty() ? "none" : stages));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", share * 100);
  }

  private static String word(Stage stage) {
    return stage.name().toLowerCase(Locale.ROOT);
  }
}
