package org.hilbench.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.hilbench.BenchException;
import org.hilbench.graph.Shape;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

final class FashionMnistTest extends DatasetProviderContract {
  @Override
  DatasetProvider provider() {
    return new FashionMnist();
  }

  @Override
  void write(Path directory) {
    SyntheticImages.write(directory, 240, 60);
  }

  @Test
  void theFilesOfItsAuthorsAreWhatEverySearchWasMadeOn() throws Exception {
    Dataset dataset = installed();
    assertEquals(55_000, dataset.split(Split.TRAIN).size());
    assertEquals(5_000, dataset.split(Split.VALIDATION).size());
    assertEquals(10_000, dataset.split(Split.TEST).size());
    assertEquals(
        "1cdedb0f799dc2fca4ad9ea91abe56fb29a48ace0a01160ba8cf8d332abed3ed", dataset.contentHash());
    assertEquals(dataset.reference(), dataset.reference().open().reference());
  }

  private static Dataset installed() throws BenchException {
    try {
      return Datasets.standard().load("fashion-mnist", "");
    } catch (BenchException absent) {
      Assumptions.abort(absent.getMessage());
      throw absent;
    }
  }

  @Test
  void theSplitTakesATwelfthOfTheTrainingImagesAndTheTestFileStaysWhole() throws Exception {
    SyntheticImages.write(folder, 600, 70);
    Dataset dataset = new FashionMnist().load(folder);
    assertEquals(550, dataset.split(Split.TRAIN).size());
    assertEquals(50, dataset.split(Split.VALIDATION).size());
    assertEquals(70, dataset.split(Split.TEST).size());
    assertEquals(new Shape(28, 28, 1), dataset.shape());
  }

  @Test
  void noTrainingImageIsInTheValidationPart() throws Exception {
    SyntheticImages.write(folder, 600, 70);
    Dataset dataset = new FashionMnist().load(folder);
    Set<Integer> train = hashes(dataset.split(Split.TRAIN));
    Set<Integer> validation = hashes(dataset.split(Split.VALIDATION));
    assertEquals(550, train.size(), "noise makes every image unique");
    validation.retainAll(train);
    assertTrue(validation.isEmpty());
  }

  private static Set<Integer> hashes(Examples images) {
    Set<Integer> hashes = new HashSet<>();
    float[] pixels = new float[(int) images.shape().elements()];
    for (int i = 0; i < images.size(); i++) {
      images.copyTo(i, pixels, 0);
      hashes.add(Arrays.hashCode(pixels));
    }
    return hashes;
  }

  @Test
  void theSameSeedSplitsAlikeAndAnotherSeedOtherwise() throws Exception {
    SyntheticImages.write(folder, 600, 70);
    Dataset one = new FashionMnist().load(folder, 1);
    Dataset same = new FashionMnist().load(folder, 1);
    Dataset other = new FashionMnist().load(folder, 2);
    assertEquals(one.contentHash(), same.contentHash());
    assertNotEquals(one.contentHash(), other.contentHash());
    assertEquals(labels(one), labels(same));
    assertNotEquals(labels(one), labels(other));
  }

  private static String labels(Dataset dataset) {
    Examples images = dataset.split(Split.VALIDATION);
    StringBuilder labels = new StringBuilder();
    for (int i = 0; i < images.size(); i++) {
      labels.append(images.label(i));
    }
    return labels.toString();
  }

  @Test
  void pixelsAreScaledToZeroToOne() throws Exception {
    SyntheticImages.write(folder, 600, 70);
    Examples images = new FashionMnist().load(folder).split(Split.TRAIN);
    float[] scaled = new float[784];
    float greatest = 0;
    for (int image = 0; image < images.size(); image++) {
      images.copyTo(image, scaled, 0);
      for (float value : scaled) {
        assertEquals(Math.round(value * 255) / 255f, value, 1e-7f);
        greatest = Math.max(greatest, value);
      }
    }
    assertEquals(235 / 255f, greatest, 1e-7f, "noise below 86, and stripes of 150 on it");
  }

