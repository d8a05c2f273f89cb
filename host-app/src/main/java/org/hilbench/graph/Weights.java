package org.hilbench.graph;

import java.util.Map;
import java.util.TreeMap;

/**
 * Named float arrays of a network, by node: {@code n3.kernel} (OHWI; depthwise 1HWC), {@code
 * n3.bias}, and where batch norm follows {@code n3.gamma}, {@code n3.beta}, {@code n3.mean}, {@code
 * n3.variance}. A node with batch norm has no bias until it is folded.
 *
 * <p>Arrays are not copied; treat them as read-only.
 */
public final class Weights {
  /** Epsilon of every batch norm. */
  public static final float BATCH_NORM_EPSILON = 1e-3f;

  private final Map<String, float[]> arrays;

  public Weights(Map<String, float[]> arrays) {
    this.arrays = new TreeMap<>(arrays);
  }

  public static String name(int node, String role) {
    return "n" + node + "." + role;
  }

  /** Names in a fixed (sorted) order. */
  public Iterable<String> names() {
    return java.util.Collections.unmodifiableSet(arrays.keySet());
  }

  public boolean has(int node, String role) {
    return arrays.containsKey(name(node, role));
  }

  public float[] get(int node, String role) {
    return get(name(node, role));
  }

  public float[] get(String name) {
    float[] array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException("no weights named " + name + "; there are " + names());
    }
    return array;
  }
}
