package org.hilbench.protocol;

import java.util.Arrays;

/** What a field means; the table of {@code docs/protocol.md}. */
public enum Tag {
  SALT(1),
  PROTOCOL(2),
  BUILD_ID(3),
  MODEL_SHA256(4),
  MODEL_BYTES(5),
  TFLM_VERSION(6),
  KERNELS(7),
  CORE(8),
  TARGET(9),
  UNIQUE_ID(10),
  MAX_PACKET(11),
  INPUT_BYTES(12),
  OUTPUT_BYTES(13),
  OP_COUNT(14),
  RESET_CAUSE(15),
  CAPABILITIES(16),
  OPERATING_POINT(17),
  MODEL_STATUS(18),
  TEXT(19),
  CLOCK_POINT(20),
  CLOCK_HZ(21),
  CLOCK_CONFIRMED(22),
  CLOCK_CAUSE(23),
  TICK_SOURCE(24),
  TICK_HZ(25),
  OFFSET(26),
  DATA(27),
  TOTAL(28),
  CRC(29),
  WARMUPS(30),
  RUNS(31),
  PER_OP(32),
  STOP_AFTER(33),
  OP(34),
  LENGTH(35),
  FIRST(36),
  RUN_TICKS(37),
  ARENA_USED(38),
  ARENA_BYTES(39),
  STACK_USED(40),
  STACK_BYTES(41),
  OP_RECORD(42),
  OP_CODE(43),
  TICKS(44),
  SOURCE(45),
  ERROR_CODE(46),
  TAG(47),
  PHASE(48),
  FAULT_PC(49),
  FAULT_LR(50),
  CFSR(51),
  HFSR(52),
  BFAR(53),
  MMFAR(54),
  SLOT_BYTES(64),
  PLACE(65),
  FLASH_SLOT_BYTES(66),
  FLASH_ADDRESS(67),
  FLASH_STATUS(68);

  private final int code;

  Tag(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** Name for messages: the tag's, or its number where it is not known. */
  public static String name(int code) {
    return Arrays.stream(values())
        .filter(tag -> tag.code == code)
        .map(Tag::name)
        .findFirst()
        .orElse("tag " + code);
  }
}
