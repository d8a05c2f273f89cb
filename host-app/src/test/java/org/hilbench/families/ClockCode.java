package org.hilbench.families;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfile;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.exec.ExecRunner;
import org.junit.jupiter.api.Assumptions;

/** A family's clock.cc, compiled for its core by the compiler that builds the firmware. */
final class ClockCode {
  private final byte[] code;
  private final long setClock;

  private ClockCode(byte[] code, long setClock) {
    this.code = code;
    this.setClock = setClock;
  }

  byte[] code() {
    return code;
  }

  long setClock() {
    return setClock;
  }

  private static final String FUNCTION = "_ZN8hilbench8SetClockERKNS_9ClockPlanE";

  static ClockCode build(Path templates, BoardProfile board, Path folder)
      throws BenchException, IOException {
    ExecRunner runner = new ExecRunner();
    Assumptions.assumeTrue(
        runner.find("arm-none-eabi-g++").isPresent(), "arm-none-eabi-g++ is not installed");
    Path elf = folder.resolve("clock.elf");
    Path bin = folder.resolve("clock.bin");
    List<String> compile = new ArrayList<>(List.of("arm-none-eabi-g++"));
    compile.addAll(board.core().compilerFlags());
    compile.addAll(
        List.of("-std=c++17", "-O2", "-DHILBENCH_PATIENCE=1500", "-Wall", "-Wextra", "-Werror"));
    compile.addAll(List.of("-fno-exceptions", "-fno-rtti", "-nostdlib", "-I" + templates));
    compile.addAll(List.of("-Wl,-Ttext=0x08000000", "-Wl,-e," + FUNCTION));
    compile.add(templates.resolve("families/" + board.target() + "/clock.cc").toString());
    compile.addAll(List.of("-o", elf.toString()));
    run(runner, Command.of(compile));
    run(
        runner,
        Command.of("arm-none-eabi-objcopy", "-O", "binary", elf.toString(), bin.toString()));
    String symbols = run(runner, Command.of("arm-none-eabi-nm", elf.toString())).stdout();
    String line = symbols.lines().filter(each -> each.endsWith(FUNCTION)).findFirst().orElseThrow();
    return new ClockCode(Files.readAllBytes(bin), Long.parseLong(line.substring(0, 8), 16));
  }

  private static CommandResult run(ExecRunner runner, Command command) throws BenchException {
    CommandResult result = runner.run(command);
    if (!result.ok()) {
      throw new AssertionError(command + "\n" + result.tail());
    }
    return result;
  }
}
