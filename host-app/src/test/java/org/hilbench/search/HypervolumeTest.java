package org.hilbench.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HypervolumeTest {

  @Test
  void isTheAreaThatAStaircaseCovers() {
    Hypervolume volume = new Hypervolume(new double[] {0, 0}, new double[] {4, 4});
    double covered =
        volume.of(List.of(new double[] {1, 3}, new double[] {2, 2}, new double[] {3, 1}));
    assertEquals(6.0 / 16, covered, 1e-12);
  }

  @Test
  void agreesWithSamplingInFourDimensions() {
    Random random = new Random(1);
    List<double[]> front = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      front.add(random.doubles(4).limit(4).toArray());
    }
    double[] zero = new double[4];
    double[] one = {1, 1, 1, 1};
    int hits = 0;
    int samples = 200_000;
    for (int i = 0; i < samples; i++) {
      double[] sample = random.doubles(4).limit(4).toArray();
      hits += front.stream().anyMatch(point -> ParetoFront.dominates(point, sample)) ? 1 : 0;
    }
    assertEquals((double) hits / samples, new Hypervolume(zero, one).of(front), 0.005);
  }

  @Test
  void dominatedPointsAddNothingAndPointsBeyondTheReferenceNeither() {
    Hypervolume volume = new Hypervolume(new double[] {0, 0}, new double[] {1, 1});
    double alone = volume.of(List.of(new double[] {0.5, 0.5}));
    assertEquals(0.25, alone, 1e-12);
    assertEquals(
        alone,
        volume.of(List.of(new double[] {0.5, 0.5}, new double[] {0.6, 0.6}, new double[] {2, 0})),
        1e-12);
    assertEquals(0, volume.of(List.of()));
  }

  @Test
  void refusesAnIdealBehindItsReference() {
    assertThrows(
        IllegalArgumentException.class, () -> new Hypervolume(new double[] {1}, new double[] {1}));
  }
}
