package org.hilbench.energy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.hilbench.Printable;
import org.hilbench.protocol.Link;

/**
 * ST's X-NUCLEO-LPM01A (UM2269): it feeds the board and samples at 100 kHz. It has no input for a
 * level: wired to its D7, the trigger's rising edge begins the recording, and where the phase ends
 * the firmware's counter says. Its dynamic mode reaches 50 mA (10 mA by UM2269 revision 6); beyond
 * it the meter ends the recording.
 */
public final class Lpm01aMeter implements EnergyMeter {
  /** Its port is USB's own; the rates are only what a host may ask for. */
  public static final List<Integer> RATES = List.of(3_686_400, 921_600, 115_200);

  static final double RATE_HZ = 100_000;
  private static final int LEAST_MILLIVOLTS = 1_800;
  private static final int MOST_MILLIVOLTS = 3_300;
  private static final Duration LIMIT = Duration.ofSeconds(4);
  private static final Duration SLICE = Duration.ofMillis(50);
  private static final int LONGEST_ANSWER = 4_096;
  private static final Duration AFTER_THE_PHASE = Duration.ofMillis(200);

  private final Link link;
  private final int millivolts;
  private final Recorder recorder;

  private Lpm01aMeter(Link link, int millivolts) {
    this.link = link;
    this.recorder = new Recorder("lpm01a", link);
    this.millivolts = millivolts;
  }

  /**
   * Takes control of the meter and switches the board's supply on. Owns the link.
   *
   * @param millivolts of the supply
   * @param most what the board's profile allows; a higher supply is refused before it is set
   * @throws EnergyException if the voltage is not allowed or the meter does not answer
   */
  public static Lpm01aMeter open(Link link, int millivolts, int most) throws EnergyException {
    Supply.require(millivolts, LEAST_MILLIVOLTS, Math.min(most, MOST_MILLIVOLTS));
    Lpm01aMeter meter = new Lpm01aMeter(link, millivolts);
    try {
      meter.drain();
      meter.takeControl();
      for (String command : meter.settings()) {
        meter.order(command);
      }
      return meter;
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private List<String> settings() {
    return List.of(
        "volt " + millivolts + "m",
        "acqmode dyn",
        "funcmode high",
        "output current",
        "format bin_hexa",
        "freq 100k",
        "acqtime inf",
        "trigsrc d7",
        "trigdelay 0",
        "pwrend on",
        "pwr on");
  }

  /** The first word after plugging in is often lost: once more does no harm. */
  private void takeControl() throws IOException, EnergyException {
    try {
      order("htc");
    } catch (EnergyException e) {
      drain();
      order("htc");
    }
  }

  @Override
  public String name() {
    return "ST X-NUCLEO-LPM01A, source, " + millivolts + " mV";
  }

  @Override
  public void start() throws EnergyException {
    recorder.begin();
    try {
      order("start");
    } catch (IOException e) {
      throw lost(e);
    }
    recorder.follow();
  }

  @Override
  public PowerTrace stop() throws EnergyException {
    try {
      Thread.sleep(AFTER_THE_PHASE.toMillis());
      recorder.end();
      send("stop");
      drain();
    } catch (InterruptedException e) {
      recorder.abandon();
      Thread.currentThread().interrupt();
      throw new EnergyException("interrupted before " + name() + " had told all it recorded");
    } catch (IOException e) {
      throw lost(e);
    }
    double[] amperes = new Lpm01aDecoder(RATE_HZ).decode(recorded());
    if (amperes.length == 0) {
      throw new EnergyException(
          "no trigger seen by "
              + name()
              + ": wire the board's trigger pin to the meter's D7, and their grounds");
    }
    return PowerTrace.fromTheEdge(name(), RATE_HZ, millivolts / 1000.0, amperes);
  }

  private byte[] recorded() throws EnergyException {
    try {
      return recorder.bytes();
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /** Sends a command and waits for the meter to acknowledge it. */
  private void order(String command) throws IOException, EnergyException {
    send(command);
    StringBuilder said = new StringBuilder();
    byte[] buffer = new byte[1024];
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      int count = link.read(buffer, SLICE);
      if (count > 0) {
        said.append(new String(buffer, 0, count, StandardCharsets.US_ASCII));
        said.delete(0, Math.max(0, said.length() - LONGEST_ANSWER));
      }
      if (said.indexOf("ack " + command.split(" ")[0]) >= 0) {
        return;
      }
      if (said.indexOf("err") >= 0) {
        throw new EnergyException(
            "the LPM01A refused '" + command + "': " + Printable.words(said.toString()));
      }
    }
    throw new EnergyException(
        "no LPM01A answers on this port: '" + command + "' was not acknowledged");
  }

  private void send(String command) throws IOException {
    link.write((command + "\n").getBytes(StandardCharsets.US_ASCII), LIMIT);
  }

  private void drain() throws IOException {
    byte[] buffer = new byte[4096];
    int left = 200;
    while (left > 0 && link.read(buffer, SLICE) > 0) {
      left--;
    }
  }

  private static EnergyException lost(IOException cause) {
    return new EnergyException("the LPM01A went while it was used: " + cause.getMessage());
  }

  @Override
  public void close() {
    recorder.abandon();
    link.close();
  }
}
