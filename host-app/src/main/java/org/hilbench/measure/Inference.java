package org.hilbench.measure;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the device answered to one input.
 *
 * @param input the input tensor that was given
 * @param output the model's output tensor
 * @param kept outputs of the operators that the job wanted to keep, by operator index
 */
public record Inference(Bytes input, Bytes output, Map<Integer, Bytes> kept) {
  public Inference {
    kept = Collections.unmodifiableMap(new TreeMap<>(kept));
  }
}
