package org.hilbench.search;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.hilbench.BenchException;
import org.hilbench.Sha256;
import org.hilbench.Stage;
import org.hilbench.quantity.Metric;
import org.hilbench.space.Architecture;
import org.hilbench.space.Choices;
import org.hilbench.space.Decision;
import org.hilbench.space.Draw;
import org.hilbench.space.SearchSpace;
import org.hilbench.worker.Progress;
import org.hilbench.worker.WorkerHandler;
import org.hilbench.worker.WorkerRequest;

/**
 * A controller in one class (REINFORCE, Williams 1992; for architectures Zoph and Le 2017): it
 * learns, tell by tell, how good each option of each decision is. A worker does the learning. What
 * it has learned is an artifact, which a checkpoint names that is named after the tells.
 */
public final class PolicyGradient implements StrategyProvider<PolicyGradient.Settings> {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration DEADLINE = Duration.ofMinutes(1);

  /**
   * How it learns.
   *
   * @param rate of learning
   */
  public record Settings(double rate) {}

  /**
   * One thing to learn from.
   *
   * @param options of each decision that was taken
   */
  record Lesson(
      Policy before, Map<String, List<String>> options, Map<String, String> chosen, double reward) {
    Policy learned() {
      Map<String, Map<String, Double>> logits = new TreeMap<>(before.logits());
      chosen.forEach((decision, option) -> logits.put(decision, moved(decision, option)));
      return new Policy(logits);
    }

    /** One step along the gradient of the logarithm of the chance of what was chosen. */
    private Map<String, Double> moved(String decision, String option) {
      List<String> all = options.get(decision);
      double[] chances = before.chances(decision, all);
      Map<String, Double> own =
          new TreeMap<>(before.logits().getOrDefault(decision, new TreeMap<>()));
      for (int i = 0; i < chances.length; i++) {
        double gradient = (all.get(i).equals(option) ? 1 : 0) - chances[i];
        own.merge(all.get(i), reward * gradient, Double::sum);
      }
      return own;
    }
  }

  /** The logits of the options of decisions, 0 where there are none. */
  record Policy(Map<String, Map<String, Double>> logits) {
    double[] chances(String decision, List<String> options) {
      Map<String, Double> own = logits.getOrDefault(decision, Map.of());
      double[] chances =
          options.stream().mapToDouble(one -> StrictMath.exp(own.getOrDefault(one, 0.0))).toArray();
      double sum = DoubleStream.of(chances).sum();
      return DoubleStream.of(chances).map(chance -> chance / sum).toArray();
    }

    String draw(Decision decision, RandomGenerator generator) {
      double[] chances = chances(decision.name(), decision.options());
      double rest = generator.nextDouble();
      int index = 0;
      while (index < chances.length - 1 && rest >= chances[index]) {
        rest -= chances[index++];
      }
      return decision.options().get(index);
    }
  }

  /** Learns a lesson, in a worker. */
  public static final class Learning implements WorkerHandler {
    /** For the worker, which creates handlers by their class. */
    public Learning() {}

    @Override
    public byte[] handle(byte[] request, Progress progress) throws IOException {
      return JSON.writeValueAsBytes(JSON.readValue(request, Lesson.class).learned());
    }
  }

  @Override
  public String name() {
    return "policyGradient";
  }

  @Override
  public Settings defaults() {
    return new Settings(2);
  }

  @Override
  public SearchStrategy create(Settings settings, StrategyContext context) {
    return new Controller(settings, context.seed(), context.space(), context.services());
  }

  private record Controller(
      Settings settings, long seed, SearchSpace space, StrategyServices services)
      implements SearchStrategy {

    @Override
    public Ask ask(int number, History history) throws BenchException {
      Policy policy = learned(history.told());
      RandomGenerator generator = Seeds.generator(seed, number);
      return Ask.startOrEnd(
          new Tried.Reader(space)
              .read(history)
              .firstNew(() -> history.propose(drawn(policy, generator), List.of())));
    }

    private Architecture drawn(Policy policy, RandomGenerator generator) {
      return Draw.first(
          () ->
              space.architecture(
                  space.decisions().take(decision -> policy.draw(decision, generator))),
          space::admits,
          "the policy knows no network");
    }

    /** Goes on from the longest beginning of the tells of which something is kept. */
    private Policy learned(List<Told> told) throws BenchException {
      List<String> names = names(told);
      int known = told.size();
      Optional<byte[]> policy = kept(names.get(known));
      while (policy.isEmpty() && known > 0) {
        policy = kept(names.get(--known));
      }
      byte[] now = policy.orElse(written(new Policy(Map.of())));
      for (int i = known; i < told.size(); i++) {
        now = after(now, told.get(i));
        String artifact = services.keepArtifact(now);
        services.keepCheckpoint(names.get(i + 1), artifact.getBytes(StandardCharsets.US_ASCII));
      }
      return read(now);
    }

    private Optional<byte[]> kept(String name) throws BenchException {
      Optional<byte[]> artifact = services.checkpoint(name);
      return artifact.isEmpty()
          ? Optional.empty()
          : services.artifact(new String(artifact.get(), StandardCharsets.US_ASCII));
    }

    /** One for each beginning of the tells, the empty one first. */
    private static List<String> names(List<Told> told) {
      List<String> names = new ArrayList<>(List.of("policy"));
      for (Told one : told) {
        String network = one.proposal().architecture().json();
        String text = names.get(names.size() - 1) + one.key() + accuracy(one) + network;
        names.add("policy-" + Sha256.hex(text.getBytes(StandardCharsets.UTF_8)));
      }
      return names;
    }

    private byte[] after(byte[] policy, Told told) throws BenchException {
      Choices choices = space.choices(told.proposal().architecture());
      double reward = settings.rate() * (accuracy(told) - 0.5);
      Map<String, List<String>> options =
          space.decisions().sequence().stream()
              .collect(Collectors.toMap(Decision::name, Decision::options));
      byte[] lesson = written(new Lesson(read(policy), options, choices.byDecision(), reward));
      WorkerRequest task =
          new WorkerRequest(Learning.class, lesson, Stage.PROPOSE, "the policy", DEADLINE);
      return services.submit(task, Progress.NONE).await();
    }

    private static double accuracy(Told told) {
      return told.verdict() instanceof Verdict.Scored scored
          ? scored.value(Metric.ACCURACY).orElse(0.0)
          : 0;
    }

    private static byte[] written(Object value) {
      try {
        return JSON.writeValueAsBytes(value);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    private static Policy read(byte[] bytes) {
      try {
        return JSON.readValue(bytes, Policy.class);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
