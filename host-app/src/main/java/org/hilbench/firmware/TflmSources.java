package org.hilbench.firmware;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.Stage;

/**
 * The sources of TensorFlow Lite Micro that scripts/fetch-tflm has unpacked and checked.
 *
 * @param root TFLM's include root
 * @param sha256 of the crate that they came from
 */
record TflmSources(Path root, String sha256) implements TflmBuild {
  static final String VERSION = "tfmicro-0.1.0";

  static TflmSources require(Path cache) throws BenchException {
    Path crate = cache.resolve("tflm").resolve(VERSION);
    Path stamp = crate.resolve("hilbench.sha256");
    try {
      return new TflmSources(
          crate.resolve("submodules/tensorflow"), Files.readString(stamp).strip());
    } catch (IOException e) {
      throw new BenchException(
          Stage.BUILD,
          BenchException.Kind.ENVIRONMENT,
          "the sources of TensorFlow Lite Micro ("
              + VERSION
              + ") are not in "
              + crate
              + ". Run: scripts/fetch-tflm",
          e);
    }
  }

  @Override
  public String version() {
    return VERSION;
  }

  @Override
  public List<String> content() {
    return List.of(sha256);
  }

  @Override
  public ContentHash addCompiled(ContentHash key) {
    return key.add(content());
  }

  @Override
  public TflmIdentity identity() {
    return new TflmIdentity(VERSION, Optional.empty(), Optional.empty());
  }

  @Override
  public List<String> cmakeSettings() {
    return List.of("-DHILBENCH_TFLM=" + root);
  }

  @Override
  public List<Path> includes() {
    return List.of(root);
  }

  @Override
  public Optional<Path> archive() {
    return Optional.empty();
  }

  @Override
  public List<String> kernelObjects() {
    return List.of();
  }

  @Override
  public TflmApi api() {
    return TflmApi.TFMICRO2020;
  }
}
