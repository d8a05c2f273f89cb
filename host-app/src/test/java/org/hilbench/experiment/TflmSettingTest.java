package org.hilbench.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.firmware.UserTflm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TflmSettingTest {
  private static final SettingsReader READER = SettingsReader.standard();

  @TempDir Path folder;

  @Test
  void pathsStartFromTheFileThatNamesThem() throws Exception {
    Path file = folder.resolve("tflm.yaml");
    Files.writeString(
        file,
        "include: [root, flatbuffers/include]\narchive: '{core}/lib.a'\nversion: of a test\n");
    UserTflm expected =
        new UserTflm(
            List.of(folder.resolve("root"), folder.resolve("flatbuffers/include")),
            folder + "/{core}/lib.a",
            "of a test");
    String text = TflmSetting.textOf(file.toString(), Path.of("elsewhere"));
    assertEquals(Optional.of(expected), TflmSetting.parse(text));
    assertEquals(text, TflmSetting.textOf(text, Path.of("elsewhere")), "the text is a value too");
  }

  @Test
  void anExperimentFileHoldsTheKeysOrNamesTheirFile() throws Exception {
    Path experiment = folder.resolve("experiment.yaml");
    Files.writeString(
        experiment, "kernels: external\ntflm: {include: a, archive: lib.a, version: '1'}\n");
    SearchSettings settings = READER.of("test", READER.read(experiment));
    UserTflm tflm = TflmSetting.parse(settings.tflm()).orElseThrow();
    assertEquals(List.of(folder.resolve("a")), tflm.include());
    assertEquals(folder.resolve("lib.a").toString(), tflm.archive());
    assertEquals(settings, READER.parse(settings.flags()));
    assertTrue(settings.commandLine().contains("--tflm '{\"include\""), settings.commandLine());

    Files.writeString(folder.resolve("t.yaml"), "{include: a, archive: lib.a, version: '1'}");
    Files.writeString(experiment, "kernels: external\ntflm: t.yaml\n");
    assertEquals(settings, READER.of("test", READER.read(experiment)));
  }

  @Test
  void whatIsWrongIsNamed() throws IOException {
    refused("key 'archives' is unknown; known: include, archive, version", Map.of("archives", "x"));
    refused("include names no folder", Map.of("archive", "a", "version", "1"));
    refused("version is ''", Map.of("include", "a", "archive", "a"));
    refused("there is no such file", "absent.yaml");
    refused("wanted: {include:", "{include: [");
  }

  private void refused(String words, Object given) {
    BenchException e = assertThrows(BenchException.class, () -> TflmSetting.textOf(given, folder));
    assertEquals(BenchException.Kind.USAGE, e.kind());
    assertTrue(String.valueOf(e.getMessage()).contains(words), e.getMessage());
  }
}
