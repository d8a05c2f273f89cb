package org.hilbench.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Arrays;
import org.hilbench.Sha256;
import org.hilbench.data.Augmentation;
import org.hilbench.data.Dataset;
import org.hilbench.data.FashionMnist;
import org.hilbench.data.ImageAugmentation;
import org.hilbench.data.Split;
import org.hilbench.data.SyntheticImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a seed trains on does not change: stored weights are found by it, and searches resumed. */
class SampleStreamTest {
  private static final int COUNT = 3000;

  @TempDir Path folder;

  @Test
  void aSeedGivesTheImagesItAlwaysGave() throws Exception {
    Dataset images = new FashionMnist().load(SyntheticImages.write(folder, 1200, 120));
    SampleStream stream =
        new SampleStream(
            images.split(Split.TRAIN), new ImageAugmentation(true, 2), NamedSeeds.generator(5));
    float[] inputs = new float[COUNT * 28 * 28];
    long[] labels = new long[COUNT];
    stream.fill(inputs, labels);
    byte[] pixels = new byte[inputs.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) Math.round(inputs[i] * 255);
    }
    assertEquals(
        "1188a7d607b8903c1382fb2632994cb9bcc12807490b4c47708f2873d9c567aa", Sha256.hex(pixels));
    assertEquals(1897065163, Arrays.hashCode(labels));
  }

  @Test
  void theKeyOfATrainingIsWhatItAlwaysWas() {
    Augmentation augmentation = new FashionMnist().augmentation();
    assertEquals(
        "adamw1 samples=32768 batch=32 lr=0.02 warmup=0.1 decay=0.01 smoothing=0.0"
            + " flip=false shift=0",
        TrainingRecipe.search().canonical(augmentation));
    assertEquals(
        "adamw1 samples=8192 batch=32 lr=0.002 warmup=0.1 decay=0.01 smoothing=0.0"
            + " flip=false shift=0 qat2",
        TrainingRecipe.search().tuning().canonical(augmentation));
  }
}
