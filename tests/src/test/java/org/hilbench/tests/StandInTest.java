package org.hilbench.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hilbench measure --board} for a board that is not attached. */
@Tag("sim")
class StandInTest {
  @TempDir Path folder;

  @Test
  void aBoardThatIsNotAttachedIsSizedByItsOwnImageAndRunOnItsStandIn() throws Exception {
    Path model = Program.shared("mlperf_tiny/kws_dscnn_int8.tflite");
    Program.Result result =
        Program.run("measure", model.toString(), "--board", "nucleo-l4r5zi", "--json");
    assertEquals(0, result.exitCode(), result.stderr());
    JsonNode json = result.json();
    assertEquals("nucleo-l4r5zi", json.get("board").textValue());
    assertEquals("mps2-an386", json.get("standIn").textValue());
    assertEquals("estimated", json.get("origin").textValue());
    assertEquals("linked", json.get("origins").get("flashBytes").textValue());
    assertNotEquals(json.get("boardImageSha256"), json.get("ranImageSha256"));
    assertEquals(120_000_000, json.get("clockHz").asLong());
    assertTrue(json.get("arenaAllocatedBytes").asLong() > 600 * 1024, result.stdout());
    assertTrue(json.get("outputEqualsReference").booleanValue(), result.stdout());
  }

  @Test
  void theSameBoardWithLittleRamRejectsTheModel() throws Exception {
    Path model = Program.shared("mlperf_tiny/kws_dscnn_int8.tflite");
    copied("mps2-an386", "4 MiB", "4 MiB");
    copied("nucleo-l4r5zi", "size: 640 KiB", "size: 24 KiB");
    Program.Result result =
        Program.run(
            Map.of("HILBENCH_BOARDS", folder.toString()),
            "measure",
            model.toString(),
            "--board",
            "nucleo-l4r5zi");
    assertEquals(1, result.exitCode(), result.stderr());
    assertTrue(
        result.stderr().contains("does not fit: arena of nucleo-l4r5zi is too small: "),
        result.stderr());
  }

  private void copied(String id, String was, String is) throws Exception {
    String yaml = Files.readString(Program.ROOT.resolve("board-profiles/" + id + "/board.yaml"));
    Path copy = Files.createDirectories(folder.resolve(id));
    Files.writeString(copy.resolve("board.yaml"), yaml.replace(was, is));
  }
}
