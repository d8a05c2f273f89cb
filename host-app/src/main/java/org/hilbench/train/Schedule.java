package org.hilbench.train;

/** Learning rate of each step: linear rise, then a cosine to zero. */
record Schedule(double peak, long steps, long rising) {

  static Schedule of(TrainingRecipe recipe) {
    long steps = recipe.steps();
    return new Schedule(recipe.peakLearningRate(), steps, Math.round(steps * recipe.warmup()));
  }

  double rate(long step) {
    if (step < rising) {
      return peak * (step + 1) / rising;
    }
    double share = (double) (step - rising) / Math.max(1, steps - rising);
    return peak * 0.5 * (1 + StrictMath.cos(Math.PI * share));
  }

  float[] rates(long from, int count) {
    float[] rates = new float[count];
    for (int i = 0; i < count; i++) {
      rates[i] = (float) rate(from + i);
    }
    return rates;
  }
}
