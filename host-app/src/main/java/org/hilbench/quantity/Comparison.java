package org.hilbench.quantity;

/** How a value is held against the bound of a {@link Constraint}. */
public enum Comparison {
  // The longer sign first, so that a parser that tries them in order is right.
  AT_MOST("<=", -1, true),
  AT_LEAST(">=", 1, true),
  LESS("<", -1, false),
  MORE(">", 1, false);

  private final String sign;
  private final int direction;
  private final boolean includesBound;

  Comparison(String sign, int direction, boolean includesBound) {
    this.sign = sign;
    this.direction = direction;
    this.includesBound = includesBound;
  }

  /** As written in a constraint. */
  public String sign() {
    return sign;
  }

  public boolean holds(double value, double bound) {
    int compared = Double.compare(value, bound) * direction;
    return compared > 0 || (includesBound && compared == 0);
  }
}
