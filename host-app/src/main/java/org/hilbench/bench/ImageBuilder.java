package org.hilbench.bench;

import org.hilbench.BenchException;
import org.hilbench.board.Core;
import org.hilbench.firmware.BuildOutcome;
import org.hilbench.firmware.ContentReference;
import org.hilbench.firmware.FirmwareBuilder;
import org.hilbench.firmware.ImageRequest;
import org.hilbench.firmware.KernelSet;

/** Makes images, and says of what. */
public interface ImageBuilder {
  BuildOutcome build(ImageRequest request) throws BenchException;

  /** As {@link FirmwareBuilder#kernels}. */
  ContentReference kernels(KernelSet kernels, Core core) throws BenchException;

  /** As {@link FirmwareBuilder#runtime}. */
  ContentReference runtime(Core core) throws BenchException;

  /** As {@link FirmwareBuilder#surroundings}. */
  String surroundings() throws BenchException;

  /** As {@link FirmwareBuilder#toolchain}. */
  String toolchain(Core core) throws BenchException;

  static ImageBuilder of(FirmwareBuilder builder) {
    return new ImageBuilder() {
      @Override
      public BuildOutcome build(ImageRequest request) throws BenchException {
        return builder.build(request);
      }

      @Override
      public ContentReference kernels(KernelSet kernels, Core core) throws BenchException {
        return builder.kernels(kernels, core);
      }

      @Override
      public ContentReference runtime(Core core) throws BenchException {
        return builder.runtime(core);
      }

      @Override
      public String surroundings() throws BenchException {
        return builder.surroundings();
      }

      @Override
      public String toolchain(Core core) throws BenchException {
        return builder.toolchain(core);
      }
    };
  }
}
