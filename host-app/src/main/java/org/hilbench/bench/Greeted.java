package org.hilbench.bench;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.device.Device;
import org.hilbench.device.DeviceException;
import org.hilbench.device.Identity;
import org.hilbench.device.ModelPlace;
import org.hilbench.device.ModelStatus;
import org.hilbench.device.Upload;
import org.hilbench.firmware.FirmwareImage;
import org.hilbench.quantity.Range;
import org.hilbench.tflite.DeviceForm;
import org.hilbench.tflite.TfliteModel;

/** A device that said who it is, and is what we built. */
final class Greeted {
  // The runtimes' own words about an arena that is too small, at whichever of their allocations
  // that is.
  private static final Pattern ARENA =
      Pattern.compile(
          "[Aa]rena|allocate|Too many buffers|scratch buffer handle|tensor_memory|resize buffer"
              + "|head size");
  private static final Pattern MISSING = Pattern.compile("missing:? (\\d+)");
  private static final Pattern NEEDED =
      Pattern.compile("Arena size is too small.*Needed (\\d+) but only (\\d+)", Pattern.DOTALL);

  private static final int MOST_DIGITS = 18;

  private final String device;
  private final Identity identity;
  private final long arena;
  private final long boardArena;

  private Greeted(String device, Identity identity, long arena, long boardArena) {
    this.device = device;
    this.identity = identity;
    this.arena = arena;
    this.boardArena = boardArena;
  }

  /**
   * Checks who answers, and gives it the model where it is resident.
   *
   * @param ran the image that should have answered
   * @param board the board's own image, for messages
   * @throws NoRoomException if a resident device is too small for the model
   */
  static Greeted withModel(Device device, FirmwareImage ran, TfliteModel model, FirmwareImage board)
      throws BenchException {
    requireImage(device, ran, model);
    long all = ran.ram().arena();
    long arena = ran.resident() ? uploaded(device, upload(model, board)) : all;
    ReadingRanges ranges = new ReadingRanges(device.name());
    ranges.require("ARENA_BYTES", arena, Range.bytesUpTo(all));
    ranges.requireModel(device.identity(), model);
    long shown = ran.resident() ? arena : board.ram().arena();
    return new Greeted(device.name(), device.identity(), arena, shown);
  }

  /** Bytes of arena that the device has for the model. */
  long arena() {
    return arena;
  }

  /** Into RAM where model and arena fit there, else into flash where the board has a slot. */
  private static long uploaded(Device device, Upload upload) throws BenchException {
    boolean slot = device.identity().flashSlotBytes().isPresent();
    try {
      long arena = device.upload(upload);
      if (!slot || device.identity().modelStatus() == ModelStatus.READY) {
        return arena;
      }
    } catch (DeviceException.TooLarge refused) {
      if (!slot) {
        throw new NoRoomException(String.valueOf(refused.getMessage()));
      }
    }
    return intoFlash(device, upload);
  }

  private static long intoFlash(Device device, Upload upload) throws BenchException {
    try {
      return device.upload(upload.into(ModelPlace.FLASH));
    } catch (DeviceException.TooLarge | DeviceException.FlashFailed refused) {
      throw new NoRoomException(String.valueOf(refused.getMessage()));
    }
  }

  /** The bytes that the board's own image has linked in. */
  private static Upload upload(TfliteModel model, FirmwareImage board) throws BenchException {
    Optional<String> form = board.deviceFormSha256();
    return new Upload(
        form.isPresent() ? DeviceForm.ofSha256(model, form.get()).bytes() : model.bytes(),
        model.sha256(),
        Math.toIntExact(model.inputTensor().bytes()),
        model.operators().size());
  }

  private static void requireImage(Device device, FirmwareImage ran, TfliteModel model)
      throws BenchException {
    Identity identity = device.identity();
    boolean wanted = ran.resident() || identity.modelSha256().equals(model.sha256());
    if (!identity.buildId().equals(ran.buildId()) || !wanted) {
      throw failed(
          device.name()
              + " runs build "
              + identity.buildId()
              + (identity.modelSha256().isEmpty() ? "" : " with model " + identity.modelSha256())
              + ", not the image that was built: "
              + ran.buildId()
              + (ran.resident()
                  ? ", the resident firmware; flash it first: " + ran.elf()
                  : " with model " + model.sha256()));
    }
  }

  private boolean refused() {
    return identity.modelStatus() != ModelStatus.READY;
  }

  /** Whether the model was refused, for a reason that the image has no words for. */
  boolean silent() {
    return refused() && words().isEmpty();
  }

  Optional<ModelPlace> modelPlace() {
    return identity.modelPlace();
  }

  boolean arenaTooSmall() {
    return refused() && ARENA.matcher(words()).find();
  }

  /**
   * Lets a model pass that is ready, or has too small an arena.
   *
   * @throws BenchException (TRIAL) for any other, with the runtime's words
   */
  void requirePrepared() throws BenchException {
    if (refused() && !arenaTooSmall()) {
      throw failed(
          String.format(
              Locale.ROOT,
              "%s could not prepare the model (arena %d bytes): %s",
              device,
              boardArena,
              words()));
    }
  }

  /** At least this much: the runtime stops at the first buffer that does not fit. */
  long arenaNeeded() throws BenchException {
    Matcher needed = NEEDED.matcher(identity.modelText());
    if (needed.find()) {
      return boardArena + bytes(needed.group(1)) - bytes(needed.group(2));
    }
    Matcher missing = MISSING.matcher(identity.modelText());
    return boardArena + (missing.find() ? bytes(missing.group(1)) : 1);
  }

  private long bytes(String digits) throws BenchException {
    long bytes = digits.length() > MOST_DIGITS ? Long.MAX_VALUE : Long.parseLong(digits);
    new ReadingRanges(device)
        .require("the arena that its runtime asks for,", bytes, Range.bytesUpTo(1L << 32));
    return bytes;
  }

  String words() {
    return identity.modelText().strip();
  }

  private static BenchException failed(String message) {
    return new BenchException(Stage.RUN, BenchException.Kind.TRIAL, message);
  }
}
