package org.hilbench.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.hilbench.BenchException;
import org.hilbench.BenchException.Kind;
import org.hilbench.Sha256;
import org.hilbench.Stage;
import org.hilbench.graph.Shape;

/**
 * A made-up motion sensor: 32 steps of six axes, in thousandths as int16, in four movements. One
 * file a part; each window is its label, one byte, and then its values.
 */
public final class SensorWindows implements DatasetProvider {
  private static final Shape WINDOW = new Shape(32, 6, 1);
  private static final Encoding THOUSANDTHS = new Encoding.Int16(1e-3f);
  private static final int BYTES = Math.toIntExact(WINDOW.elements()) * Short.BYTES;
  private static final int CLASSES = 4;

  /** For the registry, and for workers, which create providers by their class. */
  public SensorWindows() {}

  @Override
  public String name() {
    return "sensor-windows";
  }

  @Override
  public Path defaultDirectory() throws BenchException {
    throw refused(Kind.ENVIRONMENT, "no package holds sensor windows; give their folder");
  }

  @Override
  public Dataset load(Path directory, long splitSeed) throws BenchException {
    byte[] train = read(directory.resolve("train.windows"));
    byte[] test = read(directory.resolve("test.windows"));
    SeededSplit parts = SeededSplit.of(examples(train), splitSeed);
    String text = Sha256.hex(train) + Sha256.hex(test) + splitSeed;
    String hash = Sha256.hex(text.getBytes(StandardCharsets.US_ASCII));
    return new Dataset(
        DataReference.of(this, directory, splitSeed, hash),
        CLASSES,
        parts.train(),
        parts.validation(),
        examples(test));
  }

  private static byte[] read(Path file) throws BenchException {
    try {
      byte[] all = Files.readAllBytes(file);
      if (all.length % (1 + BYTES) != 0) {
        throw refused(Kind.USAGE, file + " ends within a window");
      }
      return all;
    } catch (IOException e) {
      throw refused(Kind.USAGE, file + " cannot be read (" + e.getMessage() + ")");
    }
  }

  private static BenchException refused(Kind kind, String why) {
    return new BenchException(Stage.DATA, kind, why);
  }

  private static Examples examples(byte[] file) {
    int count = file.length / (1 + BYTES);
    byte[] values = new byte[count * BYTES];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = file[i * (1 + BYTES)];
      System.arraycopy(file, i * (1 + BYTES) + 1, values, i * BYTES, BYTES);
    }
    return new Examples(WINDOW, THOUSANDTHS, values, labels);
  }

  /** Writes so many windows and returns the folder. */
  public static Path write(Path folder, int train, int test) {
    try {
      Files.write(folder.resolve("train.windows"), drawn(train, 1));
      Files.write(folder.resolve("test.windows"), drawn(test, 2));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Slow or fast, the axes in step or one after the other; a third of them feels gravity. */
  private static byte[] drawn(int count, long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    ByteBuffer file = ByteBuffer.allocate(count * (1 + BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      int label = random.nextInt(CLASSES);
      file.put((byte) label);
      double begin = random.nextDouble(2 * Math.PI);
      for (int step = 0; step < WINDOW.height(); step++) {
        for (int axis = 0; axis < WINDOW.width(); axis++) {
          double phase = begin + step * 2 * Math.PI / (label < 2 ? 16 : 5) + axis * (label % 2);
          double gravity = axis % 3 == 2 ? -1 : 0;
          file.putShort((short) (200 * (gravity + Math.sin(phase) + random.nextGaussian(0, 0.2))));
        }
      }
    }
    return file.array();
  }
}
