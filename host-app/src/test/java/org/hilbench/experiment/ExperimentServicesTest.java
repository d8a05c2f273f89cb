package org.hilbench.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.Sha256;
import org.hilbench.Stage;
import org.hilbench.data.DataReference;
import org.hilbench.data.SensorWindows;
import org.hilbench.exec.ExecRunner;
import org.hilbench.graph.Precision;
import org.hilbench.graph.Shape;
import org.hilbench.quantity.Metric;
import org.hilbench.search.Goal;
import org.hilbench.search.PolicyGradient;
import org.hilbench.search.SearchListener;
import org.hilbench.search.SearchLoop;
import org.hilbench.search.SearchPlan;
import org.hilbench.search.SearchStrategy;
import org.hilbench.search.StrategyContext;
import org.hilbench.search.StrategyServices;
import org.hilbench.search.TellOrder;
import org.hilbench.search.Told;
import org.hilbench.search.TrialRunner;
import org.hilbench.search.Verdict;
import org.hilbench.space.ChainSpace;
import org.hilbench.space.SearchSpace;
import org.hilbench.worker.Pending;
import org.hilbench.worker.Progress;
import org.hilbench.worker.WorkerHandler;
import org.hilbench.worker.WorkerOptions;
import org.hilbench.worker.WorkerPool;
import org.hilbench.worker.WorkerRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an experiment lends to a strategy that learns: real workers, and its own folder. */
@Timeout(200)
class ExperimentServicesTest {
  private static final int TRIALS = 8;

  /** The last tell is of use to nobody. */
  private static final int LESSONS = TRIALS - 1;

  private static final SearchSpace SPACE =
      new ChainSpace(new Shape(28, 28, 1), 10, List.of(Precision.W8A8));

  @TempDir Path folder;
  private static WorkerPool workers;
  private final AtomicInteger tasks = new AtomicInteger();
  private RunFolder run;

  @BeforeAll
  static void start() {
    workers = WorkerPool.open(new ExecRunner(), WorkerOptions.of(1));
  }

  @AfterAll
  static void stop() {
    workers.close();
  }

  @BeforeEach
  void prepare() {
    run = new RunFolder(folder.resolve("run"));
  }

  private ExperimentServices services() {
    DataReference data = DataReference.of(new SensorWindows(), folder, 1, "");
    return new ExperimentServices(run, workers, data);
  }

  /** The same, which counts what the workers do. */
  private StrategyServices counted() {
    ExperimentServices real = services();
    return new StrategyServices() {
      @Override
      public DataReference data() {
        return real.data();
      }

      @Override
      public Pending<byte[]> submit(WorkerRequest task, Progress progress) {
        tasks.incrementAndGet();
        return real.submit(task, progress);
      }

      @Override
      public Optional<byte[]> checkpoint(String name) throws BenchException {
        return real.checkpoint(name);
      }

      @Override
      public void keepCheckpoint(String name, byte[] state) throws BenchException {
        real.keepCheckpoint(name, state);
      }

      @Override
      public Optional<byte[]> artifact(String sha256) throws BenchException {
        return real.artifact(sha256);
      }

      @Override
      public String keepArtifact(byte[] bytes) throws BenchException {
        return real.keepArtifact(bytes);
      }
    };
  }

  /** A search by a strategy that has just been made. */
  private List<Told> search(int trials, List<Told> stored) throws Exception {
    tasks.set(0);
    SearchStrategy strategy =
        new PolicyGradient()
            .create(new StrategyContext(3, SPACE, Goal.under(List.of()), TRIALS, counted()));
    TrialRunner scores =
        asked -> {
          double params = SPACE.graph(asked.proposal().architecture()).params();
          double accuracy = 1 - 1 / Math.log(params);
          return CompletableFuture.completedFuture(
              asked.told(new Verdict.Scored(Map.of(Metric.ACCURACY, accuracy))));
        };
    SearchPlan plan = new SearchPlan(trials, TellOrder.BY_NUMBER, 0, 1);
    return new SearchLoop(strategy, scores, plan, SearchListener.NONE).run(stored).told();
  }

  @Test
  void aStrategyGoesOnFromItsCheckpoint() throws Exception {
    List<Told> half = search(TRIALS / 2, List.of());
    assertEquals(TRIALS / 2 - 1, tasks.get());
    List<Told> whole = search(TRIALS, half);
    assertEquals(LESSONS - (TRIALS / 2 - 1), tasks.get());
    assertEquals(whole, search(TRIALS, half));
    assertEquals(0, tasks.get(), "all was learned before");
  }

