package org.hilbench.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import org.hilbench.BenchException;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.exec.CommandRunner;
import org.hilbench.exec.ExecRunner;
import org.hilbench.exec.RunningCommand;
import org.hilbench.oracle.RandomNetworks;
import org.hilbench.testkit.KillingRunner;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose fault it is when the compiler of an image fails. */
final class KilledCompilerTest {
  @TempDir private Path cache;
  private final KillingRunner runner =
      new KillingRunner(new ExecRunner(), command -> command.argv().contains(ImageLinker.SOURCE));

  @BeforeEach
  void useWhatIsCompiled() throws Exception {
    FirmwareBuilder unused = Workshop.builder();
    Files.createSymbolicLink(cache.resolve("tflm"), Workshop.cache().resolve("tflm"));
    Files.createSymbolicLink(cache.resolve("archives"), Workshop.cache().resolve("archives"));
    assertInstanceOf(BuildOutcome.Built.class, Workshop.builder().build(request(1)));
  }

  private static FirmwareRequest request(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] model =
        TfliteWriter.write(RandomNetworks.quantized(RandomNetworks.ofTheSpace(random), random));
    return new FirmwareRequest(
        TfliteModel.parse(model), Workshop.board("mps2-an386"), KernelSet.REFERENCE);
  }

  private FirmwareBuilder builder(CommandRunner of) {
    return new FirmwareBuilder(of, Workshop.templates(), cache);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void killedItRunsAgain(int kills) throws Exception {
    runner.killNext(kills);
    assertInstanceOf(BuildOutcome.Built.class, builder(runner).build(request(1)));
  }

  @Test
  void killedAgainAndAgainIsTheMachinesFailureThoughAnotherImageWasLinked() throws Exception {
    FirmwareBuilder builder = builder(runner);
    assertInstanceOf(BuildOutcome.Built.class, builder.build(request(1)));
    runner.killNext(6);
    BenchException failure = assertThrows(BenchException.class, () -> builder.build(request(2)));
    assertEquals(BenchException.Kind.PASSING, failure.kind());
    assertInstanceOf(BuildOutcome.Built.class, builder.build(request(2)));
  }

  /** What a driver whose compiler was killed looks like, and a full disk: its own exit code. */
  @Test
  void failingOnAnythingIsTheMachinesFailure() throws Exception {
    FirmwareBuilder builder = builder(new FailingLinks(0));
    BenchException failure = assertThrows(BenchException.class, () -> builder.build(request(1)));
    assertEquals(BenchException.Kind.PASSING, failure.kind());
    assertTrue(failure.getMessage().contains("No space left on device"), failure::getMessage);
  }

  @Test
  void failingOnOneModelWhileAnotherIsLinkedIsTheModelsFailure() throws Exception {
    byte[] other = request(2).model().bytes();
    FirmwareBuilder builder = builder(new FailingLinks(other.length));
    assertInstanceOf(BuildOutcome.Built.class, builder.build(request(1)));
    BenchException failure = assertThrows(BenchException.class, () -> builder.build(request(2)));
    assertEquals(BenchException.Kind.TRIAL, failure.kind());
  }

  /** A compiler that fails on models of a size, 0 for all, as a driver does. */
  private static final class FailingLinks implements CommandRunner {
    private final CommandRunner real = new ExecRunner();
    private final int bytes;

    private FailingLinks(int bytes) {
      this.bytes = bytes;
    }

    @Override
    public CommandResult run(Command command) throws BenchException {
      if (!command.argv().contains(ImageLinker.SOURCE)) {
        return real.run(command);
      }
      Path model = command.directory().resolve(LinkedModel.FILE);
      boolean fails = bytes == 0 || model.toFile().length() == bytes;
      return real.run(
          fails ? Command.of("sh", "-c", "echo 'No space left on device' >&2; exit 1") : command);
    }

    @Override
    public RunningCommand start(Command command) throws BenchException {
      return real.start(command);
    }

    @Override
    public Optional<Path> find(String program) {
      return real.find(program);
    }
  }
}
