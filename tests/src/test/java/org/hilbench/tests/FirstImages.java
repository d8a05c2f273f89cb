package org.hilbench.tests;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** The first images of Fashion-MNIST, so that a search is quick to train, calibrate and read. */
final class FirstImages {
  private static final Path ALL = Path.of("/usr/share/datasets/fashion-mnist");

  private FirstImages() {}

  /** Writes the four files of the data set into the folder; aborts where the data set is absent. */
  static Path write(Path folder, int train, int test) throws IOException {
    Assumptions.assumeTrue(Files.exists(ALL), "absent: the package dataset-fashion-mnist");
    Files.createDirectories(folder);
    write(folder, "train-images-idx3-ubyte", train, 28 * 28);
    write(folder, "train-labels-idx1-ubyte", train, 1);
    write(folder, "t10k-images-idx3-ubyte", test, 28 * 28);
    write(folder, "t10k-labels-idx1-ubyte", test, 1);
    return folder;
  }

  /** An IDX file begins with its magic number, whose last byte is the number of its sizes. */
  private static void write(Path folder, String name, int count, int bytesEach) throws IOException {
    try (InputStream all = new GZIPInputStream(Files.newInputStream(ALL.resolve(name + ".gz")))) {
      int header = bytesEach == 1 ? 8 : 16;
      byte[] file = all.readNBytes(header + count * bytesEach);
      ByteBuffer.wrap(file).putInt(4, count);
      Files.write(folder.resolve(name), file);
    }
  }
}
