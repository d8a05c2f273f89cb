package org.hilbench.experiment;

import java.util.Objects;
import org.hilbench.data.Datasets;
import org.hilbench.search.Strategies;
import org.hilbench.space.Spaces;

/** What the settings of an experiment may name. */
public record Providers(Datasets datasets, Spaces spaces, Strategies strategies) {
  public Providers {
    Objects.requireNonNull(datasets);
    Objects.requireNonNull(spaces);
    Objects.requireNonNull(strategies);
  }

  /** What comes with hilbench. */
  public static Providers standard() {
    return new Providers(Datasets.standard(), Spaces.standard(), Strategies.standard());
  }
}
