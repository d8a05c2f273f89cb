package org.hilbench.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.graph.Graph;
import org.hilbench.measure.Conditions;
import org.hilbench.measure.Inference;
import org.hilbench.measure.JobQueue;
import org.hilbench.measure.Measurement;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.measure.MeasurementResult;
import org.hilbench.measure.OpCost;
import org.hilbench.measure.SampleFacts;
import org.hilbench.quantity.Quantity;
import org.hilbench.quantity.Unit;
import org.hilbench.store.TrialJson;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.verify.InProcessReference;
import org.hilbench.verify.ReferenceAnswers;

/**
 * Benches that answer as a script says: with the very bytes that the reference computes, or with
 * what a test makes of them.
 */
public final class ScriptedQueue implements JobQueue {
  private static final JsonMapper JSON = TrialJson.mapper();

  /** As {@link SampleFacts} foretells it. */
  private static final Optional<Conditions> UNDER = Optional.of(SampleFacts.SIMULATED);

  private final Script script;
  private final List<MeasurementJob> jobs = Collections.synchronizedList(new ArrayList<>());

  /** Answers one job. */
  @FunctionalInterface
  public interface Script {
    CompletableFuture<MeasurementResult> answer(MeasurementJob job) throws Exception;
  }

  public ScriptedQueue(Script script) {
    this.script = script;
  }

  /** What was asked, in order. */
  public List<MeasurementJob> jobs() {
    return List.copyOf(jobs);
  }

  @Override
  public CompletableFuture<MeasurementResult> submit(MeasurementJob job) {
    jobs.add(job);
    try {
      return script.answer(job);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** It ran, and this is what it gave. */
  public static CompletableFuture<MeasurementResult> ran(MeasurementJob job, Measurement gave) {
    return ran(job, gave, UNDER);
  }

  /** The same under these conditions. */
  public static CompletableFuture<MeasurementResult> ran(
      MeasurementJob job, Measurement gave, Optional<Conditions> under) {
    return CompletableFuture.completedFuture(
        new MeasurementResult.Completed(job.id(), 1, gave, under));
  }

  /** It needs more bytes of the board's RAM than there are. */
  public static CompletableFuture<MeasurementResult> tooLarge(
      MeasurementJob job, long needed, long limit) {
    return CompletableFuture.completedFuture(
        new MeasurementResult.Rejected(
            job.id(),
            1,
            job.boardId(),
            "RAM",
            new Quantity.Linked(needed, Unit.BYTES),
            new Quantity.Linked(limit, Unit.BYTES),
            "RAM overflows",
            UNDER));
  }

  public static CompletableFuture<MeasurementResult> failed(
      MeasurementJob job, BenchException.Kind kind) {
    return CompletableFuture.completedFuture(
        new MeasurementResult.Failed(job.id(), 1, Stage.RUN, kind, "as the script says"));
  }

  public static CompletableFuture<MeasurementResult> cancelled() {
    CompletableFuture<MeasurementResult> future = new CompletableFuture<>();
    future.cancel(true);
    return future;
  }

  /** Numbers of the right size for the model, and the bytes that the reference computes. */
  public static Measurement right(MeasurementJob job) throws BenchException {
    TfliteModel model = TfliteModel.parse(job.model().toArray());
    ReferenceAnswers reference = new InProcessReference().answers(model, job.inputs());
    Measurement sample = SampleTrials.measurement(aGraph(), new Random(1));
    return edited(
        sample,
        json -> {
          ObjectNode object = (ObjectNode) json;
          object.put("boardId", job.boardId());
          object.put("modelSha256", job.modelSha256());
          object.put("loading", job.loading().name());
          object.set("ops", JSON.valueToTree(ops(reference)));
          object.set("outputs", JSON.valueToTree(outputs(reference)));
        });
  }

  /** The same with another latency, and stack and model as large as this; the sums hold. */
  public static Measurement sized(
      Measurement measurement, double latencySeconds, long stackBytes, long modelBytes) {
    return edited(
        measurement,
        json -> {
          put(json, "/timing/latency", latencySeconds);
          double more = (double) stackBytes - value(json, "/sram/stack");
          put(json, "/sram/stack", (double) stackBytes);
          put(json, "/sram/peak", value(json, "/sram/peak") + more);
          double larger = (double) modelBytes - value(json, "/flash/model");
          put(json, "/flash/model", (double) modelBytes);
          put(json, "/flash/total", value(json, "/flash/total") + larger);
        });
  }

  private static double value(JsonNode json, String quantity) {
    return json.at(quantity).get("value").doubleValue();
  }

  private static void put(JsonNode json, String quantity, double value) {
    ((ObjectNode) json.at(quantity)).put("value", value);
  }

  private static Graph aGraph() {
    return SampleTrials.search(1, 1)
        .get(0)
        .architecture()
        .toGraph(SampleTrials.INPUT, SampleTrials.CLASSES);
  }

  private static List<OpCost> ops(ReferenceAnswers reference) {
    return reference.model().operators().stream()
        .map(
            op ->
                new OpCost(
                    op.index(),
                    op.name(),
                    new Quantity.Simulated(1_000 + op.index(), Unit.INSTRUCTIONS),
                    1,
                    Optional.ofNullable(reference.answers().get(0).opCrcs().get(op.index()))
                        .orElseThrow()))
        .toList();
  }

  private static List<Inference> outputs(ReferenceAnswers reference) {
    return reference.answers().stream()
        .map(answer -> new Inference(answer.input(), answer.output(), answer.kept()))
        .toList();
  }

  /** The same measurement with its JSON form edited; validated as one that is read. */
  public static Measurement edited(Measurement measurement, Consumer<JsonNode> edit) {
    try {
      JsonNode json = JSON.valueToTree(measurement);
      edit.accept(json);
      return JSON.treeToValue(json, Measurement.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public Optional<Lease> lease(Set<String> boardIds, Duration wait) {
    throw new UnsupportedOperationException("no bench serves this queue");
  }

  @Override
  public void cancel(String jobId) {}

  @Override
  public void close() {}
}
