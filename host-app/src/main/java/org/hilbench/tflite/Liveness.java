package org.hilbench.tflite;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which tensors of a model a planner of memory finds no use for.
 *
 * @param unread written by an operator, and read by none
 * @param unnamed neither written nor read, nor constants
 */
record Liveness(List<Integer> unread, List<Integer> unnamed) {
  Liveness {
    unread = List.copyOf(unread);
    unnamed = List.copyOf(unnamed);
  }

  static Liveness of(TfliteModel model) {
    Set<Integer> read = new HashSet<>(Set.of(model.output()));
    model.operators().forEach(operator -> read.addAll(operator.inputs()));
    Set<Integer> written = new HashSet<>(Set.of(model.input()));
    model.operators().forEach(operator -> written.addAll(operator.outputs()));
    return new Liveness(
        activations(model).filter(i -> written.contains(i) && !read.contains(i)).toList(),
        activations(model).filter(i -> !written.contains(i) && !read.contains(i)).toList());
  }

  private static Stream<Integer> activations(TfliteModel model) {
    return model.tensors().stream().filter(tensor -> !tensor.constant()).map(TfliteTensor::index);
  }

  boolean allRead() {
    return unread.isEmpty() && unnamed.isEmpty();
  }
}
