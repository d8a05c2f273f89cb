package org.hilbench.operators;

import org.hilbench.fuzz.CampaignResult;
import org.junit.jupiter.api.Test;

/** A slice of the campaigns {@code operators} and {@code operators-m4}. */
class OperatorModelsTest {
  private static final int HERE = 1500;
  private static final int SIMULATED = 60;

  @Test
  void eachModelIsEqualOrRefusedBeforeTheBuild() throws Exception {
    slice(OperatorModels.here(), HERE);
  }

  @Test
  void soItIsOnTheSimulatedM4() throws Exception {
    slice(OperatorModels.onSimulatedM4(), SIMULATED);
  }

  private static void slice(OperatorModels campaign, int count) throws Exception {
    long seed = System.nanoTime();
    System.out.println("operators: " + count + " models, seed " + seed);
    CampaignResult result = campaign.run(count, seed, line -> {});
    result.assertAllGood(count);
  }
}
