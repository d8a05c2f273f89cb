package org.hilbench.cli;

import org.hilbench.fuzz.CampaignResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(900)
class HostileMutantsTest {
  private static final int MUTANTS = 1500;

  @Test
  void everyMutantIsAnsweredOrRefusedInOneLine() throws Exception {
    long seed = System.nanoTime() & 0xffff;
    System.out.println("mutants of models: " + MUTANTS + ", seed " + seed);
    CampaignResult result =
        new HostileMutants(Integer.MAX_VALUE).run(MUTANTS, seed, System.out::println);
    System.out.println(result.endings());
    result.assertAllGood(MUTANTS);
  }
}
