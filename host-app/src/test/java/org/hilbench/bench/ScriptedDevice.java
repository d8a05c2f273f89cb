package org.hilbench.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.hilbench.device.ClockReport;
import org.hilbench.device.Device;
import org.hilbench.device.DeviceException;
import org.hilbench.device.FaultReport;
import org.hilbench.device.Identity;
import org.hilbench.device.OpReport;
import org.hilbench.device.RunOrder;
import org.hilbench.device.Statistics;
import org.hilbench.device.Upload;

/** A board whose operators take as long as is said; it keeps what it was asked to run. */
final class ScriptedDevice implements Device {
  private static final long TICK_HZ = 1_000_000;

  private final int ops;
  private final double secondsAnOp;
  private final List<RunOrder> orders = new ArrayList<>();
  private Optional<FaultReport> bite = Optional.empty();

  ScriptedDevice(int ops, double secondsAnOp) {
    this.ops = ops;
    this.secondsAnOp = secondsAnOp;
  }

  /** Its watchdog ends the next run, at this. */
  void bitten(FaultReport at) {
    bite = Optional.of(at);
  }

  List<RunOrder> orders() {
    return orders;
  }

  @Override
  public String name() {
    return "serial:scripted";
  }

  @Override
  public Identity identity() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ClockReport clock() {
    return new ClockReport(
        "slow", OptionalLong.of(TICK_HZ), true, "", "dwt", OptionalLong.of(TICK_HZ));
  }

  @Override
  public OptionalDouble instructionsPerTick() {
    return OptionalDouble.empty();
  }

  @Override
  public ClockReport operatingPoint(String name) {
    return clock();
  }

  @Override
  public void input(byte[] tensor) {}

  @Override
  public void run(RunOrder order) throws DeviceException {
    orders.add(order);
    if (bite.isPresent()) {
      throw new DeviceException.OutlastedWatchdog(name(), bite.get());
    }
  }

  @Override
  public byte[] output() {
    return new byte[] {1};
  }

  @Override
  public byte[] opOutput(int op, int bytes) {
    return new byte[] {2};
  }

  @Override
  public Statistics statistics() {
    return new Statistics(List.of(50L), "dwt", OptionalLong.of(TICK_HZ), 1, 2, 1, 2);
  }

  @Override
  public List<OpReport> ops() {
    List<OpReport> reports = new ArrayList<>();
    for (int i = 0; i < ops; i++) {
      reports.add(new OpReport(i, 3, Math.round(secondsAnOp * TICK_HZ), 1, 0));
    }
    return reports;
  }

  @Override
  public long upload(Upload model) {
    throw new UnsupportedOperationException();
  }

  @Override
  public byte[] echo(byte[] bytes) {
    return bytes;
  }

  @Override
  public Optional<FaultReport> lastFault() {
    return Optional.empty();
  }

  @Override
  public FaultReport crash() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void reset() {}

  @Override
  public void close() {}
}
