package org.hilbench.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.bench.Bench;
import org.hilbench.bench.BenchWorker;
import org.hilbench.bench.ImageBuilder;
import org.hilbench.bench.SimulatedPlaces;
import org.hilbench.board.BoardProfiles;
import org.hilbench.exec.CommandRunner;
import org.hilbench.exec.ExecRunner;
import org.hilbench.firmware.FirmwareBuilder;
import org.hilbench.firmware.Workshop;
import org.hilbench.measure.InProcessJobQueue;
import org.hilbench.measure.Loading;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.testkit.SharedData;
import org.hilbench.trial.MeasureStage;
import org.hilbench.verify.ReferenceAnswers;
import org.junit.jupiter.api.Assumptions;

/**
 * Measures models as {@code measure} does, on images of a copy of the kernels that can be broken.
 * All that is not a kernel comes from the user's cache; what is built of broken ones stays apart.
 */
final class MutantWorkshop implements AutoCloseable {
  private static final String BOARD = "mps2-an386";

  private final Path folder;
  private final Path templates;
  private final InProcessJobQueue queue =
      new InProcessJobQueue(Duration.ofSeconds(30), InstantSource.system());
  private final BenchWorker worker;
  private final MeasureStage stage;

  MutantWorkshop() throws IOException, BenchException {
    FirmwareBuilder unused = Workshop.builder(); // aborts without compiler or sources
    CommandRunner runner = new ExecRunner();
    Assumptions.assumeTrue(runner.find("qemu-system-arm").isPresent(), "absent: qemu-system-arm");
    folder = Files.createTempDirectory("hilbench-mutants");
    templates = folder.resolve("firmware-templates");
    copy(Workshop.templates(), templates);
    FirmwareBuilder builder =
        new FirmwareBuilder(
            new IncrementalKernels(runner, templates, folder.resolve("kernels")),
            templates,
            cache());
    BoardProfiles boards = BoardProfiles.load(SharedData.repository().resolve("board-profiles"));
    Bench bench = new Bench(boards, ImageBuilder.of(builder), new SimulatedPlaces(boards, runner));
    worker = BenchWorker.start(queue, bench, Set.of());
    stage = new MeasureStage(queue, bench);
  }

  /** The compiled archives of the user's cache, each by a link of its own. */
  private Path cache() throws IOException {
    Path cache = Files.createDirectories(folder.resolve("cache"));
    Files.createSymbolicLink(cache.resolve("tflm"), Workshop.cache().resolve("tflm"));
    Path archives = Files.createDirectories(cache.resolve("archives"));
    Path shared = Workshop.cache().resolve("archives");
    if (Files.isDirectory(shared)) {
      try (Stream<Path> entries = Files.list(shared)) {
        for (Path entry : entries.filter(Files::isDirectory).toList()) {
          Files.createSymbolicLink(archives.resolve(entry.getFileName()), entry);
        }
      }
    }
    return cache;
  }

  /** The kernels that the next measurement is built of. */
  Path kernels() {
    return templates.resolve("kernels");
  }

  /** Measures with kernels of which one file has another text; the file is as before after it. */
  MeasureStage.Answer.Measured measure(
      KernelMutant mutant, MutantModels models, ReferenceAnswers reference)
      throws IOException, BenchException {
    Path file = kernels().resolve(mutant.file());
    String sound = Files.readString(file);
    Files.writeString(file, mutant.applied(sound));
    try {
      return measure(models, reference);
    } finally {
      Files.writeString(file, sound);
    }
  }

  MeasureStage.Answer.Measured measure(MutantModels models, ReferenceAnswers reference)
      throws BenchException {
    MeasureStage.Order order =
        new MeasureStage.Order(
            BOARD,
            MeasurementJob.ON_QEMU,
            Optional.empty(),
            "hilbench",
            0,
            1,
            Loading.LINKED,
            false);
    MeasureStage.Answer answer = stage.measure(models.model().bytes(), reference, order);
    if (answer instanceof MeasureStage.Answer.Measured measured) {
      return measured;
    }
    throw new AssertionError("does not fit: " + answer);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path path : walk.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  @Override
  public void close() throws IOException {
    queue.close();
    worker.close();
    List<Path> deepestFirst;
    try (Stream<Path> walk = Files.walk(folder)) { // does not follow the links
      deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
