package org.hilbench.trial;

import java.util.Objects;

/**
 * A file's worth of bytes that a stage made: a .tflite, weights, raw samples. Key and name together
 * say which; equal ones hold equal bytes. The array is not copied; treat it as read-only.
 */
public final class Artifact {
  /** Trained weights and activation ranges, as {@link org.hilbench.graph.Safetensors}. */
  public static final String WEIGHTS = "weights.safetensors";

  /** Float accuracy, loss and budget of the training, as JSON. */
  public static final String TRAINING = "training.json";

  /** The same as {@link #WEIGHTS} after training on as integers, where weights have 4 bits. */
  public static final String TUNED_WEIGHTS = "tuned-weights.safetensors";

  /** Beside them, as {@link #TRAINING}; its accuracy is the rounded network's. */
  public static final String TUNING = "tuning.json";

  /** The quantized model as a TensorFlow Lite file. */
  public static final String MODEL = "model.tflite";

  /** The ways of quantizing that were tried, their validation accuracy, and the chosen, as JSON. */
  public static final String CALIBRATION = "calibration.json";

  /** What each layer loses in 4 bits, as JSON: {@link Sensitivity}. */
  public static final String SENSITIVITY = "sensitivity.json";

  /** What the board gave for the model, raw samples included, as JSON. */
  public static final String MEASUREMENT = "measurement.json";

  private final StageKey key;
  private final String name;
  private final byte[] bytes;

  public Artifact(StageKey key, String name, byte[] bytes) {
    this.key = Objects.requireNonNull(key);
    this.name = Objects.requireNonNull(name);
    this.bytes = Objects.requireNonNull(bytes);
  }

  public StageKey key() {
    return key;
  }

  /** Name of a file, without a folder. */
  public String name() {
    return name;
  }

  public byte[] bytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return key + "/" + name + " (" + bytes.length + " bytes)";
  }
}
