package org.hilbench.trial;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.hilbench.Sha256;
import org.hilbench.Stage;
import org.hilbench.firmware.ContentReference;
import org.hilbench.measure.Bytes;
import org.hilbench.measure.Conditions;
import org.hilbench.measure.Ingredients;
import org.hilbench.measure.MeasurementJob;

/**
 * What the result of a stage depends on, so that a later search reuses it. Two keys are equal
 * exactly when everything they were made of is.
 *
 * @param stage TRAIN, QUANTIZE or RUN
 * @param parts what the key was made of, in words: {@code architecture=..., recipe=...}
 * @param hash SHA-256 over stage and parts, hexadecimal
 */
public record StageKey(Stage stage, String parts, String hash) {
  public StageKey {
    Objects.requireNonNull(stage);
    String expected = sha256(stage + "\n" + parts);
    if (!expected.equals(hash)) {
      throw new IllegalArgumentException(
          "key of " + stage + " (" + parts + ") has the hash " + hash + ", not " + expected);
    }
  }

  /** Trained weights: the same network, recipe, data and seed give the same bytes. */
  public static StageKey train(String architectureHash, String recipe, String dataHash, long seed) {
    return of(
        Stage.TRAIN,
        "architecture",
        architectureHash,
        "recipe",
        recipe,
        "data",
        dataHash,
        "seed",
        Long.toString(seed));
  }

  /** The .tflite of trained weights under a quantization policy. */
  public static StageKey quantize(StageKey train, String policy) {
    train.require(Stage.TRAIN);
    return of(Stage.QUANTIZE, "trained", train.hash, "policy", policy);
  }

  /**
   * The numbers of a model on a board. Where it is to run is not in it, for {@code under} says what
   * does.
   */
  public static StageKey measure(MeasurementJob job, Conditions under) {
    Ingredients ingredients = job.ingredients();
    return of(
        Stage.RUN,
        "model",
        job.modelSha256(),
        "board",
        words(ingredients.board()),
        "kernels",
        words(ingredients.kernels()),
        "runtime",
        words(ingredients.runtime()),
        "operatingPoint",
        under.operatingPoint(),
        "asked",
        job.operatingPoint().orElse(""),
        "inputs",
        sha256(job.inputs().stream().map(Bytes::sha256).collect(Collectors.joining(" "))),
        "keepOps",
        job.keepOps().toString(),
        "runs",
        job.warmups() + "+" + job.runs() + (job.perOp() ? " by op" : ""),
        "loading",
        job.loading().name().toLowerCase(Locale.ROOT) + (job.elseLinked() ? " or linked" : ""),
        "machine",
        under.machine() + (under.silicon() ? " (a board)" : ""),
        "links",
        under.links(),
        "firmware",
        under.firmware(),
        "toolchain",
        under.toolchain());
  }

  private static String words(ContentReference reference) {
    return reference.name() + " " + reference.sha256();
  }

  private static StageKey of(Stage stage, String... namesAndValues) {
    StringBuilder parts = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parts.append(i == 0 ? "" : ", ").append(namesAndValues[i]).append('=');
      parts.append(escaped(namesAndValues[i + 1]));
    }
    return new StageKey(stage, parts.toString(), sha256(stage + "\n" + parts));
  }

  /** Commas and backslashes are escaped, so that no two lists of values read the same. */
  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace(",", "\\,");
  }

  private void require(Stage wanted) {
    if (stage != wanted) {
      throw new IllegalArgumentException("a key of " + wanted + " is wanted, not of " + stage);
    }
  }

  private static String sha256(String text) {
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return stage.name().toLowerCase(Locale.ROOT) + ":" + hash.substring(0, 12);
  }
}
