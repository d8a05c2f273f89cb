package org.hilbench.serial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.hilbench.protocol.Link;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SerialPortsTest {
  private static final List<Integer> RATES = List.of(921_600, 115_200);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final PortIdentity FIRST = new PortIdentity(0x0483, 0x374b, "AAA111", 2);
  private static final PortIdentity SECOND_BOARD = new PortIdentity(0x0483, 0x374b, "BBB222", 2);

  @TempDir Path folder;
  private SysfsTree tree;

  @BeforeEach
  void plant() throws IOException {
    tree = new SysfsTree(folder.resolve("root"));
  }

  @Test
  void aPluggedInProbeIsSeenWithItsPort() throws IOException {
    Path pty = Files.createFile(folder.resolve("pty"));
    tree.plug("1-2", "AAA111", "ttyACM0", pty);
    UsbDevice device = tree.devices().list().get(0);
    assertEquals("0483:374b AAA111 STM32 STLink", device.toString());
    assertEquals(List.of(new UsbTty(tree.dev().resolve("ttyACM0"), 2)), device.ttys());
    assertEquals(Optional.of(tree.dev().resolve("ttyACM0")), tree.devices().find(FIRST));
    assertEquals(Optional.empty(), tree.devices().find(SECOND_BOARD));
  }

  @Test
  void everyByteValuePassesBothWays() throws Exception {
    try (PtyPair pair = PtyPair.open(folder, "line");
        Link board = SerialLink.open(pair.boardEnd(), RATES);
        Link host = SerialLink.open(pair.hostEnd(), RATES)) {
      byte[] sent = new byte[20_000];
      for (int i = 0; i < sent.length; i++) {
        sent[i] = (byte) i;
      }
      assertArrayEquals(sent, carried(host, board, sent));
      assertArrayEquals(sent, carried(board, host, sent));
    }
  }

  /** The system's own write would wait for ever. */
  @Test
  @Timeout(60)
  void aWriteThatNobodyTakesEndsInTimeAndTheLineGoesOnWhereItIsRead() throws Exception {
    try (PtyPair pair = PtyPair.open(folder, "line");
        Link host = SerialLink.open(pair.hostEnd(), RATES)) {
      Duration limit = Duration.ofMillis(300);
      for (int size : new int[] {1_000_000, 1}) {
        long begin = System.nanoTime();
        assertThrows(IOException.class, () -> host.write(new byte[size], limit));
        long millis = (System.nanoTime() - begin) / 1_000_000;
        assertTrue(millis >= 290 && millis < 20_000, millis + " ms");
      }
      try (Link board = SerialLink.open(pair.boardEnd(), RATES)) {
        Thread reader = new Thread(() -> readAll(board));
        reader.start();
        host.write(new byte[10], Duration.ofSeconds(40));
        reader.interrupt();
        reader.join();
      }
    }
  }

  /** As at the end of a conversation's time. */
  @Test
  void aWriteWithoutTimeIsWrittenWhereTheLineTakesIt() throws Exception {
    try (PtyPair pair = PtyPair.open(folder, "line");
        Link board = SerialLink.open(pair.boardEnd(), RATES);
        Link host = SerialLink.open(pair.hostEnd(), RATES)) {
      byte[] sent = {1, 2, 3};
      host.write(sent, Duration.ofNanos(1));
      byte[] got = new byte[3];
      for (int count = 0; count < got.length; ) {
        byte[] part = new byte[got.length - count];
        int more = board.read(part, SECOND);
        System.arraycopy(part, 0, got, count, more);
        count += more;
      }
      assertArrayEquals(sent, got);
    }
  }

  @Test
  @Timeout(60)
  void closingEndsAWriteThatNobodyTakes() throws Exception {
    try (PtyPair pair = PtyPair.open(folder, "line")) {
      Link host = SerialLink.open(pair.hostEnd(), RATES);
      AtomicReference<Exception> ended = new AtomicReference<>();
      Thread writer =
          new Thread(
              () -> {
                try {
                  host.write(new byte[1_000_000], Duration.ofMinutes(10));
                } catch (IOException e) {
                  ended.set(e);
                }
              });
      writer.start();
      writer.join(300);
      assertTrue(writer.isAlive(), "a megabyte went into the line");
      host.close();
      writer.join();
      assertEquals(PortException.Reason.LOST, ((PortException) ended.get()).reason());
      String name = "write " + pair.hostEnd().toRealPath().getFileName();
      while (Thread.getAllStackTraces().keySet().stream()
          .anyMatch(thread -> thread.getName().equals(name))) {
        Thread.sleep(10);
      }
    }
  }

  private static void readAll(Link board) {
    byte[] part = new byte[4096];
    try {
      while (!Thread.currentThread().isInterrupted()) {
        board.read(part, SECOND);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aReadThatFindsNothingReturnsInTime() throws Exception {
    try (PtyPair pair = PtyPair.open(folder, "line");
        Link host = SerialLink.open(pair.hostEnd(), RATES)) {
      long begin = System.nanoTime();
      assertEquals(0, host.read(new byte[10], Duration.ofMillis(150)));
      long millis = (System.nanoTime() - begin) / 1_000_000;
      assertTrue(millis >= 100 && millis < 20_000, millis + " ms");
    }
  }

  /** A port that waits in tenths of a second would draw twenty waits out to two seconds. */
  @Test
  void aShortWaitIsNotDrawnOut() throws Exception {
    try (PtyPair pair = PtyPair.open(folder, "line");
        Link host = SerialLink.open(pair.hostEnd(), RATES)) {
      long best = Long.MAX_VALUE;
      for (int i = 0; i < 20; i++) {
        long begin = System.nanoTime();
        assertEquals(0, host.read(new byte[10], Duration.ofMillis(5)));
        best = Math.min(best, System.nanoTime() - begin);
      }
      assertTrue(best >= 5_000_000 && best < 50_000_000, best + " ns at best");
    }
  }

  @Test
  @Timeout(60)
  void aPortThatIsPulledDuringAShortWaitIsLost() throws Exception {
    try (PtyPair pair = PtyPair.open(folder, "line");
        Link host = SerialLink.open(pair.hostEnd(), RATES)) {
      pair.hangUp();
      PortException lost =
          assertThrows(
              PortException.class,
              () -> {
                while (true) {
                  host.read(new byte[10], Duration.ofMillis(20));
                }
              });
      assertEquals(PortException.Reason.LOST, lost.reason());
    }
  }

  @Test
  void aPortThatSomeoneHoldsIsNamedWithTheProcess() throws Exception {
    try (PtyPair pair = PtyPair.open(folder, "line");
        Link host = SerialLink.open(pair.hostEnd(), RATES)) {
      PortException refused =
          assertThrows(PortException.class, () -> SerialLink.open(pair.hostEnd(), RATES));
      String message = String.valueOf(refused.getMessage());
      assertEquals(PortException.Reason.HELD, refused.reason(), message);
      assertTrue(message.contains("pid " + ProcessHandle.current().pid()), message);
      assertEquals(0, host.read(new byte[1], Duration.ofMillis(20)));
    }
  }

  @Test
  void aPortThatIsNotThereSaysSo() {
    PortException refused =
        assertThrows(PortException.class, () -> SerialLink.open(folder.resolve("ttyACM9"), RATES));
    assertEquals(PortException.Reason.ABSENT, refused.reason());
  }

  @Test
  void twoEqualBoardsStayBoundWhenTheirPortsAreSwapped() throws Exception {
    try (PtyPair one = PtyPair.echo(folder, "one");
        PtyPair two = PtyPair.echo(folder, "two")) {
      tree.plug("1-2", "AAA111", "ttyACM0", one.hostEnd());
      tree.plug("1-3", "BBB222", "ttyACM1", two.hostEnd());
      assertEquals("one hello", ask(FIRST));
      assertEquals("two hello", ask(SECOND_BOARD));
      tree.unplug("1-2", "ttyACM0");
      tree.unplug("1-3", "ttyACM1");
      tree.plug("1-3", "BBB222", "ttyACM0", two.hostEnd());
      tree.plug("1-2", "AAA111", "ttyACM1", one.hostEnd());
      assertEquals("one hello", ask(FIRST));
      assertEquals("two hello", ask(SECOND_BOARD));
    }
  }

  @Test
  void aPortThatComesBackUnderAnotherNameIsFollowed() throws Exception {
    try (PtyPair before = PtyPair.echo(folder, "before");
        PtyPair after = PtyPair.echo(folder, "after")) {
      tree.plug("1-2", "AAA111", "ttyACM0", before.hostEnd());
      try (FollowingLink link =
          FollowingLink.open(tree.devices(), FIRST, RATES, Duration.ofMinutes(1))) {
        assertEquals("before hello", ask(link));
        before.hangUp();
        tree.unplug("1-2", "ttyACM0");
        Thread back = new Thread(() -> plugLater("1-7", "ttyACM4", after.hostEnd()));
        back.start();
        assertEquals("after hello", ask(link));
        assertEquals(1, link.losses());
        back.join();
      }
    }
  }

  @Test
  void aPortThatIsAwayWhenItIsOpenedIsWaitedFor() throws Exception {
    try (PtyPair after = PtyPair.echo(folder, "after")) {
      Thread back = new Thread(() -> plugLater("1-7", "ttyACM4", after.hostEnd()));
      back.start();
      try (FollowingLink link =
          FollowingLink.open(tree.devices(), FIRST, RATES, Duration.ofMinutes(1))) {
        assertEquals("after hello", ask(link));
        assertEquals(0, link.losses());
      }
      back.join();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = PortException.Reason.class,
      names = {"ABSENT", "LOST", "FORBIDDEN"})
  void whatMayPassIsTriedAgain(PortException.Reason reason) throws Exception {
    try (PtyPair pair = PtyPair.echo(folder, "board")) {
      tree.plug("1-2", "AAA111", "ttyACM0", pair.hostEnd());
      Refusing late = new Refusing(reason, 3);
      try (FollowingLink link =
          FollowingLink.open(tree.devices(), FIRST, late, Duration.ofMinutes(1))) {
        assertEquals("board hello", ask(link));
      }
      assertEquals(4, late.asked);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = PortException.Reason.class,
      names = {"HELD", "NO_RATE"})
  void whatDoesNotPassIsToldAtOnce(PortException.Reason reason) throws Exception {
    tree.plug("1-2", "AAA111", "ttyACM0", Files.createFile(folder.resolve("pty")));
    Refusing port = new Refusing(reason, Integer.MAX_VALUE);
    PortException told =
        assertThrows(
            PortException.class,
            () -> FollowingLink.open(tree.devices(), FIRST, port, Duration.ofMinutes(1)));
    assertEquals(reason, told.reason());
    assertEquals(1, port.asked);
  }

  /** A port that refuses so many times. */
  private static final class Refusing implements FollowingLink.Opener {
    private final PortException.Reason reason;
    private final int times;
    private int asked;

    private Refusing(PortException.Reason reason, int times) {
      this.reason = reason;
      this.times = times;
    }

    @Override
    public SerialLink open(Path device) throws PortException {
      if (asked++ < times) {
        throw new PortException(reason, "refused");
      }
      return SerialLink.open(device, RATES);
    }
  }

  @Test
  void aCableThatStaysUnpluggedIsTyped() throws Exception {
    try (PtyPair before = PtyPair.echo(folder, "before")) {
      tree.plug("1-2", "AAA111", "ttyACM0", before.hostEnd());
      try (FollowingLink link =
          FollowingLink.open(tree.devices(), FIRST, RATES, Duration.ofMillis(300))) {
        before.hangUp();
        tree.unplug("1-2", "ttyACM0");
        PortException lost = assertThrows(PortException.class, () -> ask(link));
        assertEquals(PortException.Reason.ABSENT, lost.reason());
        assertTrue(String.valueOf(lost.getMessage()).contains("AAA111"));
      }
    }
  }

  private void plugLater(String busId, String tty, Path pty) {
    try {
      Thread.sleep(400);
      tree.plug(busId, "AAA111", tty, pty);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String ask(PortIdentity identity) throws IOException {
    try (FollowingLink link =
        FollowingLink.open(tree.devices(), identity, RATES, Duration.ofMinutes(1))) {
      return ask(link);
    }
  }

  /** Asks until an answer comes, as the protocol does. */
  private static String ask(Link link) throws IOException {
    byte[] buffer = new byte[256];
    StringBuilder said = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      link.write("hello\n".getBytes(UTF_8), SECOND);
      int count = link.read(buffer, SECOND);
      said.append(new String(buffer, 0, count, UTF_8));
      if (said.indexOf("\n") >= 0) {
        return said.substring(0, said.indexOf("\n")).strip();
      }
    }
    return said.toString();
  }

  private static byte[] carried(Link from, Link to, byte[] bytes) throws Exception {
    Thread sender =
        new Thread(
            () -> {
              try {
                from.write(bytes, Duration.ofMinutes(1));
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    sender.start();
    byte[] all = new byte[bytes.length];
    int count = 0;
    byte[] part = new byte[1 + new SplittableRandom(1).nextInt(3000)];
    for (int i = 0; i < 1000 && count < all.length; i++) {
      int got = to.read(part, Duration.ofMillis(200));
      System.arraycopy(part, 0, all, count, got);
      count += got;
    }
    sender.join();
    return Arrays.copyOf(all, count);
  }
}
