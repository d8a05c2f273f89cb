package org.hilbench.measure;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.device.Device;
import org.hilbench.device.Identity;
import org.hilbench.device.ModelStatus;
import org.hilbench.firmware.FirmwareImage;

/** A device that said who it is, and is what we built. */
final class Greeted {
  // The runtime's own words about a buffer that did not fit: "Requested: 1234, available 1000,
  // missing: 234".
  private static final Pattern MISSING = Pattern.compile("missing:? (\\d+)");

  private final Identity identity;

  private Greeted(Identity identity) {
    this.identity = identity;
  }

  /**
   * @param ran the image that should have answered
   * @param board the board's own image, for messages
   */
  static Greeted check(Device device, FirmwareImage ran, FirmwareImage board)
      throws BenchException {
    Identity identity = device.identity();
    if (!identity.buildId().equals(ran.buildId())
        || !identity.modelSha256().equals(ran.modelSha256())) {
      throw failed(
          device.name()
              + " runs build "
              + identity.buildId()
              + " with model "
              + identity.modelSha256()
              + ", not the image that was built: "
              + ran.buildId()
              + " with model "
              + ran.modelSha256());
    }
    ModelStatus status = identity.modelStatus();
    if (status != ModelStatus.READY && status != ModelStatus.ARENA_TOO_SMALL) {
      throw failed(
          device.name()
              + " could not prepare the model ("
              + status
              + ", arena "
              + board.ram().arena()
              + " bytes): "
              + identity.modelText().strip());
    }
    return new Greeted(identity);
  }

  boolean arenaTooSmall() {
    return identity.modelStatus() == ModelStatus.ARENA_TOO_SMALL;
  }

  /** At least this much: the runtime stops at the first buffer that does not fit. */
  long arenaNeeded(long arena) {
    Matcher matcher = MISSING.matcher(identity.modelText());
    return arena + (matcher.find() ? Long.parseLong(matcher.group(1)) : 1);
  }

  String words() {
    return identity.modelText().strip();
  }

  private static BenchException failed(String message) {
    return new BenchException(Stage.RUN, BenchException.Kind.TRIAL, message);
  }
}
