package org.hilbench.tflite;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.hilbench.BenchException;
import org.hilbench.testkit.SharedData;
import org.junit.jupiter.api.Test;

class OtherFormatTest {
  /** What the first bytes are, and what a user has to be told of it. */
  private static final Map<String, String> BEGINNINGS =
      Map.ofEntries(
          Map.entry("version https://git-lfs.github.com/spec/v1\noid sha256:0b\n", "git lfs pull"),
          Map.entry("\n<!DOCTYPE html>\n<html><body>Sign in</body></html>", "an HTML page"),
          Map.entry("<html lang=en>", "an HTML page"),
          Map.entry("404: Not Found", "text that begins with '404: Not Found'"),
          Map.entry("\u0089HDF\r\n\u001a\n\0\0\0\0\0\u0008\u0008\0\u0004", "an HDF5 file"),
          Map.entry("\u0008\u0007\u0012\u0007pytorch\u001a\u00052.1.0", "an ONNX model"),
          Map.entry("\u0008\u0001\u0012\u00f3\u0004", "a TensorFlow SavedModel"),
          Map.entry("\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9", "a Python pickle"),
          Map.entry("\u0093NUMPY\u0001\0v\0{'descr'", "a NumPy array"),
          Map.entry(
              "alignas(16) const unsigned char model[] = {\n  0x1c, 0x00, 0x00, 0x00, 0x54,",
              "C source"),
          Map.entry("#include \"model.h\"\n\nconst uint8_t g_model[2208] = {28, 0, 0", "C source"),
          Map.entry("0x1c, 0x00, 0x00, 0x00, 0x54, 0x46, 0x4c, 0x33", "C source"),
          Map.entry("\u007fELF\u0002\u0001\u0001", "an ELF file"),
          Map.entry("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "zero bytes"),
          Map.entry("\u001b]0;title\u0007 \u009b31m", "lacks the identifier TFL3"),
          Map.entry("caf\u00e9 \u009b31m red and more of that", "begins with 'caf? ?31m red"),
          Map.entry("", "is empty"));

  @Test
  void aFileThatIsSomethingElseSaysWhatItIs() {
    BEGINNINGS.forEach((bytes, words) -> told(bytes.getBytes(ISO_8859_1), words));
  }

  @Test
  void archivesSayWhatIsInside() throws Exception {
    told(zip("archive/data.pkl"), "a PyTorch model");
    told(zip("metadata.json", "config.json", "model.weights.h5"), "a Keras model");
    told(zip("model.tflite"), "a zip archive");
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(new byte[100]);
    }
    told(packed.toByteArray(), "compressed with gzip");
  }

  @Test
  void thePointerOfTheOddModelsIsOne() throws Exception {
    told(Files.readAllBytes(SharedData.data("odd_models/lfs_pointer.tflite")), "git lfs pull");
  }

  private static byte[] zip(String... names) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(new byte[64]);
      }
    }
    return bytes.toByteArray();
  }

  private static void told(byte[] file, String words) {
    BenchException refusal = assertThrows(BenchException.class, () -> TfliteModel.parse(file));
    assertEquals(BenchException.Kind.USAGE, refusal.kind());
    String said = refusal.getMessage();
    assertTrue(said.contains("not a .tflite") && said.contains(words), said + ": not " + words);
    assertTrue(said.chars().allMatch(c -> c >= ' ' && c <= '~'), said);
    assertTrue(!said.contains("damaged"), said);
  }
}
