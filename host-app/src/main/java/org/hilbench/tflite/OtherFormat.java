package org.hilbench.tflite;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a file that is no {@code .tflite} is, told by its first bytes, and what to do about it. */
final class OtherFormat {
  private static final int LOOKED_AT = 4096;
  private static final int QUOTED = 40;

  private static final String CONVERT =
      "; convert it with TensorFlow's converter to a fully quantized int8 .tflite";
  private static final String UNPACK = "; unpack it, and name the .tflite inside";

  private static final Pattern C_ARRAY =
      Pattern.compile("(char|int8_t)\\s+\\w+\\s*\\[[^]]*]|0x[0-9a-fA-F]{2}\\s*,\\s*0x");

  /** Formats that begin with bytes of their own; more special ones come first. */
  private static final List<Signature> SIGNATURES =
      List.of(
          new Signature(0, "\u0089HDF\r\n", "an HDF5 file (.h5, Keras)" + CONVERT),
          new Signature(0, "\u001f\u008b", "compressed with gzip" + UNPACK),
          new Signature(0, "BZh", "compressed with bzip2" + UNPACK),
          new Signature(0, "\u00fd7zXZ", "compressed with xz" + UNPACK),
          new Signature(0, "(\u00b5/\u00fd", "compressed with zstd" + UNPACK),
          new Signature(0, "7z\u00bc\u00af", "a 7z archive" + UNPACK),
          new Signature(0, "Rar!", "a RAR archive" + UNPACK),
          new Signature(257, "ustar", "a tar archive" + UNPACK),
          new Signature(0, "\u0093NUMPY", "a NumPy array (.npy), not a model"),
          new Signature(0, "\u0080\u0002", "a Python pickle (.pt, .pth, .pkl)" + CONVERT),
          new Signature(0, "\u0080\u0004\u0095", "a Python pickle (.pt, .pth, .pkl)" + CONVERT),
          new Signature(4, "ET1", "an ExecuTorch program (.pte)" + CONVERT),
          new Signature(0, "GGUF", "a GGUF file; it holds a language model"),
          new Signature(0, "\u007fELF", "an ELF file, a program or a library"),
          new Signature(0, "!<arch>", "an archive of object files (.a)"),
          new Signature(0, "SQLite format 3", "an SQLite database"),
          new Signature(0, "\u0089PNG", "a PNG picture"),
          new Signature(0, "\u00ff\u00d8\u00ff", "a JPEG picture"),
          new Signature(0, "RIFF", "a RIFF file (.wav, .webp)"),
          new Signature(0, "%PDF", "a PDF document"),
          new Signature(0, "\u0008\u0001\u0012", "a TensorFlow SavedModel (.pb)" + CONVERT));

  private OtherFormat() {}

  /** In words; empty where the bytes tell nothing. */
  static Optional<String> of(byte[] file) {
    if (file.length == 0) {
      return Optional.of("empty");
    }
    int looked = Math.min(file.length, LOOKED_AT);
    String head = new String(file, 0, looked, StandardCharsets.ISO_8859_1);
    if (head.startsWith("PK\u0003\u0004") || head.startsWith("PK\u0005\u0006")) {
      return Optional.of(zip(head));
    }
    Optional<String> known =
        SIGNATURES.stream().filter(s -> s.in(head)).map(Signature::words).findFirst();
    if (known.isPresent()) {
      return known;
    }
    if (head.chars().allMatch(c -> c == 0)) {
      return Optional.of("nothing but zero bytes; fetch it again");
    }
    return isText(head) ? Optional.of(text(head)) : protobuf(head);
  }

  private static String zip(String head) {
    if (head.contains("data.pkl") || head.contains("constants.pkl")) {
      return "a PyTorch model (.pt)" + CONVERT;
    }
    if (head.contains("model.weights.h5") || head.contains("config.json")) {
      return "a Keras model (.keras)" + CONVERT;
    }
    return "a zip archive" + UNPACK;
  }

  private static String text(String head) {
    String start = head.stripLeading().toLowerCase(Locale.ROOT);
    if (start.startsWith("version https://git-lfs") || start.contains("oid sha256:")) {
      return "a Git LFS pointer, not the model itself; run 'git lfs pull' where it came from";
    }
    if (start.contains("<html") || start.contains("<!doctype html")) {
      return "an HTML page, not the model; fetch the file itself (a link of the kind 'raw')";
    }
    if (C_ARRAY.matcher(head).find()) {
      return "C source with a model as an array; name the .tflite that it was made from";
    }
    return "text that begins with '" + quoted(head.strip()) + "'";
  }

  private static String quoted(String text) {
    return text.lines()
        .findFirst()
        .map(line -> line.substring(0, Math.min(line.length(), QUOTED)).replaceAll("[^ -~]", "?"))
        .orElse("");
  }

  /** Printable ASCII and white space throughout, but for a byte order mark or UTF-8 in words. */
  private static boolean isText(String head) {
    long odd = head.chars().filter(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t').count();
    long high = head.chars().filter(c -> c > '~').count();
    return odd == 0 && high * 4 <= head.length();
  }

  /** Protocol buffers have no signature: the numbers of their first fields tell them. */
  private static Optional<String> protobuf(String head) {
    boolean version = head.length() > 3 && head.charAt(0) == 8 && head.charAt(1) < 32;
    if (version && (head.charAt(2) == 0x12 || head.charAt(2) == 0x1a || head.charAt(2) == 0x3a)) {
      return Optional.of("an ONNX model (.onnx)" + CONVERT);
    }
    boolean nodes = head.length() > 3 && head.charAt(0) == 0x0a && head.contains("Placeholder");
    return nodes ? Optional.of("a TensorFlow graph (.pb)" + CONVERT) : Optional.empty();
  }

  private record Signature(int at, String bytes, String words) {
    boolean in(String head) {
      return head.startsWith(bytes, at);
    }
  }
}
