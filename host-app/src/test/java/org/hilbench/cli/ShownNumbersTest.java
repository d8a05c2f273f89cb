package org.hilbench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hilbench.experiment.ExperimentResult;
import org.hilbench.experiment.Providers;
import org.hilbench.experiment.RunFolder;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Shape;
import org.hilbench.graph.WidthChanges;
import org.hilbench.measure.Measurement;
import org.hilbench.quantity.TargetId;
import org.hilbench.report.Json;
import org.hilbench.report.MeasurementJson;
import org.hilbench.report.MeasurementText;
import org.hilbench.store.DataShape;
import org.hilbench.store.ExperimentRecord;
import org.hilbench.store.SqliteTrialStore;
import org.hilbench.store.TrialJson;
import org.hilbench.store.TrialStore;
import org.hilbench.testkit.SharedData;
import org.hilbench.trial.Artifact;
import org.hilbench.trial.Outcome;
import org.hilbench.trial.SampleTrials;
import org.hilbench.trial.StageKey;
import org.hilbench.trial.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Table, report and JSON of stored searches: whose numbers they show, and what they leave out. */
class ShownNumbersTest {
  private static final JsonMapper JSON = TrialJson.mapper();
  private static final String FIRST_NAMED = SampleTrials.BOARD;

  /** Before the other in the alphabet. */
  private static final String SECOND_NAMED = "a-board";

  @TempDir Path folder;

