package org.hilbench.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hilbench.BenchException;
import org.hilbench.Sha256;
import org.hilbench.firmware.ContentReference;
import org.hilbench.measure.Bytes;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.measure.MeasurementResult;
import org.hilbench.measure.Tflm;
import org.hilbench.tflite.DenseRounding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds how the FULLY_CONNECTED of somebody else's kernels rounds, by a model of that operator
 * alone whose outputs all differ between the two rules. It is measured like any other, once for a
 * library. Thread-safe.
 */
final class RoundingProbe {
  private static final Logger LOG = LoggerFactory.getLogger(RoundingProbe.class);

  private final Bench bench;
  private final Optional<Path> folder;
  private final Map<String, DenseRounding> known = new ConcurrentHashMap<>();

  /** Where a job is measured. */
  @FunctionalInterface
  interface Bench {
    MeasurementResult measured(MeasurementJob job) throws BenchException;
  }

  RoundingProbe(Bench bench, Optional<Path> cache) {
    this.bench = bench;
    this.folder = cache.map(path -> path.resolve("fully-connected"));
  }

  /**
   * The rule of what a job ran on; empty if it follows neither, or could not be asked.
   *
   * @param ran what the job's measurement says about the runtime
   */
  Optional<DenseRounding> rounding(MeasurementJob job, Tflm ran) throws BenchException {
    String key =
        Sha256.hex((job.ingredients().kernels().name() + ran + job.boardId()).getBytes(UTF_8));
    Optional<DenseRounding> found = Optional.ofNullable(known.get(key)).or(() -> kept(key, ran));
    if (found.isEmpty()) {
      found = asked(job);
      found.ifPresent(rule -> keep(key, ran, rule));
    }
    found.ifPresent(rule -> known.put(key, rule));
    return found;
  }

  private Optional<DenseRounding> asked(MeasurementJob job) throws BenchException {
    MeasurementResult result = bench.measured(probe(job));
    if (!(result instanceof MeasurementResult.Completed completed)) {
      LOG.warn("how FULLY_CONNECTED rounds could not be asked: {}", result);
      return Optional.empty();
    }
    Bytes output = completed.measurement().outputs().get(0).output();
    for (DenseRounding rule : DenseRounding.values()) {
      if (output.equals(expected(rule))) {
        return Optional.of(rule);
      }
    }
    ContentReference kernels = job.ingredients().kernels();
    LOG.warn("FULLY_CONNECTED of kernels {} rounds neither once nor twice", kernels);
    return Optional.empty();
  }

  private static MeasurementJob probe(MeasurementJob job) {
    return MeasurementJob.of(Bytes.of(model()), job.ingredients(), List.of(input()))
        .on(job.on())
        .at(job.operatingPoint())
        .perOp(false)
        .job();
  }

  /** The model file. */
  static byte[] model() {
    return resource("rounding-probe.tflite");
  }

  static Bytes input() {
    return Bytes.of(resource("rounding-probe.input"));
  }

  /** The outputs by a rule. */
  static Bytes expected(DenseRounding rule) {
    return Bytes.of(
        resource(rule == DenseRounding.ONCE ? "rounding-probe.once" : "rounding-probe.twice"));
  }

  private static byte[] resource(String name) {
    try (InputStream in = RoundingProbe.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A library is known by its content; kernels that have no hash are asked in each process. */
  private Optional<Path> file(String key, Tflm ran) {
    return folder.filter(path -> ran.archiveSha256().isPresent()).map(path -> path.resolve(key));
  }

  private Optional<DenseRounding> kept(String key, Tflm ran) {
    return file(key, ran).flatMap(RoundingProbe::read);
  }

  private static Optional<DenseRounding> read(Path file) {
    try {
      return Optional.of(DenseRounding.valueOf(Files.readString(file).strip()));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // it is asked again
    }
  }

  private void keep(String key, Tflm ran, DenseRounding rule) {
    file(key, ran)
        .ifPresent(
            file -> {
              try {
                Path home = Files.createDirectories(folder.orElseThrow());
                Path written = Files.createTempFile(home, key, ".new");
                Files.writeString(written, rule.name());
                Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
              } catch (IOException e) {
                LOG.warn("what FULLY_CONNECTED was found to do cannot be kept in {}", file, e);
              }
            });
  }
}
