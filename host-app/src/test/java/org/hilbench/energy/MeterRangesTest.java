package org.hilbench.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no meter can have seen is refused by name and value, whichever meter says so. */
class MeterRangesTest {
  @ParameterizedTest
  @ValueSource(
      doubles = {
        Double.NaN,
        Double.POSITIVE_INFINITY,
        -Double.MAX_VALUE,
        -1e9,
        4095,
        0x1p31,
        1e308
      })
  void aSampleThatCannotBe(double amperes) {
    double[] samples = new double[100];
    samples[42] = amperes;
    refused("sample", amperes, () -> new PowerTrace("m", 1000, 3, samples, new BitSet()));
    refused("sample", amperes, () -> PowerTrace.fromTheEdge("m", 1000, 3, samples));
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1, 0, 1e-300, 0x1p31, 0x1p32, 1e308})
  void aRateOrSupplyThatCannotBe(double value) {
    double[] samples = new double[100];
    refused("sample rate", value, () -> new PowerTrace("m", value, 3, samples, new BitSet()));
    refused("supply", value, () -> new PowerTrace("m", 1000, value, samples, new BitSet()));
  }

  @Test
  void anLpm01aCannotSeeKiloamperes() throws Exception {
    byte[] stream = {
      (byte) 0xf0, (byte) 0xf3, 0, 0, 0, 1, 0, (byte) 0xff, (byte) 0xff, 0x0f, (byte) 0xff
    };
    double[] decoded = new Lpm01aDecoder(Lpm01aMeter.RATE_HZ).decode(stream);
    assertEquals(4095, decoded[0]);
    refused("sample", 4095, () -> PowerTrace.fromTheEdge("m", Lpm01aMeter.RATE_HZ, 3, decoded));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "1e999", "-1e300"})
  void aPpk2WhoseCalibrationIsNoNumberGivesNoTrace(String gain) throws Exception {
    StringBuilder metadata = new StringBuilder();
    for (int range = 0; range < Ppk2Calibration.RANGES; range++) {
      for (String key : new String[] {"R", "O", "GS", "GI", "UG", "S", "I"}) {
        metadata.append(key).append(range).append(": ").append(key.equals("UG") ? gain : "1");
        metadata.append('\n');
      }
    }
    Ppk2Decoder decoder = new Ppk2Decoder(Ppk2Calibration.parse(metadata.toString()), 3);
    EnergyException told =
        assertThrows(EnergyException.class, () -> decoder.decode(new byte[] {1, 2, 0, 0}, "m"));
    assertTrue(String.valueOf(told.getMessage()).contains("sample"), told.getMessage());
  }

  @Test
  void anInferenceTakesSomeEnergyAndTheBoardsTimeIsNoIndexOutOfTheTrace() throws Exception {
    double[] amperes = new double[1000];
    Arrays.fill(amperes, -1e-6);
    BitSet busy = new BitSet();
    busy.set(100, 900);
    PowerTrace reversed = new PowerTrace("m", 1000, 3, amperes, busy);
    assertTrue(told(() -> InferenceEnergy.of(reversed, 1)).contains("J is not possible"));
    PowerTrace open = PowerTrace.fromTheEdge("m", 1000, 3, amperes);
    for (double seconds : new double[] {0x1p31, 0x1p63, 1e300, 4.3e6, 2.147484e6}) {
      assertTrue(told(() -> InferenceEnergy.of(open, 1, seconds)).contains("whole phase"));
    }
  }

  private static void refused(String what, double value, Executable reading) {
    String told = told(reading);
    String shown =
        Double.isFinite(value)
            ? java.math.BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
            : String.format(Locale.ROOT, "%s", value);
    assertTrue(told.contains(what + " " + shown) && told.contains("is not possible"), told);
  }

  private static String told(Executable reading) {
    return String.valueOf(assertThrows(EnergyException.class, reading).getMessage());
  }
}
