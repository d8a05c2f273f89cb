package org.hilbench.evaluate;

import org.hilbench.data.Split;

/** How many examples of a split a model classified rightly. */
public record Int8Accuracy(Split split, int correct, int examples) {
  public Int8Accuracy {
    if (examples < 1 || correct < 0 || correct > examples) {
      throw new IllegalArgumentException(correct + " of " + examples + " examples");
    }
  }

  /** Share of the examples, a fraction of 1. */
  public double accuracy() {
    return (double) correct / examples;
  }
}
