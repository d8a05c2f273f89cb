package org.hilbench.operators;

import java.util.Optional;

/** Something that runs the runtime with a kernel set. */
interface Engine extends AutoCloseable {
  /**
   * What it does otherwise than TensorFlow Lite's reference; empty where all bytes are equal.
   *
   * @param linked the model as an image holds it
   */
  Optional<String> fault(Answers answers, byte[] linked) throws Exception;

  @Override
  void close();
}
