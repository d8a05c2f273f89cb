package org.hilbench.energy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The other end of a PPK2's serial line: its commands, metadata and samples. It plays one waveform:
 * idle, a high trigger with a known current, idle.
 */
final class Ppk2Emulator implements AutoCloseable {
  static final double IDLE_AMPERES = 0.0021;
  static final double BUSY_AMPERES = 0.0137;
  static final int IDLE_SAMPLES = 4_000;
  static final int BUSY_SAMPLES = 30_000;
  private static final double[] RESISTORS = {1031.64, 101.65, 10.15, 0.94, 0.043};
  private static final double[] OFFSETS = {112.3, 98.1, 105.7, 101.2, 99.4};
  private static final int CHUNK = 2_000;

  private final CountingLink link;
  private final CountDownLatch played = new CountDownLatch(1);
  private final int skipEvery;
  private final Thread thread;
  private final List<Integer> regulator = new ArrayList<>();
  private volatile boolean closed;

  /**
   * @param skipEvery a sample is left out after this many; 0: never
   */
  Ppk2Emulator(CountingLink link, int skipEvery) {
    this.link = link;
    this.skipEvery = skipEvery;
    this.thread = new Thread(this::serve, "ppk2-emulator");
    thread.start();
  }

  /** Waits until its waveform has come out of the other end of the line, a minute at most. */
  void awaitPlayed(CountingLink otherEnd) throws InterruptedException {
    if (played.await(30, TimeUnit.SECONDS)) {
      otherEnd.awaitRead(link.written());
    }
  }

  List<Integer> regulator() {
    return regulator;
  }

  private void serve() {
    byte[] buffer = new byte[256];
    try {
      while (!closed) {
        int count = link.read(buffer, Duration.ofMillis(50));
        for (int i = 0; i < count; i++) {
          i = command(buffer, i);
        }
      }
    } catch (IOException e) {
      closed = true;
    }
  }

  private int command(byte[] bytes, int at) throws IOException {
    switch (bytes[at]) {
      case Ppk2Meter.METADATA -> send(metadata().getBytes(StandardCharsets.US_ASCII));
      case Ppk2Meter.START -> {
        play();
        played.countDown();
      }
      case Ppk2Meter.REGULATOR -> {
        regulator.add(bytes[at + 1] & 0xff);
        regulator.add(bytes[at + 2] & 0xff);
        return at + 2;
      }
      case Ppk2Meter.MODE, Ppk2Meter.POWER -> {
        return at + 1;
      }
      default -> {}
    }
    return at;
  }

  private static String metadata() {
    StringBuilder text = new StringBuilder("Calibrated: 0\n");
    for (int i = 0; i < 5; i++) {
      text.append("R").append(i).append(": ").append(RESISTORS[i]).append('\n');
      text.append("GS").append(i).append(": 0.0000\nGI").append(i).append(": 1.0\n");
      text.append("O").append(i).append(": ").append(OFFSETS[i]).append('\n');
      text.append("S").append(i).append(": 0.000000\nI").append(i).append(": 0.000000\n");
      text.append("UG").append(i).append(": 1.00\n");
    }
    return text.append("HW: 37225\nIA: 56\nEND").toString();
  }

  private void play() throws IOException {
    int total = 2 * IDLE_SAMPLES + BUSY_SAMPLES;
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < total; i++) {
      boolean busy = i >= IDLE_SAMPLES && i < IDLE_SAMPLES + BUSY_SAMPLES;
      if (skipEvery == 0 || i % skipEvery != skipEvery - 1) {
        chunk.putInt(word(busy ? BUSY_AMPERES : IDLE_AMPERES, i, busy));
      }
      if (!chunk.hasRemaining() || i == total - 1) {
        send(java.util.Arrays.copyOf(chunk.array(), chunk.position()));
        chunk.clear();
      }
    }
  }

  /** The inverse of the calibration, in the range that the meter would choose. */
  private static int word(double amperes, int number, boolean trigger) {
    int range = amperes < 0.005 ? 2 : 3;
    double steps = amperes * RESISTORS[range] / (1.8 / 163_840) + OFFSETS[range];
    int reading = (int) Math.round(steps / 4);
    return reading | range << 14 | (number & 63) << 18 | (trigger ? 1 << 24 : 0);
  }

  private void send(byte[] bytes) throws IOException {
    link.write(bytes, Duration.ofMinutes(1));
  }

  @Override
  public void close() {
    closed = true;
    link.close();
  }
}
