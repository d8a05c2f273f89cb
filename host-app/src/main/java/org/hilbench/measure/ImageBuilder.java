package org.hilbench.measure;

import org.hilbench.BenchException;
import org.hilbench.firmware.BuildOutcome;
import org.hilbench.firmware.FirmwareRequest;

/** Makes images: {@link org.hilbench.firmware.FirmwareBuilder}. */
@FunctionalInterface
public interface ImageBuilder {
  BuildOutcome build(FirmwareRequest request) throws BenchException;
}
