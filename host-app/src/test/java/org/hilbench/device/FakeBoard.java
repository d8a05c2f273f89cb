package org.hilbench.device;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a fake board truly is.
 *
 * @param points the first is set at boot
 * @param tickHz of its counter, where the clock is confirmed
 * @param ticks of its shortest inference
 * @param arena bytes, of which it uses the half
 * @param stack bytes, of which it uses a third
 * @param slot RAM for a model, where it is resident
 * @param flashSlot flash for a model, where it is resident and programs some
 */
public record FakeBoard(
    String buildId,
    List<Point> points,
    long tickHz,
    long ticks,
    long arena,
    long stack,
    int maxPacket,
    OptionalLong slot,
    OptionalLong flashSlot) {
  /**
   * An operating point.
   *
   * @param cause why it cannot be confirmed; absent where it can
   */
  public record Point(String name, long hz, Optional<String> cause) {}

  /** One with little memory, whose second clock cannot be set. */
  static FakeBoard small() {
    return new FakeBoard(
        "fake",
        List.of(
            new Point("fast", 100_000_000, Optional.empty()),
            new Point("slow", 1_000_000, Optional.of("PLL never locked"))),
        25_000_000,
        1000,
        4000,
        1000,
        128,
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  boolean resident() {
    return slot.isPresent();
  }
}
