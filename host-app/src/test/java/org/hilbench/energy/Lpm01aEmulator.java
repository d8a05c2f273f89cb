package org.hilbench.energy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The other end of an LPM01A's serial line: it acknowledges commands and, once started, plays a
 * known current in blocks from the trigger's edge on.
 */
final class Lpm01aEmulator implements AutoCloseable {
  static final double IDLE_AMPERES = 0.0021;
  static final double BUSY_AMPERES = 0.0137;
  static final int BUSY_SAMPLES = 20_000;
  static final int IDLE_SAMPLES = 6_000;
  private static final int BLOCK = 1_000;

  private final CountingLink link;
  private final CountDownLatch played = new CountDownLatch(1);
  private final boolean triggered;
  private final int withoutBlock;
  private final List<String> commands = new ArrayList<>();
  private volatile boolean closed;

  /**
   * @param triggered whether an edge ever comes
   * @param withoutBlock this block of samples is lost; -1: none
   */
  Lpm01aEmulator(CountingLink link, boolean triggered, int withoutBlock) {
    this.link = link;
    this.triggered = triggered;
    this.withoutBlock = withoutBlock;
    new Thread(this::serve, "lpm01a-emulator").start();
  }

  /** Waits until its waveform has come out of the other end of the line, a minute at most. */
  void awaitPlayed(CountingLink otherEnd) throws InterruptedException {
    if (played.await(30, TimeUnit.SECONDS)) {
      otherEnd.awaitRead(link.written());
    }
  }

  synchronized List<String> commands() {
    return List.copyOf(commands);
  }

  private void serve() {
    StringBuilder line = new StringBuilder();
    byte[] buffer = new byte[256];
    try {
      while (!closed) {
        int count = link.read(buffer, Duration.ofMillis(50));
        for (int i = 0; i < count; i++) {
          if (buffer[i] == '\n') {
            command(line.toString());
            line.setLength(0);
          } else {
            line.append((char) buffer[i]);
          }
        }
      }
    } catch (IOException e) {
      closed = true;
    }
  }

  private void command(String command) throws IOException {
    synchronized (this) {
      commands.add(command);
    }
    if (command.startsWith("volt 5")) {
      send("\r\nPowerShield > err volt\r\n".getBytes(StandardCharsets.US_ASCII));
      return;
    }
    String answer = "\r\nPowerShield > ack " + command + "\r\n";
    send(answer.getBytes(StandardCharsets.US_ASCII));
    if (command.equals("start")) {
      if (triggered) {
        play();
      }
      played.countDown();
    }
  }

  private void play() throws IOException {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (int i = 0; i < BUSY_SAMPLES + IDLE_SAMPLES; i++) {
      if (i % BLOCK == 0) {
        head(stream, 5_000 + i / 100);
      }
      if (i / BLOCK != withoutBlock) {
        sample(stream, i < BUSY_SAMPLES ? BUSY_AMPERES : IDLE_AMPERES);
      }
    }
    send(stream.toByteArray());
  }

  private static void head(ByteArrayOutputStream stream, int millis) {
    stream.writeBytes(new byte[] {(byte) 0xf0, (byte) 0xf3});
    for (int shift = 24; shift >= 0; shift -= 8) {
      stream.write(millis >> shift);
    }
    stream.writeBytes(new byte[] {0x12, (byte) 0xff, (byte) 0xff});
  }

  /** The largest mantissa of 12 bits, as the meter normalizes. */
  private static void sample(ByteArrayOutputStream stream, double amperes) {
    int exponent = 0;
    double mantissa = amperes;
    while (mantissa * 16 < 4096 && exponent < 14) {
      mantissa *= 16;
      exponent++;
    }
    int word = exponent << 12 | (int) Math.round(mantissa);
    stream.write(word >> 8);
    stream.write(word);
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
