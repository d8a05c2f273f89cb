package org.hilbench.experiment;

import java.util.ArrayList;
import java.util.List;
import org.hilbench.Registry;
import org.hilbench.data.Datasets;
import org.hilbench.data.SensorWindows;
import org.hilbench.search.HillClimbing;
import org.hilbench.search.PolicyGradient;
import org.hilbench.search.Strategies;
import org.hilbench.search.SuccessiveHalving;
import org.hilbench.space.ChainSpace;
import org.hilbench.space.Spaces;

/** What an experiment may name in tests: what comes with hilbench, and some of the tests' own. */
final class Toys {
  private Toys() {}

  static Providers providers() {
    return new Providers(
        new Datasets(with(Datasets.standard(), List.of(new SensorWindows()))),
        new Spaces(with(Spaces.standard(), List.of(new ChainSpace.Provider()))),
        new Strategies(
            with(
                Strategies.standard(),
                List.of(
                    new HillClimbing(), new PolicyGradient(), new SuccessiveHalving.Provider()))));
  }

  private static <P extends Registry.Named> List<P> with(
      Registry<P> standard, List<? extends P> own) {
    List<P> all = new ArrayList<>(standard.providers());
    all.addAll(own);
    return all;
  }
}