  @Test
  void withoutItsCheckpointsItProposesTheSameAtMoreCost() throws Exception {
    List<Told> whole = search(TRIALS, List.of());
    assertEquals(LESSONS, tasks.get());
    List<Path> kept = files(run.checkpoints());
    assertEquals(LESSONS, kept.size());
    List<Path> artifacts = files(run.artifacts());

    for (Path file : kept) {
      Files.delete(file);
    }
    assertEquals(whole, search(TRIALS, whole.subList(0, 2)));
    assertEquals(LESSONS, tasks.get());
    assertEquals(kept, files(run.checkpoints()));
    assertEquals(artifacts, files(run.artifacts()), "what is learned again is the same");

    for (Path file : kept) {
      byte[] damaged = Files.readAllBytes(file);
      damaged[damaged.length - 1] ^= 1;
      Files.write(file, damaged);
    }
    Files.write(kept.get(0), new byte[7]);
    assertEquals(whole, search(TRIALS, whole.subList(0, 2)));
    assertEquals(LESSONS, tasks.get());
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void anArtifactIsKeptUnderItsHashOnceAndADamagedOneIsRefused() throws Exception {
    byte[] bytes = "weights".getBytes(StandardCharsets.UTF_8);
    String hash = services().keepArtifact(bytes);
    assertEquals(Sha256.hex(bytes), hash);
    assertEquals(hash, services().keepArtifact(bytes));
    assertArrayEquals(bytes, services().artifact(hash).orElseThrow());
    assertTrue(services().artifact(Sha256.hex(new byte[1])).isEmpty());
    Path file = files(run.artifacts()).get(0);
    Files.write(file, new byte[3]);
    BenchException refused = assertThrows(BenchException.class, () -> services().artifact(hash));
    assertEquals(BenchException.Kind.ENVIRONMENT, refused.kind());
    assertTrue(refused.getMessage().startsWith(file + " is damaged"), refused::getMessage);
  }

  @Test
  void aCheckpointIsReplacedAndNoNameLeadsOutOfTheFolder() throws Exception {
    services().keepCheckpoint("state", new byte[0]);
    assertEquals(0, services().checkpoint("state").orElseThrow().length);
    services().keepCheckpoint("state", new byte[] {1, 2});
    assertArrayEquals(new byte[] {1, 2}, services().checkpoint("state").orElseThrow());
    assertTrue(services().checkpoint("another").isEmpty());
    for (String name : List.of("", "..", "../x", "a/b", "a\0", "x".repeat(101))) {
      assertThrows(IllegalArgumentException.class, () -> services().checkpoint(name), name);
      assertThrows(IllegalArgumentException.class, () -> services().artifact(name), name);
    }
  }

  /** Says that it is there, and is busy for longer than any test. */
  public static final class Endless implements WorkerHandler {
    /** For the worker, which creates handlers by their class. */
    public Endless() {}

    @Override
    public byte[] handle(byte[] request, Progress progress) throws Exception {
      progress.at(1, 2);
      Thread.sleep(Duration.ofHours(1).toMillis());
      return request;
    }
  }

  @Test
  void aSearchThatIsCutShortEndsWhatItsStrategyHasAWorkerDo() throws Exception {
    ExperimentServices services = services();
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    WorkerRequest endless =
        new WorkerRequest(
            Endless.class, new byte[0], Stage.PROPOSE, "endless", Duration.ofHours(2));
    SearchStrategy strategy =
        (number, history) -> {
          try {
            services.submit(endless, (done, total) -> busy.countDown()).await();
            throw new AssertionError("it came to an end");
          } finally {
            ended.countDown();
          }
        };
    SearchLoop loop =
        new SearchLoop(
            strategy, asked -> new CompletableFuture<>(), SearchPlan.of(1), SearchListener.NONE);
    CompletableFuture<Boolean> cancelled =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return loop.run(List.of()).cancelled();
              } catch (BenchException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    busy.await();
    List<Long> process = workers.processIds();
    loop.cancel();
    assertTrue(cancelled.get());
    ended.await();
    assertFalse(search(2, List.of()).isEmpty(), "the next task has a worker");
    assertFalse(workers.processIds().containsAll(process));
  }
}
