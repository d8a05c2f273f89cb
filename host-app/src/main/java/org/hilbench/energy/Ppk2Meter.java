package org.hilbench.energy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.hilbench.protocol.Link;

/**
 * Nordic's Power Profiler Kit II as a source meter: it feeds the board and samples at 100 kHz. Its
 * logic input D0 takes the trigger.
 */
public final class Ppk2Meter implements EnergyMeter {
  static final int START = 0x06;
  static final int STOP = 0x07;
  static final int POWER = 0x0c;
  static final int REGULATOR = 0x0d;
  static final int MODE = 0x11;
  static final int METADATA = 0x19;
  static final int SOURCE = 2;
  static final double RATE_HZ = 100_000;
  private static final int LEAST_MILLIVOLTS = 800;
  private static final int MOST_MILLIVOLTS = 5_000;
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final Duration SLICE = Duration.ofMillis(50);
  private static final int LONGEST_METADATA = 16_384;

  private final Link link;
  private final int millivolts;
  private final Ppk2Calibration calibration;
  private final Recorder recorder;

  private Ppk2Meter(Link link, int millivolts, Ppk2Calibration calibration) {
    this.link = link;
    this.recorder = new Recorder("ppk2", link);
    this.millivolts = millivolts;
    this.calibration = calibration;
  }

  /**
   * Reads the calibration and switches the board's supply on. Owns the link.
   *
   * @param millivolts of the supply
   * @param most what the board's profile allows; a higher supply is refused before it is set
   * @throws EnergyException if the voltage is not allowed or the meter does not answer
   */
  public static Ppk2Meter open(Link link, int millivolts, int most) throws EnergyException {
    Supply.require(millivolts, LEAST_MILLIVOLTS, Math.min(most, MOST_MILLIVOLTS));
    try {
      send(link, STOP);
      drain(link);
      send(link, METADATA);
      Ppk2Meter meter = new Ppk2Meter(link, millivolts, Ppk2Calibration.parse(metadata(link)));
      send(link, MODE, SOURCE);
      int setting = millivolts - LEAST_MILLIVOLTS + 32;
      send(link, REGULATOR, 3 + setting / 256, setting % 256);
      send(link, POWER, 1);
      return meter;
    } catch (IOException e) {
      throw lost(e);
    }
  }

  @Override
  public String name() {
    return "Nordic PPK2, source, " + millivolts + " mV";
  }

  @Override
  public void start() throws EnergyException {
    recorder.begin();
    try {
      send(link, START);
    } catch (IOException e) {
      throw lost(e);
    }
    recorder.follow();
  }

  @Override
  public PowerTrace stop() throws EnergyException {
    try {
      recorder.end();
      send(link, STOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnergyException("interrupted before " + name() + " had told all it recorded");
    } catch (IOException e) {
      throw lost(e);
    }
    return new Ppk2Decoder(calibration, millivolts / 1000.0).decode(recorded(), name());
  }

  private byte[] recorded() throws EnergyException {
    try {
      return recorder.bytes();
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private static String metadata(Link link) throws IOException, EnergyException {
    StringBuilder text = new StringBuilder();
    byte[] buffer = new byte[2048];
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (text.indexOf("END") < 0) {
      int count = link.read(buffer, SLICE);
      if (count > 0) {
        text.append(new String(buffer, 0, count, StandardCharsets.US_ASCII));
      }
      if (count < 0 || text.length() > LONGEST_METADATA || System.nanoTime() - deadline > 0) {
        throw new EnergyException(
            "no PPK2 answers on this port: it sent no metadata within " + LIMIT.toSeconds() + " s");
      }
    }
    return text.toString();
  }

  private static void drain(Link link) throws IOException {
    byte[] buffer = new byte[4096];
    for (int i = 0; i < 100 && link.read(buffer, SLICE) > 0; i++) {
      Arrays.fill(buffer, (byte) 0);
    }
  }

  private static void send(Link link, int... bytes) throws IOException {
    byte[] command = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      command[i] = (byte) bytes[i];
    }
    link.write(command, LIMIT);
  }

  private static EnergyException lost(IOException cause) {
    return new EnergyException("the PPK2 went while it was used: " + cause.getMessage());
  }

  @Override
  public void close() {
    recorder.abandon();
    link.close();
  }
}
