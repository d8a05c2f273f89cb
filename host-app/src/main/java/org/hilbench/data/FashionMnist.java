package org.hilbench.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.hilbench.BenchException;
import org.hilbench.BenchException.Kind;
import org.hilbench.Sha256;
import org.hilbench.Stage;
import org.hilbench.graph.Shape;

/**
 * Fashion-MNIST (Xiao, Rasul, Vollgraf 2017): ten classes of 28x28 grey images, as the four IDX
 * files of its authors. 60,000 training images become 55,000 for training and 5,000 for validation.
 */
public final class FashionMnist implements DatasetProvider {
  static final String REMEDY =
      "install the Debian package (apt-get install dataset-fashion-mnist) or give the folder of the"
          + " four IDX files with --data DIR";

  private static final Path PACKAGE_DIRECTORY = Path.of("/usr/share/datasets/fashion-mnist");
  private static final int CLASSES = 10;

  /** For the registry, and for workers, which create providers by their class. */
  public FashionMnist() {}

  @Override
  public String name() {
    return "fashion-mnist";
  }

  /** Folder that the Debian package {@code dataset-fashion-mnist} fills; refuses when absent. */
  @Override
  public Path defaultDirectory() throws BenchException {
    if (!Files.isDirectory(PACKAGE_DIRECTORY)) {
      throw new BenchException(
          Stage.DATA,
          Kind.ENVIRONMENT,
          "Fashion-MNIST is not at " + PACKAGE_DIRECTORY + "; " + REMEDY);
    }
    return PACKAGE_DIRECTORY;
  }

  /**
   * Reads the four files, plain or with {@code .gz}.
   *
   * @throws BenchException (USAGE) naming the file that is missing, cut short, of another format or
   *     at odds with the others, with the expected and the actual value
   */
  @Override
  public Dataset load(Path directory, long splitSeed) throws BenchException {
    if (!Files.isDirectory(directory)) {
      throw BenchException.usage(
          Stage.DATA, "data folder " + directory + " does not exist; " + REMEDY);
    }
    LabelledImages train = readPair(directory, "train");
    LabelledImages test = readPair(directory, "t10k");
    if (!train.shape().equals(test.shape())) {
      throw BenchException.usage(
          Stage.DATA,
          directory + ": training images are " + train.shape() + ", test images " + test.shape());
    }
    SeededSplit parts = SeededSplit.of(train.examples(), splitSeed);
    return new Dataset(
        DataReference.of(this, directory, splitSeed, hash(train, test, splitSeed)),
        CLASSES,
        parts.train(),
        parts.validation(),
        test.examples());
  }

  /**
   * None. Mirrored images cost 0.2 and 0.7 points on the two networks tried, at the final budget.
   */
  @Override
  public Augmentation augmentation() {
    return new ImageAugmentation(false, 0);
  }

  private static LabelledImages readPair(Path directory, String prefix) throws BenchException {
    IdxFile images = IdxFile.read(directory, prefix + "-images-idx3-ubyte", 3);
    IdxFile labels = IdxFile.read(directory, prefix + "-labels-idx1-ubyte", 1);
    List<Integer> sizes = images.sizes();
    if (!sizes.get(0).equals(labels.sizes().get(0))) {
      throw labels.refused(
          "has " + labels.sizes().get(0) + " labels for " + sizes.get(0) + " images");
    }
    for (byte label : labels.data()) {
      if (label < 0 || label >= CLASSES) {
        throw labels.refused("has a label " + (label & 0xff) + "; they go from 0 to 9");
      }
    }
    return new LabelledImages(
        new Shape(sizes.get(1), sizes.get(2), 1), images.data(), labels.data());
  }

  /** All images of one pair of files. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, shared without copying
  private record LabelledImages(Shape shape, byte[] pixels, byte[] labels) {
    Examples examples() {
      int[] classes = IntStream.range(0, labels.length).map(i -> labels[i]).toArray();
      return new Examples(shape, Encoding.PIXELS, pixels, classes);
    }
  }

  private static String hash(LabelledImages train, LabelledImages test, long splitSeed) {
    MessageDigest digest = Sha256.digest();
    for (LabelledImages part : List.of(train, test)) {
      digest.update(part.shape().toString().getBytes(StandardCharsets.US_ASCII));
      digest.update(part.pixels());
      digest.update(part.labels());
    }
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(splitSeed).array());
    return HexFormat.of().formatHex(digest.digest());
  }
}
