package org.hilbench.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.hilbench.BenchException;
import org.hilbench.device.LyingBoard;
import org.hilbench.fuzz.CampaignResult;
import org.hilbench.protocol.Fields;
import org.hilbench.protocol.MessageType;
import org.hilbench.protocol.Packet;
import org.hilbench.protocol.Tag;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class LyingConversationsTest {
  private static final long COUNT = 400;
  private static final long SEED = 20_240_601;

  /** A slice of {@code scripts/bench fuzz conversations}. */
  @Test
  void whateverABoardSaysInSoundFramesEndsInOneLineOrInNumbersThatCanBe() {
    System.out.println("conversations: seed " + SEED);
    CampaignResult result = new LyingConversations().run(COUNT, SEED, line -> {});
    result.assertAllGood(COUNT);
    assertTrue(result.endings().keySet().size() >= 4, () -> "ends alike: " + result.endings());
  }

  @Test
  void aListOfFourThousandMillionRunsIsRefusedAtItsFirstPiece() throws Exception {
    LyingBoard.Liar liar =
        (type, truth) ->
            List.of(type == MessageType.STATISTICS ? with(truth, 0xffff_ffffL) : truth);
    ended(liar, "TOTAL 4294967295 is not possible", Duration.ofMinutes(1));
  }

  @Test
  void aBoardThatWorksForEverIsWaitedForAsLongAsARunMayTake() throws Exception {
    LyingBoard.Liar liar =
        (type, truth) ->
            List.of(
                type == MessageType.RUN
                    ? new Packet(MessageType.WORKING, truth.sequence(), truth.nonce(), Fields.NONE)
                    : truth);
    ended(liar, "did not answer RUN within", Duration.ofMinutes(5));
  }

  @Test
  void noiseInPlaceOfAnAnswerEndsAtItsBudgetOfBytes() throws Exception {
    LyingBoard.Liar liar =
        new LyingBoard.Liar() {
          @Override
          public List<Packet> says(MessageType type, Packet truth) {
            return type == MessageType.RUN ? List.of() : List.of(truth);
          }

          @Override
          public byte[] babble() {
            return new Packet(0xfe, 1, 7, Fields.NONE).toFrame();
          }
        };
    ended(liar, "bytes, and no answer among them", Duration.ofMinutes(5));
  }

  private static Packet with(Packet truth, long total) {
    Fields fields = Fields.builder().putU32(Tag.TOTAL, total).build();
    return new Packet(truth.type(), truth.sequence(), truth.nonce(), fields);
  }

  private static void ended(LyingBoard.Liar liar, String words, Duration within) throws Exception {
    LyingBench bench = new LyingBench(false, false, false);
    LyingBoard board = bench.board(liar);
    BenchException told =
        Assertions.assertThrows(
            BenchException.class, () -> bench.measure(board, new SplittableRandom(1)));
    assertTrue(String.valueOf(told.getMessage()).contains(words), told.getMessage());
    assertTrue(board.age().compareTo(within) < 0, () -> "after " + board.age());
  }
}
