package org.hilbench.data;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.zip.GZIPOutputStream;

/** Small IDX files in a folder: ten easy classes, each a texture of stripes. */
public final class SyntheticImages {
  private static final int SIDE = 28;

  private SyntheticImages() {}

  /** Writes the four files, the training ones compressed, and returns the folder. */
  public static Path write(Path folder, int train, int test) {
    writePair(folder, "train", ".gz", train, 1);
    writePair(folder, "t10k", "", test, 2);
    return folder;
  }

  private static void writePair(Path folder, String prefix, String suffix, int count, long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    byte[] labels = new byte[count];
    byte[] pixels = new byte[count * SIDE * SIDE];
    random.nextBytes(pixels);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) ((pixels[i] & 0xff) / 3);
    }
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) random.nextInt(10);
      stripes(pixels, i * SIDE * SIDE, labels[i]);
    }
    write(folder.resolve(prefix + "-images-idx3-ubyte" + suffix), pixels, count, SIDE, SIDE);
    write(folder.resolve(prefix + "-labels-idx1-ubyte" + suffix), labels, count);
  }

  /** Five directions at two widths. */
  private static void stripes(byte[] pixels, int offset, int label) {
    int right = new int[] {1, 0, 1, 1, 2}[label % 5];
    int down = new int[] {0, 1, 1, -1, 1}[label % 5];
    int period = label < 5 ? 4 : 8;
    for (int i = 0; i < SIDE * SIDE; i++) {
      int phase = Math.floorMod(i % SIDE * right + i / SIDE * down, period);
      pixels[offset + i] += (byte) (phase < period / 2 ? 150 : 0);
    }
  }

  /** Writes one IDX file of unsigned bytes, compressed if its name ends in .gz. */
  static void write(Path file, byte[] data, int... sizes) {
    ByteBuffer header = ByteBuffer.allocate(4 + 4 * sizes.length).putInt(0x0800 | sizes.length);
    for (int size : sizes) {
      header.putInt(size);
    }
    try (OutputStream raw = Files.newOutputStream(file);
        OutputStream out = file.toString().endsWith(".gz") ? new GZIPOutputStream(raw) : raw) {
      out.write(header.array());
      out.write(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
