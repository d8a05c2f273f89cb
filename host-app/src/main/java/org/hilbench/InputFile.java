package org.hilbench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file that a user named, read whole: only where it is a regular file, and never more of it than
 * its kind can have, so that neither a pipe nor a device nor a disk image holds the program.
 *
 * @param what its kind, for messages: {@code a model}
 * @param mostBytes more than any file of this kind has
 */
public record InputFile(Path path, String what, long mostBytes) {
  private static final long MIB = 1 << 20;

  /** Far more than any microcontroller's flash. */
  public static InputFile model(Path path) {
    return new InputFile(path, "a model", 64 * MIB);
  }

  /** The raw bytes of one input tensor. */
  public static InputFile tensor(Path path) {
    return new InputFile(path, "an input tensor", 64 * MIB);
  }

  /** YAML, or another text that people write. */
  public static InputFile settings(Path path) {
    return new InputFile(path, "a text of settings", MIB);
  }

  /** Object code to link; with debug information a runtime has about 100 MiB. */
  public static InputFile library(Path path) {
    return new InputFile(path, "a library", 512 * MIB);
  }

  /**
   * The whole file.
   *
   * @throws BenchException (USAGE) if there is none, it is no regular file, too large or unreadable
   */
  public byte[] bytes() throws BenchException {
    requireRegular();
    try (InputStream in = Files.newInputStream(path)) {
      requireSize(Files.size(path));
      byte[] bytes = in.readNBytes((int) mostBytes + 1); // of /proc the size is not known before
      requireSize(bytes.length);
      return bytes;
    } catch (IOException e) {
      throw refused("cannot be read: " + e.getMessage(), e);
    }
  }

  /** The whole file as UTF-8 text; throws as {@link #bytes} does. */
  public String text() throws BenchException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes())).toString();
    } catch (CharacterCodingException e) {
      throw refused("is not " + what + ": it is not UTF-8", e);
    }
  }

  private void requireRegular() throws BenchException {
    if (!Files.exists(path)) {
      throw BenchException.usage(Stage.RUN, path + ": there is no such file");
    }
    if (Files.isDirectory(path)) {
      throw refused("is a folder, not " + what, null);
    }
    if (!Files.isRegularFile(path)) {
      throw refused("is a pipe or a device; copy what it gives into a file first", null);
    }
  }

  private void requireSize(long size) throws BenchException {
    if (size > mostBytes) {
      throw refused(
          String.format(
              Locale.ROOT, "is larger than %s can be (%,d bytes at most)", what, mostBytes),
          null);
    }
  }

  private BenchException refused(String why, @Nullable Throwable cause) {
    return BenchException.usage(Stage.RUN, path + " " + why, cause);
  }
}
