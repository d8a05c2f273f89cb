package org.hilbench.evaluate;

import org.hilbench.data.Split;

/** How many images of a split a model classified rightly. */
public record Int8Accuracy(Split split, int correct, int images) {
  public Int8Accuracy {
    if (images < 1 || correct < 0 || correct > images) {
      throw new IllegalArgumentException(correct + " of " + images + " images");
    }
  }

  /** Share of the images, a fraction of 1. */
  public double accuracy() {
    return (double) correct / images;
  }
}
