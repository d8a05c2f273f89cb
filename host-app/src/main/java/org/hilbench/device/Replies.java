package org.hilbench.device;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.hilbench.protocol.Fields;
import org.hilbench.protocol.ProtocolException;
import org.hilbench.protocol.Tag;
import org.hilbench.quantity.Range;

/** Reads the fields of replies into records. */
final class Replies {
  private Replies() {}

  static Identity identity(Fields fields) throws ProtocolException {
    return new Identity(
        fields.text(Tag.BUILD_ID),
        fields.find(Tag.MODEL_SHA256).map(HexFormat.of()::formatHex).orElse(""),
        fields.findNumber(Tag.MODEL_BYTES).orElse(0),
        place(fields),
        fields.text(Tag.TFLM_VERSION),
        fields.text(Tag.KERNELS),
        fields.text(Tag.CORE),
        fields.text(Tag.TARGET),
        fields.find(Tag.UNIQUE_ID).map(HexFormat.of()::formatHex).orElse(""),
        fields.smallNumber(Tag.MAX_PACKET),
        (int) fields.findNumber(Tag.INPUT_BYTES).orElse(0),
        (int) fields.findNumber(Tag.OUTPUT_BYTES).orElse(0),
        (int) fields.findNumber(Tag.OP_COUNT).orElse(0),
        fields.findNumber(Tag.SLOT_BYTES),
        fields.findNumber(Tag.FLASH_SLOT_BYTES),
        fields.findText(Tag.RESET_CAUSE).orElse(""),
        Identity.Capabilities.of(fields.findNumber(Tag.CAPABILITIES).orElse(0)),
        fields.texts(Tag.OPERATING_POINT),
        ModelStatus.of(fields.number(Tag.MODEL_STATUS)),
        fields.findText(Tag.TEXT).orElse(""));
  }

  /** The device that told this of a model that it loaded. */
  static Identity loaded(Identity device, Fields model) throws ProtocolException {
    return new Identity(
        device.buildId(),
        HexFormat.of().formatHex(model.data(Tag.MODEL_SHA256)),
        model.number(Tag.MODEL_BYTES),
        place(model),
        device.tflmVersion(),
        device.kernels(),
        device.core(),
        device.target(),
        device.uniqueId(),
        device.maxPacket(),
        model.smallNumber(Tag.INPUT_BYTES),
        (int) model.findNumber(Tag.OUTPUT_BYTES).orElse(0),
        model.smallNumber(Tag.OP_COUNT),
        device.slotBytes(),
        device.flashSlotBytes(),
        device.resetCause(),
        device.capabilities(),
        device.operatingPoints(),
        ModelStatus.of(model.number(Tag.MODEL_STATUS)),
        model.findText(Tag.TEXT).orElse(""));
  }

  private static Optional<ModelPlace> place(Fields fields) throws ProtocolException {
    OptionalLong code = fields.findNumber(Tag.PLACE);
    return code.isPresent() ? ModelPlace.of(code.getAsLong()) : Optional.empty();
  }

  static ClockReport clock(Fields fields) throws ProtocolException {
    OptionalLong hz = fields.findNumber(Tag.CLOCK_HZ);
    boolean confirmed = fields.findNumber(Tag.CLOCK_CONFIRMED).orElse(0) == 1;
    if (confirmed && hz.isEmpty()) {
      throw new ProtocolException("the clock is confirmed, but CLOCK_HZ is missing");
    }
    return new ClockReport(
        fields.findText(Tag.CLOCK_POINT).orElse(""),
        hz,
        confirmed,
        fields.findText(Tag.CLOCK_CAUSE).orElse(""),
        fields.findText(Tag.TICK_SOURCE).orElse("none"),
        fields.findNumber(Tag.TICK_HZ));
  }

  static Statistics statistics(Fields fields, List<Long> ticks) throws ProtocolException {
    return new Statistics(
        ticks,
        fields.findText(Tag.TICK_SOURCE).orElse("none"),
        fields.findNumber(Tag.TICK_HZ),
        upTo(fields, Tag.ARENA_USED, Tag.ARENA_BYTES),
        fields.number(Tag.ARENA_BYTES),
        upTo(fields, Tag.STACK_USED, Tag.STACK_BYTES),
        fields.number(Tag.STACK_BYTES));
  }

  /** What is used of what there is. */
  private static long upTo(Fields fields, Tag used, Tag all) throws ProtocolException {
    long value = fields.number(used);
    Optional<String> objection = Range.bytesUpTo(fields.number(all)).objection(used.name(), value);
    if (objection.isPresent()) {
      throw new ProtocolException(objection.get() + ", by " + all.name());
    }
    return value;
  }

  /**
   * The value.
   *
   * @throws ProtocolException naming field, value and what is possible, if it is not
   */
  static long within(Tag tag, long value, Range range) throws ProtocolException {
    require(tag.name(), value, range);
    return value;
  }

  /** Likewise for what is made of fields. */
  static void require(String what, long value, Range range) throws ProtocolException {
    Optional<String> objection = range.objection(what, value);
    if (objection.isPresent()) {
      throw new ProtocolException(objection.get());
    }
  }

  /**
   * Operators in order.
   *
   * @param first index of the first of them
   */
  static List<OpReport> ops(Fields fields, int first) throws ProtocolException {
    List<OpReport> ops = new ArrayList<>();
    for (Fields op : fields.nested(Tag.OP_RECORD)) {
      within(Tag.OP, op.number(Tag.OP), Range.only(first + ops.size(), ""));
      ops.add(
          new OpReport(
              op.smallNumber(Tag.OP),
              op.smallNumber(Tag.OP_CODE),
              op.number(Tag.TICKS),
              op.number(Tag.LENGTH),
              op.number(Tag.CRC)));
    }
    return ops;
  }

  static FaultReport fault(Fields fields) throws ProtocolException {
    OptionalLong op = fields.findNumber(Tag.OP);
    return new FaultReport(
        fields.findText(Tag.PHASE).orElse("unknown"),
        op.isPresent() ? OptionalInt.of((int) op.getAsLong()) : OptionalInt.empty(),
        fields.findNumber(Tag.FAULT_PC).orElse(0),
        fields.findNumber(Tag.FAULT_LR).orElse(0),
        fields.findNumber(Tag.CFSR).orElse(0),
        fields.findNumber(Tag.HFSR).orElse(0),
        fields.findNumber(Tag.BFAR),
        fields.findNumber(Tag.MMFAR),
        fields.findText(Tag.TEXT).orElse(""));
  }
}
