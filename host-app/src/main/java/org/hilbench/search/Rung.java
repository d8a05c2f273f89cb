package org.hilbench.search;

import java.util.List;

/**
 * One step of the ladder that trials climb: how far a trial is trained when it is through.
 *
 * @param fidelity the share that it has had, by then, of what a search trains a network with; in
 *     (0, 1]
 * @param continued whether it goes on from its weights of a lower rung; else it is trained anew
 */
public record Rung(double fidelity, boolean continued) {
  /** Every trial is trained once, with all that a search has for it. */
  public static final List<Rung> ONE = List.of(new Rung(1, false));

  public Rung {
    if (!(fidelity > 0 && fidelity <= 1)) {
      throw new IllegalArgumentException("fidelity " + fidelity + " is not in (0, 1]");
    }
  }

  /** These as they are; {@link IllegalArgumentException} where they do not go upwards. */
  public static List<Rung> ladder(List<Rung> rungs) {
    if (rungs.isEmpty() || rungs.get(0).continued()) {
      throw new IllegalArgumentException("the first of the rungs " + rungs + " goes on from none");
    }
    for (int i = 1; i < rungs.size(); i++) {
      if (rungs.get(i).fidelity() <= rungs.get(i - 1).fidelity()) {
        throw new IllegalArgumentException("rungs " + rungs + " do not go upwards");
      }
    }
    return List.copyOf(rungs);
  }
}