  /** What a user sees of a search. */
  private record Shown(String table, JsonNode json, String html) {
    JsonNode page() {
      String data = html.substring(html.indexOf("{\"axes\""));
      try {
        return JSON.readTree(data.substring(0, data.indexOf("</script>")));
      } catch (java.io.IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static ExperimentRecord experiment(String boards, Optional<DataShape> data) {
    Map<String, String> flags = new TreeMap<>(SampleTrials.flags());
    flags.put("--board", boards);
    flags.put("--constraint", "latency < 4 s");
    return new ExperimentRecord(Instant.EPOCH, flags, Optional.empty(), data);
  }

  private Shown shown(ExperimentRecord experiment, List<Trial> trials, byte[] model)
      throws Exception {
    RunFolder run = new RunFolder(folder.resolve("run"));
    try (TrialStore store = SqliteTrialStore.open(run.path())) {
      store.begin(experiment);
      for (Trial trial : trials) {
        List<Artifact> artifacts = new ArrayList<>();
        for (Artifact made : SampleTrials.artifacts(trial, 64)) {
          StageKey key = made.key();
          artifacts.add(
              made.name().equals(Artifact.MODEL) ? new Artifact(key, made.name(), model) : made);
        }
        store.append(trial, trial.outcome().word().equals("evaluated") ? artifacts : List.of());
      }
      ExperimentResult result = ExperimentResult.of(store, run, Providers.standard());
      String table = printed(() -> SearchResultView.show(result, run, false));
      JsonNode json = JSON.readTree(printed(() -> SearchResultView.show(result, run, true)));
      return new Shown(table, json, Files.readString(run.report()));
    }
  }

  private static String printed(java.util.concurrent.Callable<Integer> command) throws Exception {
    PrintStream usual = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      command.call();
    } finally {
      System.setOut(usual);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  // ---- shapes

  @Test
  void networksAreDrawnForTheImagesOfTheirSearch() throws Exception {
    DataShape data = new DataShape(new Shape(96, 64, 3), 2);
    List<Trial> trials = SampleTrials.search(4, 1);
    assertDrawn(
        data, trials, shown(experiment(FIRST_NAMED, Optional.of(data)), trials, new byte[0]));
  }

  @Test
  void olderSearchesAreDrawnForWhatTheirModelsTake() throws Exception {
    byte[] kws = Files.readAllBytes(SharedData.data("mlperf_tiny/kws_dscnn_int8.tflite"));
    List<Trial> trials = SampleTrials.search(4, 1);
    DataShape keywords = new DataShape(new Shape(49, 10, 1), 12);
    assertDrawn(keywords, trials, shown(experiment(FIRST_NAMED, Optional.empty()), trials, kws));
  }

  @Test
  void withoutAShapeNothingIsDrawnAndTheRestIsShown() throws Exception {
    byte[] none = new byte[64];
    List<Trial> trials = SampleTrials.search(4, 1);
    Shown shown = shown(experiment(FIRST_NAMED, Optional.empty()), trials, none);
    shown.page().get("points").forEach(point -> assertFalse(point.has("layers")));
    assertEquals(4, shown.json().get("trials").size());
  }

  private static void assertDrawn(DataShape data, List<Trial> trials, Shown shown) {
    for (JsonNode point : shown.page().get("points")) {
      Trial trial = trials.get(point.get("id").intValue());
      Graph graph =
          WidthChanges.in(trial.architecture().toGraph(data.input(), data.classes())).graph();
      long macs = 0;
      for (JsonNode layer : point.get("layers")) {
        macs += layer.get("macs").longValue();
      }
      assertEquals(graph.macs(), macs);
      JsonNode last = point.get("layers").get(graph.nodes().size() - 1);
      assertEquals(data.classes(), last.get("shape").get(2).intValue());
    }
  }

  // ---- boards

  @Test
  void allNumbersAreThoseOfTheBoardNamedFirstAndThoseOfTheOthersSaySo() throws Exception {
    List<Trial> trials = onTwoBoards(SampleTrials.search(8, 1));
    Shown shown =
        shown(
            experiment(FIRST_NAMED + ", " + SECOND_NAMED, Optional.empty()), trials, new byte[64]);
    assertEquals(FIRST_NAMED, shown.json().get("board").textValue());
    assertEquals(
        List.of(FIRST_NAMED, SECOND_NAMED),
        JSON.convertValue(shown.json().get("boards"), List.class));
    List<JsonNode> views = new ArrayList<>();
    shown.json().get("trials").forEach(views::add);
    shown.json().get("front").forEach(views::add);
    for (JsonNode view : views) {
      if (view.has("accuracy")) {
        JsonNode on = view.get("on");
        on.get(FIRST_NAMED)
            .properties()
            .forEach(number -> assertEquals(number.getValue(), view.get(number.getKey())));
        double ratio =
            on.get(SECOND_NAMED).get("latencyMs").doubleValue()
                / on.get(FIRST_NAMED).get("latencyMs").doubleValue();
        assertEquals(3, ratio, 1e-9);
      }
    }
    JsonNode point = shown.page().get("points").get(0);
    JsonNode trial = shown.json().get("trials").get(point.get("id").intValue());
    assertEquals(
        trial.get("latencyMs").doubleValue() / 1e3,
        point.get("at").get("latency").get("value").doubleValue(),
        1e-12);
    assertTrue(shown.html().contains("\"on " + SECOND_NAMED + "\""), "facts of the other board");
    assertTrue(shown.table().contains("The same on " + SECOND_NAMED));
    assertTrue(shown.table().contains("fashion-mnist on " + FIRST_NAMED));
  }

  /** A limit that only the other board breaks is broken. */
  @Test
  void aLimitHoldsOnEveryBoard() throws Exception {
    Trial trial = onTwoBoards(List.of(SampleTrials.search(1, 1).get(0))).get(0);
    double latency = measurement(trial).timed().latency().value();
    Map<String, String> flags = new TreeMap<>(SampleTrials.flags());
    flags.put("--board", FIRST_NAMED + ", " + SECOND_NAMED);
    String limit = "latency < " + Math.round(latency * 2000) + " ms";
    flags.put("--constraint", limit);
    RunFolder run = new RunFolder(folder.resolve("run"));
    try (TrialStore store = SqliteTrialStore.open(run.path())) {
      store.begin(new ExperimentRecord(Instant.EPOCH, flags));
      store.append(trial, SampleTrials.artifacts(trial, 64));
      printed(
          () ->
              SearchResultView.show(
                  ExperimentResult.of(store, run, Providers.standard()), run, true));
    }
    assertTrue(
        Files.readString(run.report()).contains("s on " + SECOND_NAMED),
        "the limit that is broken");
  }

  private static List<Trial> onTwoBoards(List<Trial> trials) {
    return trials.stream().map(ShownNumbersTest::onTwoBoards).toList();
  }

  private static Trial onTwoBoards(Trial trial) {
    ObjectNode tree = JSON.valueToTree(trial);
    if (tree.at("/outcome/on").isObject()) {
      ObjectNode on = (ObjectNode) tree.at("/outcome/on");
      ObjectNode other = on.get(FIRST_NAMED).deepCopy();
      other.put("boardId", SECOND_NAMED);
      ObjectNode latency = (ObjectNode) other.at("/timing/latency");
      latency.put("value", latency.get("value").doubleValue() * 3);
      on.set(SECOND_NAMED, other);
    }
    return JSON.convertValue(tree, Trial.class);
  }

  // ---- what is not known

  /** The places of a measurement that may be absent, as JSON pointers, found in its records. */
  static Stream<String> optionalPlaces() {
    return places(Measurement.class, "");
  }

  private static Stream<String> places(Class<?> type, String path) {
    return Arrays.stream(type.getRecordComponents())
        .flatMap(component -> places(component, path + "/" + component.getName()));
  }

  private static Stream<String> places(RecordComponent component, String path) {
    Class<?> type = component.getType();
    if (type == Optional.class) {
      Type content = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
      Stream<String> inside =
          content instanceof Class<?> inner && inner.isRecord() ? places(inner, path) : Stream.of();
      return Stream.concat(Stream.of(path), inside);
    }
    if (type.getSimpleName().startsWith("Optional")) {
      return Stream.of(path);
    }
    return type.isRecord() && type.getName().startsWith("org.hilbench")
        ? places(type, path)
        : Stream.of();
  }

  @ParameterizedTest
  @MethodSource("optionalPlaces")
  void whatIsAbsentIsShownAsAbsent(String place) throws Exception {
    List<Trial> trials =
        SampleTrials.search(4, 1).stream().map(trial -> without(trial, place)).toList();
    Shown shown = shown(experiment(FIRST_NAMED, Optional.empty()), trials, new byte[64]);
    String lines = String.join("\n", MeasurementText.lines(measurement(trials.get(0))));
    String profile = String.join("\n", MeasurementText.profile(measurement(trials.get(0))));
    String json = Json.text(MeasurementJson.of(measurement(trials.get(0))));
    for (String text : List.of(shown.table(), lines, profile, json, shown.json().toString())) {
      assertFalse(text.contains("NaN") || text.contains("Infinity"), text);
      assertFalse(
          Pattern.compile("(^|[^\\d.,])-?0([.]0+)? ?(ms|MHz|uJ|mJ|KiB|B|instr)")
              .matcher(text)
              .find(),
          text);
    }
    if (place.equals("/timing")) {
      JsonNode trial = shown.json().get("trials").get(0);
      assertFalse(trial.has("latencyMs") || trial.has("origin"), trial::toString);
      assertTrue(lines.contains("latency    unknown"), lines);
      assertTrue(shown.html().contains("the latency is not known"));
    }
  }

  private static Measurement measurement(Trial trial) {
    return ((Outcome.Evaluated) trial.outcome()).on(TargetId.of(FIRST_NAMED));
  }

  private static Trial without(Trial trial, String place) {
    ObjectNode tree = JSON.valueToTree(trial);
    int name = place.lastIndexOf('/');
    JsonNode parent = tree.at("/outcome/on/" + FIRST_NAMED + place.substring(0, name));
    if (parent.isObject()) {
      ((ObjectNode) parent).putNull(place.substring(name + 1));
    }
    if (place.equals("/clock/clockHz") && parent.isObject()) {
      ((ObjectNode) parent).put("confirmed", false).put("cause", "it did not say");
    }
    return JSON.convertValue(tree, Trial.class);
  }
}
