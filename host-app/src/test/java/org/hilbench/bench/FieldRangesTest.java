package org.hilbench.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.hilbench.BenchException;
import org.hilbench.device.LyingBoard;
import org.hilbench.measure.Loading;
import org.hilbench.measure.Measurement;
import org.hilbench.measure.MeasurementResult;
import org.hilbench.protocol.Fields;
import org.hilbench.protocol.MessageType;
import org.hilbench.protocol.Packet;
import org.hilbench.protocol.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every field of every reply at its extremes, through all that a job goes through: the field is
 * refused by name and value, or the measurement holds no number that cannot be.
 */
class FieldRangesTest {
  private static final BigInteger TWO = BigInteger.TWO;

  /** What they say is no number: the job ends by their meaning. */
  private static final Set<Tag> STATES = EnumSet.of(Tag.MODEL_STATUS, Tag.CAPABILITIES);

  private static final Set<Tag> TEXTS =
      EnumSet.of(
          Tag.BUILD_ID,
          Tag.MODEL_SHA256,
          Tag.TFLM_VERSION,
          Tag.KERNELS,
          Tag.CORE,
          Tag.TARGET,
          Tag.UNIQUE_ID,
          Tag.RESET_CAUSE,
          Tag.OPERATING_POINT,
          Tag.TEXT,
          Tag.CLOCK_POINT,
          Tag.CLOCK_CAUSE,
          Tag.TICK_SOURCE,
          Tag.DATA,
          Tag.PHASE);

  private int refused;
  private int sane;
  private final Set<Tag> driven = new TreeSet<>();

  @ParameterizedTest
  @CsvSource({"false,false,false", "false,true,false", "true,false,false", "true,false,true"})
  void atItsExtremesAFieldIsRefusedByNameAndValueOrMakesNoNumberThatCannotBe(
      boolean resident, boolean simulated, boolean flashSlot) throws Exception {
    LyingBench bench = new LyingBench(resident, simulated, flashSlot);
    for (MessageType type : MessageType.values()) {
      for (Tag tag : Tag.values()) {
        drive(bench, type, tag);
      }
    }
    assertTrue(refused > 150 && sane > 20, refused + " refused, " + sane + " sane");
    assertTrue(driven.size() >= 35, () -> "only " + driven);
  }

  private void drive(LyingBench bench, MessageType type, Tag tag) throws Exception {
    int kinds = tag == Tag.OP_RECORD ? 0 : TEXTS.contains(tag) ? 2 : 12;
    for (int kind = 0; kind < kinds; kind++) {
      Lie lie = new Lie(type, tag, kind);
      LyingBoard board = bench.board(lie);
      try {
        MeasurementResult result = bench.measure(board, new SplittableRandom(kind));
        Measurement told = ((MeasurementResult.Completed) result).measurement();
        SaneMeasurement.check(told, bench.model(), bench.board(), LyingBench.RUNS);
        sane += lie.told.isEmpty() ? 0 : 1;
      } catch (BenchException e) {
        judge(lie, String.valueOf(e.getMessage()));
      } catch (RuntimeException | AssertionError e) {
        fail(type + " " + tag + " " + lie.told + " ended in " + e, e);
      }
      if (lie.told.isEmpty()) {
        return; // the message has no such field
      }
      driven.add(tag);
    }
  }

  private void judge(Lie lie, String message) {
    refused++;
    String what = lie.type + " " + lie.tag + " " + lie.told + ": " + message;
    assertTrue(message.length() < 600 && message.chars().noneMatch(c -> c < 32), what);
    if (!STATES.contains(lie.tag) && !TEXTS.contains(lie.tag)) {
      if (lie.type == MessageType.UPLOAD_PROGRESS && message.contains("did not arrive")) {
        return; // it was told of less than was sent: as after a loss
      }
      assertTrue(message.contains(lie.tag.name()), what);
      String sum = lie.told.stream().map(BigInteger::new).reduce(BigInteger::add).get().toString();
      assertTrue(lie.told.stream().anyMatch(message::contains) || message.contains(sum), what);
    }
  }

