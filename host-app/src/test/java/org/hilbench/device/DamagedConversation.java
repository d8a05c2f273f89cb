package org.hilbench.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.hilbench.BenchException;
import org.hilbench.serial.SpoilingLine;

/**
 * Asks a device everything there is to ask over a line that spoils each exchange, and compares
 * every answer with what is true. Where the line falls silent a call has to end at its deadline,
 * and the next one is answered again.
 */
public final class DamagedConversation {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Duration SOON = Duration.ofMillis(20);

  private final Device device;
  private final SpoilingLine line;
  private final Random random;
  private final Model model;
  private final int mostRuns;
  private final byte[] input;
  private byte[] expected;
  private int silences;

  /** The true output of an input. */
  @FunctionalInterface
  public interface Model {
    byte[] output(byte[] input) throws BenchException;
  }

  /**
   * @param model that the device runs
   * @param mostRuns timed inferences that one request may ask for
   */
  public DamagedConversation(
      Device device, SpoilingLine line, Random random, Model model, int mostRuns)
      throws BenchException {
    this.device = device;
    this.line = line;
    this.random = random;
    this.model = model;
    this.mostRuns = mostRuns;
    input = new byte[device.identity().inputBytes()];
    expected = new byte[0];
    runs();
  }

  /** Goes on until so many exchanges were spoilt. */
  public void until(int exchanges) throws BenchException {
    while (line.exchanges() < exchanges) {
      round();
    }
    assertEquals(0, line.strangers(), "the firmware answered what was never asked");
    assertTrue(line.spoiltFrames() >= exchanges, line.spoiltFrames() + " spoilt frames");
  }

  /** How often the line fell silent. */
  public int silences() {
    return silences;
  }

  private void round() throws BenchException {
    int kind = random.nextInt(400);
    if (kind < 1) {
      faults();
    } else if (kind < 4) {
      endsTyped();
    } else if (kind < 6) {
      device.reset();
      runs();
    } else if (kind < 20) {
      runs();
    } else if (kind < 60) {
      List<String> points = device.identity().operatingPoints();
      String point = points.get(random.nextInt(points.size()));
      assertEquals(point, device.operatingPoint(point).operatingPoint());
    } else if (kind < 150) {
      assertArrayEquals(expected, device.output());
    } else {
      byte[] bytes = new byte[random.nextInt(100)];
      random.nextBytes(bytes);
      assertArrayEquals(bytes, device.echo(bytes));
    }
  }

  private void runs() throws BenchException {
    random.nextBytes(input);
    expected = model.output(input);
    int runs = 1 + random.nextInt(mostRuns);
    device.input(input);
    device.run(RunOrder.timed(0, runs, true, LIMIT));
    assertArrayEquals(expected, device.output());
    assertEquals(runs, device.statistics().ticks().size());
    List<OpReport> ops = device.ops();
    CRC32 crc = new CRC32();
    crc.update(expected);
    assertEquals(device.identity().opCount(), ops.size());
    assertEquals(crc.getValue(), ops.get(ops.size() - 1).outputCrc());
  }

  private void faults() throws BenchException {
    FaultReport fault = device.crash();
    assertEquals(List.of("UNDEFINSTR"), fault.causes());
    assertThrows(DeviceException.Fault.class, device::output);
    device.reset();
    assertEquals(fault.pc(), device.lastFault().orElseThrow().pc());
    runs();
  }

  private void endsTyped() throws BenchException {
    silences++;
    line.fallSilent();
    assertThrows(
        DeviceException.TimedOut.class,
        () -> device.run(RunOrder.timed(0, 1, false, SOON)),
        "over a silent line");
    line.speak();
    assertArrayEquals(expected, device.output());
  }
}
