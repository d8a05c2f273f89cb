package org.hilbench.firmware;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.BoardProfiles;
import org.hilbench.exec.CommandRunner;
import org.hilbench.exec.ExecRunner;
import org.hilbench.folders.CacheFolder;
import org.hilbench.testkit.SharedData;
import org.hilbench.tflite.TfliteModel;

/** What tests of the firmware build need: the shipped templates and boards, the user's cache. */
public final class Workshop {
  private Workshop() {}

  /** The cache that the program itself uses, so that the runtime is compiled once for all tests. */
  public static Path cache() {
    return CacheFolder.location();
  }

  public static Path templates() {
    return SharedData.repository().resolve("firmware-templates");
  }

  /** A builder; the test aborts where the compiler or the runtime's sources are absent. */
  public static FirmwareBuilder builder() {
    CommandRunner runner = new ExecRunner();
    assumeTrue(runner.find(Toolchain.COMPILER).isPresent(), "absent: " + Toolchain.COMPILER);
    assumeTrue(
        Files.isDirectory(cache().resolve("tflm").resolve(TflmSources.VERSION)),
        "absent: the runtime's sources; run scripts/fetch-tflm");
    return new FirmwareBuilder(runner, templates(), cache());
  }

  public static BoardProfile board(String id) throws BenchException {
    return BoardProfiles.load(SharedData.repository().resolve("board-profiles")).find(id);
  }

  /** A model of shared/data/mlperf_tiny; the test aborts without it. */
  public static TfliteModel mlperf(String name) throws IOException, BenchException {
    return TfliteModel.parse(
        Files.readAllBytes(SharedData.data("mlperf_tiny/" + name + ".tflite")));
  }

  public static FirmwareImage built(BuildOutcome outcome) {
    if (outcome instanceof BuildOutcome.Built built) {
      return built.image();
    }
    throw new AssertionError("not built: " + outcome);
  }
}
