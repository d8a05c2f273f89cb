package org.hilbench.graph;

import java.util.Map;
import java.util.TreeMap;

/**
 * Named float arrays of a network, by the label of their node: {@code stem.kernel} (OHWI; depthwise
 * 1HWC), {@code stem.bias}, and where batch norm follows {@code stem.gamma}, {@code stem.beta},
 * {@code stem.mean}, {@code stem.variance}. A node with batch norm has no bias until it is folded.
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

  public static String name(Node node, String role) {
    return node.label() + "." + role;
  }

  /** Names in a fixed (sorted) order. */
  public Iterable<String> names() {
    return java.util.Collections.unmodifiableSet(arrays.keySet());
  }

  public boolean has(Node node, String role) {
    return arrays.containsKey(name(node, role));
  }

  public float[] get(Node node, String role) {
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
