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
  // The runtime's own words about an arena that is too small, in both of its places.
  private static final Pattern MISSING = Pattern.compile("missing:? (\\d+)");
  private static final Pattern NEEDED =
      Pattern.compile("Arena size is too small.*Needed (\\d+) but only (\\d+)", Pattern.DOTALL);

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
    if (status != ModelStatus.READY && !arenaTooSmall(identity)) {
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
    return arenaTooSmall(identity);
  }

  private static boolean arenaTooSmall(Identity identity) {
    return identity.modelStatus() == ModelStatus.ARENA_TOO_SMALL
        || NEEDED.matcher(identity.modelText()).find();
  }

  /** At least this much: the runtime stops at the first buffer that does not fit. */
  long arenaNeeded(long arena) {
    Matcher needed = NEEDED.matcher(identity.modelText());
    if (needed.find()) {
      return arena + Long.parseLong(needed.group(1)) - Long.parseLong(needed.group(2));
    }
    Matcher missing = MISSING.matcher(identity.modelText());
    return arena + (missing.find() ? Long.parseLong(missing.group(1)) : 1);
  }

  String words() {
    return identity.modelText().strip();
  }

  private static BenchException failed(String message) {
    return new BenchException(Stage.RUN, BenchException.Kind.TRIAL, message);
  }
}