  /** Puts another value into one field of one type of reply, at its first appearance. */
  private static final class Lie implements LyingBoard.Liar {
    private final MessageType type;
    private final Tag tag;
    private final int kind;

    /** The values that were told in place of the truth. */
    private final List<String> told = new ArrayList<>();

    private Lie(MessageType type, Tag tag, int kind) {
      this.type = type;
      this.tag = tag;
      this.kind = kind;
    }

    @Override
    public List<Packet> says(MessageType of, Packet truth) {
      if (of != type || truth.type() != type.replyCode()) {
        return List.of(truth);
      }
      Fields lied = changed(truth.fields());
      return List.of(new Packet(truth.type(), truth.sequence(), truth.nonce(), lied));
    }

    private Fields changed(Fields truth) {
      Fields.Builder lied = Fields.builder();
      byte[] bytes = truth.toBytes();
      for (int at = 0; at < bytes.length; ) {
        int code = Byte.toUnsignedInt(bytes[at]);
        int end = at + 3 + Short.toUnsignedInt(little(bytes).getShort(at + 1));
        lied.put(code, value(code, Arrays.copyOfRange(bytes, at + 3, end)));
        at = end;
      }
      return lied.build();
    }

    private byte[] value(int code, byte[] truth) {
      if (code == Tag.OP_RECORD.code()) {
        return nested(truth);
      }
      if (code != tag.code()) {
        return truth;
      }
      if (TEXTS.contains(tag)) {
        told.add("text");
        return new byte[kind == 0 ? 0 : 60_000];
      }
      if (tag == Tag.RUN_TICKS) {
        byte[] first = number(little(truth).getLong(0));
        return little(truth.clone()).put(first).array();
      }
      return number(truth.length == 8 ? little(truth).getLong(0) : small(truth));
    }

    private byte[] nested(byte[] truth) {
      try {
        return changed(Fields.parse(truth)).toBytes();
      } catch (org.hilbench.protocol.ProtocolException e) {
        throw new AssertionError(e);
      }
    }

    private static long small(byte[] truth) {
      byte[] wide = Arrays.copyOf(truth, 8);
      return little(wide).getLong(0);
    }

    private byte[] number(long truth) {
      BigInteger value = extreme(BigInteger.valueOf(truth));
      told.add(value.toString());
      return little(new byte[8]).putLong(value.longValue()).array();
    }

    private BigInteger extreme(BigInteger truth) {
      return switch (kind) {
        case 0 -> BigInteger.ZERO;
        case 1 -> BigInteger.ONE;
        case 2 -> truth.add(BigInteger.ONE);
        case 3 -> truth.subtract(BigInteger.ONE).max(BigInteger.ZERO);
        case 4 -> TWO.pow(16);
        case 5 -> TWO.pow(31).subtract(BigInteger.ONE);
        case 6 -> TWO.pow(31);
        case 7 -> TWO.pow(32).subtract(BigInteger.ONE);
        case 8 -> TWO.pow(32);
        case 9 -> TWO.pow(53).add(BigInteger.ONE);
        case 10 -> TWO.pow(63);
        default -> TWO.pow(64).subtract(BigInteger.ONE);
      };
    }

    private static ByteBuffer little(byte[] bytes) {
      return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  @ParameterizedTest
  @CsvSource({"false,false,false", "false,true,false", "true,false,false", "true,false,true"})
  void anHonestBoardIsMeasured(boolean resident, boolean simulated, boolean flashSlot)
      throws Exception {
    LyingBench bench = new LyingBench(resident, simulated, flashSlot);
    LyingBoard board = bench.board(LyingBoard.HONEST);
    MeasurementResult result = bench.measure(board, new SplittableRandom(1));
    Measurement told = ((MeasurementResult.Completed) result).measurement();
    SaneMeasurement.check(told, bench.model(), bench.board(), LyingBench.RUNS);
    assertEquals(resident ? Loading.UPLOADED : Loading.LINKED, told.loading());
  }
}
