package org.hilbench.device;

import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.zip.CRC32;
import org.hilbench.protocol.ErrorCode;
import org.hilbench.protocol.Fields;
import org.hilbench.protocol.MessageType;
import org.hilbench.protocol.Packet;
import org.hilbench.protocol.ProtocolException;
import org.hilbench.protocol.Tag;
import org.hilbench.quantity.Range;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a model in bursts: pieces that want no answer, then one that tells how far the device is.
 * So the line's rate bounds it, not the way to and fro. What was lost is sent again from there on,
 * in shorter bursts, at last one piece at a time, which any device can follow.
 */
final class Uploader {
  private static final Logger LOG = LoggerFactory.getLogger(Uploader.class);
  private static final int LONGEST_BURST = 16;
  private static final int ROUNDS_WITHOUT_PROGRESS = 12;
  private static final int FIELD_HEADS = 24;

  /** The slowest line that profiles name: so long may a burst be on its way. */
  private static final long SLOWEST_BYTES_A_SECOND = 11_520;

  /** The slowest flash, erased whole: 2 MiB of an STM32H7, 4 s for each 128 KiB. */
  private static final Duration ERASING = Duration.ofMinutes(2);

  private final Session session;
  private final String name;
  private final Identity identity;
  private final int pieceBytes;

  Uploader(Session session, String name, Identity identity, int longestPacket) {
    this.session = session;
    this.name = name;
    this.identity = identity;
    int packet = Math.min(longestPacket, identity.maxPacket());
    this.pieceBytes = packet - Packet.HEADER_BYTES - Packet.CRC_BYTES - FIELD_HEADS;
  }

  /** For all of an upload, besides the time that its bytes take. */
  Duration patience(Upload upload) {
    Duration talking = session.patience().multipliedBy(ROUNDS_WITHOUT_PROGRESS + 4L);
    return upload.place() == ModelPlace.FLASH ? talking.plus(ERASING) : talking;
  }

  /**
   * Sends it and has it prepared.
   *
   * @return what the device tells of the model then: its status among it
   * @throws DeviceException.Refused NOT_SUPPORTED if its firmware takes no model; {@link
   *     DeviceException.TooLarge} if the model is larger than its slot
   */
  Fields upload(Upload upload) throws DeviceException {
    if (!identity.capabilities().upload()) {
      throw new DeviceException.Refused(
          ErrorCode.NOT_SUPPORTED,
          name + " runs firmware with a model linked in, which takes no other");
    }
    byte[] model = upload.model();
    CRC32 crc = new CRC32();
    crc.update(model);
    send(model, begin(upload, crc.getValue()));
    return session.request(
        MessageType.UPLOAD_COMMIT, Fields.builder().putU32(Tag.CRC, crc.getValue()).build());
  }

  /** How many of its bytes the device has already: all where the same model lies in its flash. */
  private int begin(Upload upload, long crc) throws DeviceException {
    Fields asked =
        Fields.builder()
            .putU32(Tag.TOTAL, upload.bytes())
            .put(Tag.MODEL_SHA256, HexFormat.of().parseHex(upload.modelSha256()))
            .putU32(Tag.INPUT_BYTES, upload.inputBytes())
            .putU16(Tag.OP_COUNT, upload.opCount())
            .putU8(Tag.PLACE, upload.place().code())
            .putU32(Tag.CRC, crc)
            .build();
    try {
      Fields told =
          upload.place() == ModelPlace.FLASH
              ? session.request(MessageType.UPLOAD_BEGIN, asked, ERASING)
              : session.request(MessageType.UPLOAD_BEGIN, asked);
      Replies.within(Tag.TOTAL, told.number(Tag.TOTAL), Range.only(upload.bytes(), "bytes"));
      long have = told.findNumber(Tag.OFFSET).orElse(0);
      boolean whole = have == upload.bytes() && upload.place() == ModelPlace.FLASH;
      Replies.within(Tag.OFFSET, have, Range.only(whole ? upload.bytes() : 0, "bytes"));
      return (int) have;
    } catch (DeviceException.Refused refused) {
      throw refused.code() == ErrorCode.OUT_OF_RANGE ? tooLarge(upload) : refused;
    } catch (ProtocolException e) {
      throw new DeviceException.Malformed(
          name + " answered UPLOAD_BEGIN wrongly: " + e.getMessage(), e);
    }
  }

  private DeviceException tooLarge(Upload upload) {
    String flash =
        upload.place() == ModelPlace.FLASH
            ? " and " + shown(identity.flashSlotBytes()) + " bytes of flash"
            : "";
    return new DeviceException.TooLarge(
        String.format(
            Locale.ROOT,
            "the model of %,d bytes, its input of %,d and records of %d operators do not fit the %s"
                + " bytes of RAM%s that the resident firmware of %s has for them",
            upload.bytes(),
            upload.inputBytes(),
            upload.opCount(),
            shown(identity.slotBytes()),
            flash,
            name));
  }

  private static String shown(OptionalLong bytes) {
    return bytes.isPresent() ? String.format(Locale.ROOT, "%,d", bytes.getAsLong()) : "unknown";
  }

  private void send(byte[] model, int from) throws DeviceException {
    int have = from;
    int burst = LONGEST_BURST;
    int without = 0;
    while (have < model.length) {
      int end = Math.min(model.length, have + burst * pieceBytes);
      int told = sendBurst(model, have, end);
      without = told > have ? 0 : without + 1;
      if (without == ROUNDS_WITHOUT_PROGRESS) {
        throw new DeviceException.TimedOut(
            String.format(
                Locale.ROOT,
                "%s has %,d of the model's %,d bytes, and sent %d times the next ones did not"
                    + " arrive; the line is too bad",
                name,
                have,
                model.length,
                without));
      }
      if (told < end) {
        LOG.debug("{} has {} bytes of {} in bursts of {}", name, told, end, burst);
      }
      burst = told < end ? Math.max(1, burst / 2) : Math.min(LONGEST_BURST, burst + 1);
      have = told;
    }
  }

  /** Sends these bytes; how many from the model's start the device has then. */
  private int sendBurst(byte[] model, int from, int end) throws DeviceException {
    for (int at = from; at < end; at += pieceBytes) {
      session.post(MessageType.UPLOAD_DATA, piece(model, at, Math.min(end, at + pieceBytes)));
    }
    Duration onItsWay = Duration.ofMillis((end - from) * 1000L / SLOWEST_BYTES_A_SECOND);
    Fields told = session.requestBehind(MessageType.UPLOAD_PROGRESS, Fields.NONE, onItsWay);
    try {
      Range possible = Range.of(from, end, "bytes");
      return (int) Replies.within(Tag.TOTAL, told.number(Tag.TOTAL), possible);
    } catch (ProtocolException e) {
      throw new DeviceException.Malformed(
          name + " answered UPLOAD_PROGRESS wrongly: " + e.getMessage(), e);
    }
  }

  private static Fields piece(byte[] model, int from, int to) {
    return Fields.builder()
        .putU32(Tag.OFFSET, from)
        .put(Tag.DATA, Arrays.copyOfRange(model, from, to))
        .build();
  }
}
