package org.hilbench.bench;

import org.hilbench.BenchException;
import org.hilbench.firmware.BuildOutcome;
import org.hilbench.firmware.ImageRequest;

/** Makes images: {@link org.hilbench.firmware.FirmwareBuilder}. */
@FunctionalInterface
public interface ImageBuilder {
  BuildOutcome build(ImageRequest request) throws BenchException;
}
