package org.hilbench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.hilbench.desk.Home;
import org.hilbench.experiment.RunFolder;
import org.junit.jupiter.api.Test;

class GoOnTest {
  @Test
  void theCommandThatGoesOnIsWhatWasGivenWithThisFolder() {
    RunFolder run = new RunFolder(Path.of("/tmp/it's mine"));
    assertEquals(
        "'/opt/my hilbench/hilbench' search --no-final --constraint 'latency < 50 ms'"
            + " --reuse 'old one' --json --resume --out '/tmp/it'\\''s mine'",
        GoOn.command(
            new Home(Path.of("/opt/my hilbench"), Path.of("cache")),
            run,
            List.of(
                "search",
                "--resume",
                "--no-final",
                "--out",
                "x",
                "--constraint",
                "latency < 50 ms",
                "--out=y",
                "--reuse",
                "old one",
                "--json")));
  }
}
