package org.hilbench.cli;

import java.nio.file.Path;
import org.hilbench.BenchException;
import org.hilbench.experiment.TflmSetting;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what firmware a model runs in. */
final class FirmwareOptions {
  @Option(
      names = "--kernels",
      paramLabel = "K",
      description = "Kernel set of the firmware (default: hilbench).")
  private @Nullable String kernels;

  @Option(
      names = "--tflm",
      paramLabel = "FILE",
      description =
          "A TensorFlow Lite Micro of your own in place of the default one: YAML file with the keys"
              + " include, archive, version (docs/kernels.md).")
  private @Nullable String tflm;

  /** As given; null where it was not. */
  @Nullable String kernels() {
    return kernels;
  }

  /** The text form of what was given ({@link TflmSetting}); null where nothing was. */
  @Nullable String tflm() throws BenchException {
    return tflm == null ? null : TflmSetting.textOf(tflm, Path.of(""));
  }
}
