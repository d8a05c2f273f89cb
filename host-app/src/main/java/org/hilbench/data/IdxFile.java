package org.hilbench.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.hilbench.BenchException;
import org.hilbench.Stage;

/**
 * A file of unsigned bytes in the IDX format (LeCun's MNIST page): two zero bytes, type 8, number
 * of dimensions, the big-endian sizes, then the data. Plain, or compressed with gzip as {@code
 * NAME.gz}.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, shared without copying
record IdxFile(Path path, List<Integer> sizes, byte[] data) {
  private static final int UNSIGNED_BYTE = 0x0800;

  /** Reads {@code name} or {@code name.gz}; refuses any other magic, fewer or more bytes. */
  static IdxFile read(Path directory, String name, int dimensions) throws BenchException {
    Path path = find(directory, name);
    try (InputStream in = open(path)) {
      return read(path, in, dimensions);
    } catch (EOFException | ZipException e) {
      throw refused(path, "is cut short or damaged (" + e.getMessage() + ")");
    } catch (IOException e) {
      throw refused(path, "cannot be read (" + e.getMessage() + ")");
    }
  }

  private static Path find(Path directory, String name) throws BenchException {
    Path plain = directory.resolve(name);
    Path compressed = directory.resolve(name + ".gz");
    if (!Files.isRegularFile(plain) && !Files.isRegularFile(compressed)) {
      throw refused(plain, "is missing, and so is " + compressed.getFileName());
    }
    return Files.isRegularFile(plain) ? plain : compressed;
  }

  private static InputStream open(Path path) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
    return path.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
  }

  private static IdxFile read(Path path, InputStream in, int dimensions)
      throws IOException, BenchException {
    int headerBytes = 4 + 4 * dimensions;
    ByteBuffer header = ByteBuffer.wrap(in.readNBytes(headerBytes));
    if (header.limit() < headerBytes) {
      throw wrongSize(path, headerBytes, header.limit());
    }
    int magic = header.getInt();
    if (magic != (UNSIGNED_BYTE | dimensions)) {
      throw refused(
          path,
          String.format(
              Locale.ROOT,
              "starts with magic 0x%08x, not 0x%08x",
              magic,
              UNSIGNED_BYTE | dimensions));
    }
    List<Integer> sizes = new ArrayList<>();
    long bytes = 1;
    for (int i = 0; i < dimensions; i++) {
      sizes.add(header.getInt());
      bytes = Math.max(-1, bytes) * sizes.get(i);
      if (sizes.get(i) < 1 || bytes > Integer.MAX_VALUE - 64) {
        throw refused(path, "states impossible sizes " + sizes);
      }
    }
    byte[] data = in.readNBytes((int) bytes);
    long surplus = in.read() < 0 ? 0 : 1 + in.skip(Long.MAX_VALUE);
    if (data.length < bytes || surplus > 0) {
      throw wrongSize(path, headerBytes + bytes, headerBytes + data.length + surplus);
    }
    return new IdxFile(path, List.copyOf(sizes), data);
  }

  private static BenchException wrongSize(Path path, long expected, long actual) {
    return refused(path, "holds " + actual + " bytes uncompressed, not " + expected);
  }

  BenchException refused(String why) {
    return refused(path, why);
  }

  private static BenchException refused(Path path, String why) {
    return BenchException.usage(Stage.DATA, path + " " + why + "; " + FashionMnist.REMEDY);
  }
}
