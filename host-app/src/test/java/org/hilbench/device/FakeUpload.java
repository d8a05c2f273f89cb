package org.hilbench.device;

import java.util.Optional;
import java.util.zip.CRC32;
import org.hilbench.protocol.ErrorCode;
import org.hilbench.protocol.Fields;
import org.hilbench.protocol.MessageType;
import org.hilbench.protocol.ProtocolException;
import org.hilbench.protocol.Tag;

/** How fake resident firmware takes its model. */
final class FakeUpload {
  private final FakeServer server;
  private final FakeBoard board;
  private final FakeModel model;
  private byte[] memory = new byte[0];
  private int have;
  private int place;
  private long arena;

  FakeUpload(FakeServer server, FakeBoard board, FakeModel model) {
    this.server = server;
    this.board = board;
    this.model = model;
    arena = board.arena();
  }

  static boolean needsModel(MessageType type) {
    return switch (type) {
      case INPUT, RUN, READ -> true;
      default -> false;
    };
  }

  /** Bytes that the model leaves. */
  long arena() {
    return arena;
  }

  /** What HELLO tells of the model and of the room for it. */
  void identify(Fields.Builder identity, Optional<FakeModel> loaded) {
    board.slot().ifPresent(bytes -> identity.putU32(Tag.SLOT_BYTES, bytes));
    board.flashSlot().ifPresent(bytes -> identity.putU32(Tag.FLASH_SLOT_BYTES, bytes));
    tell(identity, loaded);
  }

  private void tell(Fields.Builder fields, Optional<FakeModel> loaded) {
    fields.putU8(Tag.MODEL_STATUS, loaded.isPresent() ? 0 : 1);
    loaded.ifPresent(
        it ->
            fields
                .put(Tag.MODEL_SHA256, it.sha256())
                .putU32(Tag.MODEL_BYTES, it.bytes())
                .putU32(Tag.INPUT_BYTES, it.inputBytes())
                .putU32(Tag.OUTPUT_BYTES, it.tensor(it.ops() - 1, new byte[it.inputBytes()]).length)
                .putU16(Tag.OP_COUNT, it.ops()));
    if (board.resident() && loaded.isPresent()) {
      fields.putU8(Tag.PLACE, place);
    }
  }

  /** The model that the device has afterwards. */
  Optional<FakeModel> carryOut(MessageType type, Fields fields) throws ProtocolException {
    if (!board.resident()) {
      server.refuse(ErrorCode.NOT_SUPPORTED, Fields.builder());
      return Optional.of(model);
    }
    switch (type) {
      case UPLOAD_BEGIN -> begin(fields);
      case UPLOAD_DATA -> take(fields.smallNumber(Tag.OFFSET), fields.data(Tag.DATA));
      case UPLOAD_PROGRESS -> server.answer(Fields.builder().putU32(Tag.TOTAL, have).build());
      default -> {
        return commit(fields.number(Tag.CRC));
      }
    }
    return Optional.empty();
  }

  private void begin(Fields fields) throws ProtocolException {
    int total = fields.smallNumber(Tag.TOTAL);
    place = fields.smallNumber(Tag.PLACE);
    boolean flash = place == ModelPlace.FLASH.code();
    if (total > (flash ? board.flashSlot() : board.slot()).orElse(0)) {
      server.refuse(ErrorCode.OUT_OF_RANGE, Fields.builder().putU8(Tag.TAG, Tag.TOTAL.code()));
      return;
    }
    memory = new byte[total];
    have = 0;
    arena = board.arena() - (flash ? 0 : board.arena() / 4);
    if (flash) {
      server.working();
    }
    server.answer(Fields.builder().putU32(Tag.TOTAL, total).putU32(Tag.OFFSET, 0).build());
  }

  private void take(int offset, byte[] data) {
    if (offset == have && data.length <= memory.length - have) {
      System.arraycopy(data, 0, memory, offset, data.length);
      have += data.length;
    }
  }

  private Optional<FakeModel> commit(long wanted) {
    server.working();
    CRC32 crc = new CRC32();
    crc.update(memory);
    if (have < memory.length || memory.length == 0 || crc.getValue() != wanted) {
      server.refuse(ErrorCode.CORRUPT, Fields.builder().putU32(Tag.CRC, crc.getValue()));
      return Optional.empty();
    }
    Fields.Builder told = Fields.builder().putU32(Tag.ARENA_BYTES, arena);
    tell(told, Optional.of(model));
    server.answer(told.build());
    return Optional.of(model);
  }
}
