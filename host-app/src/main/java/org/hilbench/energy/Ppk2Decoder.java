package org.hilbench.energy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;

/**
 * Samples of a PPK2: little-endian words of 14 bits reading, 3 bits range (at bit 14), 6 bits
 * counter (at 18), 8 bits logic inputs (at 24). After a change of range three samples are replaced
 * by a rolling mean, as Nordic's own program does: the meter's amplifier settles then.
 */
final class Ppk2Decoder {
  private static final int COUNTS = 64;
  private static final int SETTLING = 3;
  private static final double SLOW = 0.06;
  private static final double FAST = 0.18;

  private final Ppk2Calibration calibration;
  private final double supplyVolts;
  private double fast = Double.NaN;
  private double slow = Double.NaN;
  private int lastRange = -1;
  private int settling;

  Ppk2Decoder(Ppk2Calibration calibration, double supplyVolts) {
    this.calibration = calibration;
    this.supplyVolts = supplyVolts;
  }

  /**
   * Decodes whole words.
   *
   * @throws EnergyException if the counter shows that samples were lost: time would be wrong
   */
  PowerTrace decode(byte[] bytes, String meter) throws EnergyException {
    ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int count = bytes.length / Integer.BYTES;
    double[] amperes = new double[count];
    BitSet trigger = new BitSet(count);
    int lost = 0;
    for (int i = 0; i < count; i++) {
      int word = words.getInt(i * Integer.BYTES);
      amperes[i] = settled(Math.min((word >>> 14) & 7, Ppk2Calibration.RANGES - 1), word & 0x3fff);
      trigger.set(i, ((word >>> 24) & 1) == 1);
      if (i > 0) {
        int step = ((word >>> 18) - (words.getInt((i - 1) * Integer.BYTES) >>> 18)) & (COUNTS - 1);
        lost += (step - 1) & (COUNTS - 1);
      }
    }
    if (lost > 0) {
      throw new EnergyException(
          "the PPK2 lost " + lost + " of " + count + " samples: use another USB port or less load");
    }
    return new PowerTrace(meter, Ppk2Meter.RATE_HZ, supplyVolts, amperes, trigger);
  }

  private double settled(int range, int reading) {
    double now = calibration.amperes(range, reading, supplyVolts);
    fast = Double.isNaN(fast) ? now : FAST * now + (1 - FAST) * fast;
    slow = Double.isNaN(slow) ? now : SLOW * now + (1 - SLOW) * slow;
    if (lastRange >= 0 && range != lastRange) {
      settling = SETTLING;
    }
    lastRange = range;
    if (settling == 0) {
      return now;
    }
    settling--;
    return range == Ppk2Calibration.RANGES - 1 ? slow : fast;
  }
}
