package org.hilbench.protocol;

import java.util.Arrays;
import java.util.Optional;

/** What a field means, and what it can be at all; the table of {@code docs/protocol.md}. */
public enum Tag {
  SALT(1, FieldRange.unsigned(32)),
  PROTOCOL(2, FieldRange.number(1, 0xff)),
  BUILD_ID(3, FieldRange.text(Limits.NAME)),
  MODEL_SHA256(4, FieldRange.bytes(32, 32)),
  MODEL_BYTES(5, FieldRange.number(1, Limits.MOST_BYTES)),
  TFLM_VERSION(6, FieldRange.text(Limits.NAME)),
  KERNELS(7, FieldRange.text(Limits.NAME)),
  CORE(8, FieldRange.text(Limits.NAME)),
  TARGET(9, FieldRange.text(Limits.NAME)),
  UNIQUE_ID(10, FieldRange.bytes(1, 64)),
  MAX_PACKET(11, FieldRange.number(Packet.SMALLEST_LIMIT, 0xffff)),
  INPUT_BYTES(12, FieldRange.number(1, Limits.MOST_TENSOR_BYTES)),
  OUTPUT_BYTES(13, FieldRange.number(1, Limits.MOST_TENSOR_BYTES)),
  OP_COUNT(14, FieldRange.number(1, 0xffff)),
  RESET_CAUSE(15, FieldRange.text(Limits.NAME)),
  CAPABILITIES(16, FieldRange.unsigned(32)),
  OPERATING_POINT(17, FieldRange.text(Limits.NAME)),
  MODEL_STATUS(18, FieldRange.unsigned(8)),
  TEXT(19, FieldRange.text(Limits.WORDS)),
  CLOCK_POINT(20, FieldRange.text(Limits.NAME)),
  CLOCK_HZ(21, FieldRange.number(Limits.LEAST_CLOCK_HZ, Limits.MOST_HZ)),
  CLOCK_CONFIRMED(22, FieldRange.number(0, 1)),
  CLOCK_CAUSE(23, FieldRange.text(Limits.WORDS)),
  TICK_SOURCE(24, FieldRange.text(Limits.NAME)),
  TICK_HZ(25, FieldRange.number(1, Limits.MOST_HZ)),
  OFFSET(26, FieldRange.number(0, Limits.MOST_BYTES)),
  DATA(27, FieldRange.bytes(0, 0xffff)),
  TOTAL(28, FieldRange.number(0, Limits.MOST_BYTES)),
  CRC(29, FieldRange.unsigned(32)),
  WARMUPS(30, FieldRange.unsigned(32)),
  RUNS(31, FieldRange.unsigned(32)),
  PER_OP(32, FieldRange.number(0, 1)),
  STOP_AFTER(33, FieldRange.unsigned(16)),
  OP(34, FieldRange.unsigned(16)),
  LENGTH(35, FieldRange.number(0, Limits.MOST_BYTES)),
  FIRST(36, FieldRange.number(0, Limits.MOST_BYTES)),
  RUN_TICKS(37, FieldRange.packed(Limits.MOST_TICKS)),
  ARENA_USED(38, FieldRange.number(0, Limits.MOST_BYTES)),
  ARENA_BYTES(39, FieldRange.number(0, Limits.MOST_BYTES)),
  STACK_USED(40, FieldRange.number(0, Limits.MOST_BYTES)),
  STACK_BYTES(41, FieldRange.number(0, Limits.MOST_BYTES)),
  OP_RECORD(42, FieldRange.fields()),
  OP_CODE(43, FieldRange.unsigned(16)),
  TICKS(44, FieldRange.number(0, Limits.MOST_TICKS)),
  SOURCE(45, FieldRange.number(0, 2)),
  ERROR_CODE(46, FieldRange.unsigned(8)),
  TAG(47, FieldRange.unsigned(8)),
  PHASE(48, FieldRange.text(Limits.NAME)),
  FAULT_PC(49, FieldRange.unsigned(32)),
  FAULT_LR(50, FieldRange.unsigned(32)),
  CFSR(51, FieldRange.unsigned(32)),
  HFSR(52, FieldRange.unsigned(32)),
  BFAR(53, FieldRange.unsigned(32)),
  MMFAR(54, FieldRange.unsigned(32)),
  SLOT_BYTES(64, FieldRange.number(1, Limits.MOST_BYTES)),
  PLACE(65, FieldRange.number(0, 1)),
  FLASH_SLOT_BYTES(66, FieldRange.number(1, Limits.MOST_BYTES)),
  FLASH_ADDRESS(67, FieldRange.unsigned(32)),
  FLASH_STATUS(68, FieldRange.unsigned(32));

  /** The largest values there are on any board. An enum's constants cannot name its own. */
  private static final class Limits {
    private static final int NAME = 255;
    private static final int WORDS = 1024;
    private static final long LEAST_CLOCK_HZ = 100_000;
    private static final long MOST_HZ = 2_000_000_000;
    private static final long MOST_BYTES = 64L << 20;
    private static final long MOST_TENSOR_BYTES = 16L << 20;

    /** Twelve days at 1 GHz; a double holds it exactly. */
    private static final long MOST_TICKS = 1_000_000_000_000_000L;
  }

  private final int code;

  @SuppressWarnings("ImmutableEnumChecker") // it is: a final class of final fields, a record among
  private final FieldRange range;

  Tag(int code, FieldRange range) {
    this.code = code;
    this.range = range;
  }

  /** The tag of this code; empty for one of a later version. */
  static Optional<Tag> of(int code) {
    return Arrays.stream(values()).filter(tag -> tag.code == code).findFirst();
  }

  FieldRange range() {
    return range;
  }

  public int code() {
    return code;
  }

  /** Name for messages: the tag's, or its number where it is not known. */
  public static String name(int code) {
    return of(code).map(Tag::name).orElse("tag " + code);
  }
}
