package org.hilbench.firmware;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.board.Core;

/**
 * A TensorFlow Lite Micro that the user built, in place of the crate: its headers and one archive,
 * with TF_LITE_STATIC_MEMORY, for the core and float ABI of the board. Its API has TFLMRegistration
 * (from 2022 on).
 *
 * @param include folders of headers: TFLM's root, flatbuffers, gemmlowp, ruy
 * @param archive the library; {@code {core}} in its path stands for the core, such as {@code
 *     cortex-m4f}, where there is one for each
 * @param version the user's own words for it, told by the device and kept in records
 */
public record UserTflm(List<Path> include, String archive, String version) {
  private static final String CORE = "{core}";
  private static final String INTERPRETER = "tensorflow/lite/micro/micro_interpreter.h";
  private static final String REGISTRATION = "tensorflow/lite/micro/micro_common.h";
  private static final String FLATBUFFERS = "flatbuffers/flatbuffers.h";

  public UserTflm {
    include = List.copyOf(include);
    if (include.isEmpty()) {
      throw new IllegalArgumentException(
          "include names no folder; give TFLM's root and those of flatbuffers, gemmlowp and ruy");
    }
    if (archive.isBlank()) {
      throw new IllegalArgumentException("archive names no library, such as libtflite-micro.a");
    }
    if (!version.matches("[ !#-\\[\\]-~]{1,64}") || version.isBlank()) {
      throw new IllegalArgumentException(
          "version is '"
              + version
              + "', wanted: 1 to 64 plain ASCII characters, such as \"2026-08-20 90b983c2\"");
    }
  }

  /**
   * Checks what can be checked without a board.
   *
   * @throws BenchException (USAGE) naming what is not there and what to do
   */
  public UserTflm require() throws BenchException {
    for (Path folder : include) {
      if (!Files.isDirectory(folder)) {
        throw refused("include: there is no folder " + folder);
      }
    }
    requireHeader(INTERPRETER, "name the folder that holds tensorflow/ (TFLM's root)");
    requireHeader(
        REGISTRATION,
        "this TensorFlow Lite Micro is older than 2022; build a newer one, or leave tflm out, which"
            + " uses the crate of 2020");
    requireHeader(FLATBUFFERS, "name flatbuffers' folder include, of the version TFLM wants");
    if (!archive.contains(CORE)) {
      requireArchive(Path.of(archive));
    }
    return this;
  }

  /** The library for a core; it exists. */
  Path archiveFor(Core core) throws BenchException {
    return requireArchive(Path.of(archive.replace(CORE, CoreName.of(core))));
  }

  private void requireHeader(String header, String whatToDo) throws BenchException {
    if (include.stream().noneMatch(folder -> Files.exists(folder.resolve(header)))) {
      throw refused("include: none of " + include + " holds " + header + "; " + whatToDo);
    }
  }

  private static Path requireArchive(Path path) throws BenchException {
    if (!Files.isRegularFile(path)) {
      throw refused(
          "archive: there is no file "
              + path
              + "; build TensorFlow Lite Micro for the board's core and name its archive (*.a)");
    }
    return path;
  }

  private static BenchException refused(String message) {
    return BenchException.usage(Stage.BUILD, "tflm: " + message);
  }
}
