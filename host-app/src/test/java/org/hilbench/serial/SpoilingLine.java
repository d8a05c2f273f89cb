package org.hilbench.serial;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hilbench.protocol.FrameDecoder;
import org.hilbench.protocol.Link;
import org.hilbench.protocol.Packet;

/**
 * A cable that lets no exchange pass unharmed: of each it corrupts the first request, the first
 * answer, or several of both, in a way that no CRC may forgive; then it lets the next ones through.
 * Besides it delays and repeats bytes. What it delays, all behind it waits for, as on a true line.
 */
public final class SpoilingLine implements AutoCloseable {
  private static final Duration WRITE = Duration.ofSeconds(20);
  private static final int MOST_SPOILT_IN_A_ROW = 3;

  private final Link host;
  private final Link board;
  private final Random random;
  private final Set<Integer> asked = new HashSet<>();
  private final List<Thread> threads;
  private int current = -1;
  private int requestsToSpoil;
  private int answersToSpoil;
  private int exchanges;
  private int spoiltFrames;
  private int strangers;
  private boolean deafToRequests;
  private boolean deafToAnswers;
  private volatile boolean closed;

  /**
   * @param host the end whose other end the host holds
   * @param board the line to the firmware
   */
  public SpoilingLine(Link host, Link board, Random random) {
    this.host = host;
    this.board = board;
    this.random = new Random(random.nextLong());
    BlockingQueue<Judged> requests = new LinkedBlockingQueue<>();
    BlockingQueue<Judged> answers = new LinkedBlockingQueue<>();
    threads =
        List.of(
            new Thread(() -> take(host, requests, this::request), "take requests"),
            new Thread(() -> pass(requests, board), "pass requests"),
            new Thread(() -> take(board, answers, this::answer), "take answers"),
            new Thread(() -> pass(answers, host), "pass answers"));
    threads.forEach(Thread::start);
  }

  /** Requests of which a frame was corrupted, or whose answer was. */
  public synchronized int exchanges() {
    return exchanges;
  }

  /** Frames that were corrupted. */
  public synchronized int spoiltFrames() {
    return spoiltFrames;
  }

  /** Answers of the firmware to what the host never asked. */
  public synchronized int strangers() {
    return strangers;
  }

  /** Nothing passes in one direction until {@link #speak}. */
  public synchronized void fallSilent() {
    deafToRequests = random.nextBoolean();
    deafToAnswers = !deafToRequests;
  }

  public synchronized void speak() {
    deafToRequests = false;
    deafToAnswers = false;
  }

  private enum Fate {
    PASSED,
    SPOILT,
    LOST
  }

  /** What happens to a frame of this packet. */
  private interface Judge {
    Fate judge(Packet packet);
  }

  private synchronized Fate request(Packet packet) {
    if (packet.sequence() != current) {
      current = packet.sequence();
      asked.add(current);
      int all = 1 + random.nextInt(MOST_SPOILT_IN_A_ROW);
      requestsToSpoil = random.nextInt(all + 1);
      answersToSpoil = all - requestsToSpoil;
      exchanges++;
    }
    if (deafToRequests) {
      return Fate.LOST;
    }
    return requestsToSpoil-- > 0 ? spoilt() : Fate.PASSED;
  }

  private synchronized Fate answer(Packet packet) {
    strangers += asked.contains(packet.sequence()) ? 0 : 1;
    if (deafToAnswers) {
      return Fate.LOST;
    }
    boolean spoils = packet.sequence() == current && answersToSpoil-- > 0;
    return spoils ? spoilt() : Fate.PASSED;
  }

  private Fate spoilt() {
    spoiltFrames++;
    return Fate.SPOILT;
  }

  private static final class Judged {
    private final byte[] frame;
    private final Fate fate;

    Judged(byte[] frame, Fate fate) {
      this.frame = frame;
      this.fate = fate;
    }
  }

  /** Reads on whatever happens: ends that both write and read nothing would wait for each other. */
  private void take(Link from, BlockingQueue<Judged> frames, Judge judge) {
    FrameDecoder decoder = new FrameDecoder();
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    byte[] buffer = new byte[4096];
    try {
      while (!closed) {
        int count = from.read(buffer, Duration.ofMillis(100));
        for (int i = 0; i < count; i++) {
          frame.write(buffer[i]);
          Optional<Packet> packet = decoder.accept(buffer[i]);
          if (packet.isPresent()) {
            frames.add(new Judged(frame.toByteArray(), judge.judge(packet.get())));
            frame.reset();
          }
        }
      }
    } catch (IOException e) {
      closed = true;
    }
  }

  private void pass(BlockingQueue<Judged> frames, Link to) {
    Random fortune = new Random(random.nextLong());
    try {
      while (!closed) {
        Judged next = frames.poll(100, TimeUnit.MILLISECONDS);
        if (next != null) {
          pass(next.frame, next.fate, to, fortune);
        }
      }
    } catch (IOException e) {
      closed = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pass(byte[] frame, Fate fate, Link to, Random fortune) throws IOException {
    if (fate == Fate.LOST) {
      return;
    }
    byte[] bytes = fate == Fate.SPOILT ? corrupted(fortune, frame) : frame;
    switch (fortune.nextInt(20)) {
      case 0 -> {
        int late = fortune.nextInt(bytes.length + 1);
        to.write(Arrays.copyOf(bytes, late), WRITE);
        LockSupport.parkNanos(fortune.nextInt(3_000_000));
        to.write(Arrays.copyOfRange(bytes, late, bytes.length), WRITE);
      }
      case 1 -> {
        to.write(bytes, WRITE);
        to.write(bytes, WRITE);
      }
      default -> to.write(bytes, WRITE);
    }
  }

  /** Flipped, overwritten, dropped, repeated, cut or lost: never the frame that it was. */
  public static byte[] corrupted(Random random, byte[] good) {
    int at = 1 + random.nextInt(good.length - 2);
    byte[] bad = good.clone();
    switch (random.nextInt(6)) {
      case 0 -> bad[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bad[at] += (byte) (1 + random.nextInt(255));
      case 2 -> {
        System.arraycopy(good, at + 1, bad, at, good.length - at - 1);
        bad = Arrays.copyOf(bad, good.length - 1);
      }
      case 3 -> {
        bad = Arrays.copyOf(good, good.length + 1);
        System.arraycopy(good, at, bad, at + 1, good.length - at);
      }
      case 4 -> bad = Arrays.copyOf(good, at);
      default -> bad = new byte[0];
    }
    return bad;
  }

  @Override
  public void close() {
    closed = true;
    for (Thread thread : threads) {
      try {
        thread.join(2_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    host.close();
    board.close();
  }
}
