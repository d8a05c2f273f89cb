package org.hilbench.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.hilbench.BenchException;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.exec.CommandRunner;
import org.junit.jupiter.api.Assumptions;

/** Images of a few instructions, for machines with code at address 0. */
final class TinyImage {
  private static final String SOURCE =
      """
      .syntax unified
      .thumb
      .cpu cortex-m4
      .section .vectors,"a"
      .word 0x20001000
      .word start+1
      .word 0
      .word %s
      .text
      .global start
      .thumb_func
      start:
      %s
      hang: b hang
      """;

  private TinyImage() {}

  /** Never answers. */
  static Path loop(CommandRunner runner, Path folder) throws BenchException, IOException {
    return assemble(runner, folder, "loop", String.format(Locale.ROOT, SOURCE, "hang+1", "nop"));
  }

  /** Faults, and faults again in the handler's place: the core locks up. */
  static Path lockUp(CommandRunner runner, Path folder) throws BenchException, IOException {
    return assemble(runner, folder, "lockup", String.format(Locale.ROOT, SOURCE, "0", "udf #0"));
  }

  private static Path assemble(CommandRunner runner, Path folder, String name, String source)
      throws BenchException, IOException {
    Assumptions.assumeTrue(
        runner.find("arm-none-eabi-gcc").isPresent(), "absent: arm-none-eabi-gcc");
    Path assembly = Files.writeString(folder.resolve(name + ".s"), source);
    Path elf = folder.resolve(name + ".elf");
    CommandResult result =
        runner.run(
            Command.of(
                    List.of(
                        "arm-none-eabi-gcc",
                        "-nostdlib",
                        "-Wl,--section-start=.vectors=0",
                        "-Wl,-Ttext=0x100",
                        "-Wl,-e,start",
                        "-o",
                        elf.toString(),
                        assembly.toString()))
                .withTimeout(Duration.ofMinutes(1)));
    Assumptions.assumeTrue(result.ok(), result::tail);
    return elf;
  }
}