  @Test
  void aMissingFileIsNamed() throws Exception {
    SyntheticImages.write(folder, 600, 70);
    Files.delete(folder.resolve("t10k-labels-idx1-ubyte"));
    refused("t10k-labels-idx1-ubyte is missing", "apt-get install dataset-fashion-mnist");
  }

  @Test
  void aPlainFileCutShortIsNamedWithBothSizes() throws Exception {
    SyntheticImages.write(folder, 600, 70);
    cut("t10k-images-idx3-ubyte", 1000);
    refused("t10k-images-idx3-ubyte holds 1000 bytes", "not " + (16 + 70 * 784));
  }

  @Test
  void aFileCutWithinItsHeaderIsRefused() throws Exception {
    SyntheticImages.write(folder, 600, 70);
    cut("t10k-labels-idx1-ubyte", 5);
    refused("t10k-labels-idx1-ubyte holds 5 bytes", "not 8");
  }

  @Test
  void aCompressedFileCutShortIsNamed() throws Exception {
    SyntheticImages.write(folder, 600, 70);
    cut("train-images-idx3-ubyte.gz", 5000);
    refused("train-images-idx3-ubyte.gz", "cut short");
  }

  @Test
  void bytesBehindTheEndAreRefused() throws Exception {
    SyntheticImages.write(folder, 600, 70);
    Path file = folder.resolve("t10k-labels-idx1-ubyte");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 81));
    refused("t10k-labels-idx1-ubyte holds 81 bytes", "not 78");
  }

  @Test
  void aFileOfAnotherKindIsRefusedByItsMagic() throws Exception {
    SyntheticImages.write(folder, 600, 70);
    Files.copy(
        folder.resolve("t10k-labels-idx1-ubyte"),
        folder.resolve("t10k-images-idx3-ubyte"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    refused("t10k-images-idx3-ubyte", "magic 0x00000801, not 0x00000803");
  }

  @Test
  void sizesThatCannotBeAreRefused() throws Exception {
    SyntheticImages.write(folder, 600, 70);
    SyntheticImages.write(
        folder.resolve("t10k-images-idx3-ubyte"), new byte[10], 0x7fffffff, 0x7fffffff, 28);
    refused("t10k-images-idx3-ubyte", "impossible sizes");
  }

  @Test
  void fewerLabelsThanImagesAreRefused() throws Exception {
    SyntheticImages.write(folder, 600, 70);
    SyntheticImages.write(folder.resolve("t10k-labels-idx1-ubyte"), new byte[69], 69);
    refused("t10k-labels-idx1-ubyte has 69 labels for 70 images");
  }

  @Test
  void aLabelAboveNineIsRefused() throws Exception {
    SyntheticImages.write(folder, 600, 70);
    byte[] labels = new byte[70];
    labels[3] = 10;
    SyntheticImages.write(folder.resolve("t10k-labels-idx1-ubyte"), labels, 70);
    refused("t10k-labels-idx1-ubyte has a label 10");
  }

  @Test
  void aFolderThatDoesNotExistIsNamed() {
    BenchException refusal =
        assertThrows(
            BenchException.class, () -> new FashionMnist().load(folder.resolve("nowhere")));
    assertTrue(refusal.getMessage().contains("nowhere does not exist"), refusal.getMessage());
  }

  @Test
  void aReferenceRefusesFilesThatChanged() throws Exception {
    SyntheticImages.write(folder, 600, 70);
    DataReference reference = new FashionMnist().load(folder).reference();
    assertEquals(550, reference.open().split(Split.TRAIN).size());
    SyntheticImages.write(folder, 601, 70);
    BenchException refusal = assertThrows(BenchException.class, reference::open);
    assertTrue(refusal.getMessage().contains("changed since"), refusal.getMessage());
  }

  private void cut(String name, int bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), bytes));
  }

  private void refused(String... words) {
    BenchException refusal =
        assertThrows(BenchException.class, () -> new FashionMnist().load(folder));
    assertEquals(BenchException.Kind.USAGE, refusal.kind());
    for (String word : words) {
      assertTrue(refusal.getMessage().contains(word), refusal.getMessage());
    }
  }
}
