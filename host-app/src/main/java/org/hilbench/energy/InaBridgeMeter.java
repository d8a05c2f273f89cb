package org.hilbench.energy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.hilbench.Printable;
import org.hilbench.protocol.Link;

/**
 * An INA226 or INA228 behind a small USB bridge, whose line format docs/energy-meters.md states:
 * {@code HB-INA 1 ina226 2000} names version, chip and rate; then, between {@code start} and {@code
 * stop}, one {@code <number> <bus millivolts> <microamperes> <trigger>} a sample.
 */
public final class InaBridgeMeter implements EnergyMeter {
  /** Of the bridge's line: slower ones do not carry its samples. */
  public static final List<Integer> RATES = List.of(921_600);

  private static final String TROUBLE = "error ";
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final Duration SLICE = Duration.ofMillis(50);
  private static final int LONGEST_ANSWER = 65_536;

  private final Link link;
  private final String chip;
  private final double rateHz;
  private final Recorder recorder;

  private InaBridgeMeter(Link link, String chip, double rateHz) {
    this.link = link;
    this.recorder = new Recorder("ina-bridge", link);
    this.chip = chip;
    this.rateHz = rateHz;
  }

  /** As {@link #open(Link, Duration)}, with the patience that a bridge of silicon needs. */
  public static InaBridgeMeter open(Link link) throws EnergyException {
    return open(link, LIMIT);
  }

  /**
   * Asks the bridge who it is. Owns the link.
   *
   * @param patience with its answer, for which it measures its rate
   * @throws EnergyException if no bridge of this format answers, or what it complains of
   */
  public static InaBridgeMeter open(Link link, Duration patience) throws EnergyException {
    try {
      send(link, "stop\nid\n");
      StringBuilder said = new StringBuilder();
      long deadline = System.nanoTime() + patience.toNanos();
      while (System.nanoTime() < deadline) {
        read(link, said);
        for (String line : whole(said.toString()).split("\n")) {
          refuseTrouble(line);
          String[] words = line.strip().split(" ");
          if (words.length == 4 && words[0].equals("HB-INA") && words[1].equals("1")) {
            return new InaBridgeMeter(
                link, Printable.cut(words[2], 20), Double.parseDouble(words[3]));
          }
        }
      }
      throw new EnergyException(
          "no INA bridge answers on this port within " + patience.toSeconds() + " s");
    } catch (IOException | NumberFormatException e) {
      throw new EnergyException("the INA bridge failed: " + e.getMessage());
    }
  }

  @Override
  public String name() {
    return chip + " behind a USB bridge";
  }

  @Override
  public void start() throws EnergyException {
    recorder.begin();
    try {
      send(link, "start\n");
    } catch (IOException e) {
      throw lost(e);
    }
    recorder.follow();
  }

  @Override
  public PowerTrace stop() throws EnergyException {
    try {
      recorder.end();
      send(link, "stop\n");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnergyException("interrupted before " + name() + " had told all it recorded");
    } catch (IOException e) {
      throw lost(e);
    }
    try {
      return decode(new String(recorder.bytes(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private static EnergyException lost(IOException cause) {
    return new EnergyException("the INA bridge went: " + cause.getMessage());
  }

  /** Only whole lines; a number that is missing is an error, since time would be wrong. */
  PowerTrace decode(String text) throws EnergyException {
    List<Double> amperes = new ArrayList<>();
    BitSet trigger = new BitSet();
    double millivolts = 0;
    long last = -1;
    for (String line : whole(text).split("\n")) {
      refuseTrouble(line);
      if (!line.strip().matches("\\d{1,12} \\d{1,6} -?\\d{1,9} [01]")) {
        continue; // the rest of an earlier line, or an answer
      }
      String[] words = line.strip().split(" ");
      long number = Long.parseLong(words[0]);
      if (last >= 0 && number != last + 1) {
        throw new EnergyException(
            "the INA bridge lost samples " + (last + 1) + " to " + (number - 1));
      }
      last = number;
      millivolts += Double.parseDouble(words[1]);
      trigger.set(amperes.size(), words[3].equals("1"));
      amperes.add(Double.parseDouble(words[2]) / 1e6);
    }
    if (amperes.isEmpty()) {
      throw new EnergyException("the INA bridge sent no sample");
    }
    double volts = millivolts / amperes.size() / 1000;
    double[] values = amperes.stream().mapToDouble(Double::doubleValue).toArray();
    return new PowerTrace(name(), rateHz, volts, values, trigger);
  }

  /** Without the line that is still being sent. */
  private static String whole(String text) {
    return text.substring(0, text.lastIndexOf('\n') + 1);
  }

  private static void refuseTrouble(String line) throws EnergyException {
    if (line.startsWith(TROUBLE)) {
      throw new EnergyException(
          "the INA bridge says: " + Printable.words(line.substring(TROUBLE.length())));
    }
  }

  private static void read(Link link, StringBuilder into) throws IOException {
    byte[] buffer = new byte[4096];
    int count = link.read(buffer, SLICE);
    if (count > 0) {
      into.append(new String(buffer, 0, count, StandardCharsets.US_ASCII));
      into.delete(0, Math.max(0, into.length() - LONGEST_ANSWER));
    }
  }

  private static void send(Link link, String words) throws IOException {
    link.write(words.getBytes(StandardCharsets.US_ASCII), LIMIT);
  }

  @Override
  public void close() {
    recorder.abandon();
    link.close();
  }
}
