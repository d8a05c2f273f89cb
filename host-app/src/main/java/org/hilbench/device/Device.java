package org.hilbench.device;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A board or its simulation with firmware on it, greeted and ready. Every call ends: with an
 * answer, at a deadline, when the thread is interrupted, or soon after another thread closes it.
 * One thread talks; any thread may close.
 */
public interface Device extends AutoCloseable {

  /** Which device this is, for people: {@code qemu mps2-an386}, {@code serial:/dev/ttyACM0}. */
  String name();

  Identity identity();

  /** The clock, as set last. */
  ClockReport clock();

  /** Instructions a tick of its counter, on a simulator that counts them; empty on silicon. */
  OptionalDouble instructionsPerTick();

  /**
   * Sends a model to resident firmware, which prepares it in place of the one before; {@link
   * #identity} tells of it then, and whether it is ready.
   *
   * @return bytes of arena that the model leaves
   * @throws DeviceException.Refused NOT_SUPPORTED where the firmware is not resident
   * @throws DeviceException.TooLarge where the model is larger than what the device has for it
   */
  long upload(Upload model) throws DeviceException;

  /** Sets a clock and voltage by name; the clock that is really set. */
  ClockReport operatingPoint(String name) throws DeviceException;

  /** Sends the raw input tensor, all {@link Identity#inputBytes} of it. */
  void input(byte[] tensor) throws DeviceException;

  /** Runs; needs an input. */
  void run(RunOrder order) throws DeviceException;

  /** The model's output tensor of the last run. */
  byte[] output() throws DeviceException;

  /**
   * The output of the operator after which the last run stopped.
   *
   * @param bytes that it has: a device that tells of another size is refused
   */
  byte[] opOutput(int op, int bytes) throws DeviceException;

  /** Readings of the last run. */
  Statistics statistics() throws DeviceException;

  /** The operators of the last run, in order; empty where it was not looked at op by op. */
  List<OpReport> ops() throws DeviceException;

  /** Has the bytes sent back; what came. */
  byte[] echo(byte[] bytes) throws DeviceException;

  /** The fault that the firmware remembers over a reset, if there was one. */
  Optional<FaultReport> lastFault() throws DeviceException;

  /** Has the firmware fault on purpose; what its fault handler told. Only a reset helps then. */
  FaultReport crash() throws DeviceException;

  /** Resets the device and greets it again. */
  void reset() throws DeviceException;

  /** Ends everything that was started for it; does not wait longer than a moment. */
  @Override
  void close();
}
