package org.hilbench.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.Simulator;
import org.hilbench.exec.Command;
import org.hilbench.exec.ExecRunner;
import org.hilbench.firmware.FirmwareImage;
import org.hilbench.firmware.FirmwareRequest;
import org.hilbench.firmware.KernelSet;
import org.hilbench.firmware.Workshop;
import org.hilbench.oracle.RandomNetworks;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Renode is told, to the word; and programs that behave as it does, or fail as it may. */
final class RenodeMachineTest {
  private static final Patience LONG =
      new Patience(Duration.ofMinutes(2), Duration.ofMinutes(2), Duration.ofSeconds(2));

  /** Serves the serial port of the script's socket from QEMU, which runs the script's image. */
  private static final String STAND_IN =
      """
      script = open(sys.argv[-1]).read()
      elf = re.search(r"LoadELF @(.*)", script).group(1).replace("\\\\ ", " ")
      port = re.search(r"CreateServerSocketTerminal (\\d+) ", script).group(1)
      assert "using \\"platforms/cpus/stm32f4.repl\\"" in open("board.repl").read()
      print("Monitor available in telnet mode on port", sys.argv[3], flush=True)
      subprocess.run(["qemu-system-arm", "-M", "netduinoplus2", "-display", "none",
          "-monitor", "none", "-icount", "shift=6,sleep=off", "-chardev",
          "socket,id=line,host=127.0.0.1,server=on,wait=off,port=" + port,
          "-serial", "chardev:line", "-kernel", elf])
      """;

  private static final RenodePlatform F4 =
      new RenodePlatform(
          "platforms/cpus/stm32f4.repl",
          "sysbus.usart2",
          168,
          Map.of("sram", 0x20000L, "flash", 0x100000L));

  private final ExecRunner runner = new ExecRunner();
  @TempDir private Path folder;

  @AfterEach
  void nothingIsLeft() {
    assertEquals(0, QemuMachineTest.qemus(), "the process tree of a stand-in is still running");
  }

  @Test
  void theCommandIsHeadlessAndTouchesNothingOfTheUsers() throws Exception {
    Command command =
        renode("").command(new RenodeFiles(Path.of("/t/h")), 20001, Duration.ofMinutes(3));
    assertEquals(
        List.of(
            folder.resolve("renode").toString(),
            "--disable-gui",
            "-P",
            "20001",
            "--plain",
            "--hide-log",
            "--pid-file",
            "/t/h/pid",
            "--config",
            "/t/h/config",
            "/t/h/run.resc"),
        command.argv());
    assertEquals(Duration.ofMinutes(3), command.timeout());
  }

  @Test
  void theOverlayGivesAnInstructionACycleAndTheBoardsMemories() {
    assertEquals(
        """
        using "platforms/cpus/stm32f4.repl"

        nvic:
            systickFrequency: 168000000

        cpu:
            PerformanceInMips: 168

        dwt: Miscellaneous.DWT @ sysbus 0xE0001000
            frequency: 168000000

        flash:
            size: 0x100000

        sram:
            size: 0x20000
        """,
        F4.overlay());
  }

  @Test
  void theScriptIsDeterministicAndItsPathsMayHoldSpaces() {
    assertEquals(
        """
        using sysbus
        mach create "board"
        logFile @/t/h/renode.log true
        machine LoadPlatformDescription @/t/h/board.repl
        emulation SetGlobalQuantum "0.0001"
        emulation SetGlobalSerialExecution true
        emulation SetGlobalAdvanceImmediately true
        emulation SetSeed 1
        sysbus LoadELF @/my\\ images/f.elf
        emulation CreateServerSocketTerminal 20002 "line" false
        connector Connect sysbus.usart2 line
        start
        """,
        F4.script(new RenodeFiles(Path.of("/t/h")), Path.of("/my images/f.elf"), 20002));
  }

  @Test
  void theProfilesNameAllThatIsNeeded() throws Exception {
    assertEquals(F4, shipped("stm32f4-discovery"));
    assertEquals(
        new RenodePlatform("platforms/cpus/nrf52840.repl", "sysbus.uart0", 64, Map.of()),
        shipped("nrf52840dk"));
    assertEquals(
        new RenodePlatform(
            "platforms/cpus/stm32f746.repl", "sysbus.usart3", 216, Map.of("flash", 0x10_0000L)),
        shipped("nucleo-f746zg"));
    assertEquals(
        new RenodePlatform("platforms/cpus/stm32h743.repl", "sysbus.usart3", 480, Map.of()),
        shipped("nucleo-h743zi2"));
    BoardProfile board = Workshop.board("nucleo-h743zi2");
    Simulator silent =
        new Simulator(
            Simulator.Engine.RENODE,
            "platforms/cpus/stm32h743.repl",
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty());
    IllegalArgumentException unknown =
        assertThrows(IllegalArgumentException.class, () -> RenodePlatform.of(board, silent));
    assertTrue(unknown.getMessage().contains("names no uart"), unknown::getMessage);
  }

  @Test
  void anF405SaysWhoItIsThroughTheSocketThatTheScriptNames() throws Exception {
    Assumptions.assumeTrue(runner.find("qemu-system-arm").isPresent(), "absent: qemu-system-arm");
    FirmwareImage image = f405();
    Path elf = Files.copy(image.elf(), folder.resolve("an image.elf"));
    try (Device device = machine(STAND_IN, "tim2").open(elf)) {
      assertEquals("renode platforms/cpus/stm32f4.repl", device.name());
      assertEquals(image.buildId(), device.identity().buildId());
      assertEquals(image.modelSha256().orElseThrow(), device.identity().modelSha256());
      assertEquals(OptionalDouble.of(1), device.instructionsPerTick());
      byte[] bytes = {0, 13, 10, (byte) 0xff, (byte) 0xfd, 0};
      assertArrayEquals(bytes, device.echo(bytes));
    }
    BenchException refused =
        assertThrows(BenchException.class, () -> machine(STAND_IN, "dwt").open(elf));
    assertTrue(refused.getMessage().contains("no working dwt"), refused::getMessage);
  }

  @Test
  void oneThatEndsAtOnceIsQuoted() throws Exception {
    RenodeMachine machine =
        machine("open('renode.log', 'w').write('1 [ERROR] no such file\\n')\nsys.exit('gone')", "");
    BenchException end = assertThrows(BenchException.class, () -> machine.open(Path.of("f.elf")));
    assertEquals(BenchException.Kind.ENVIRONMENT, end.kind());
    assertTrue(
        end.getMessage().contains("ended at its start: gone; its log: 1 [ERROR] no such file"),
        end::getMessage);
  }

  @Test
  void oneThatNeverListensIsGivenUp() throws Exception {
    RenodeMachine machine =
        new RenodeMachine(renode("time.sleep(60)"), F4, "", Duration.ofMillis(600), LONG);
    BenchException end = assertThrows(BenchException.class, () -> machine.open(Path.of("f.elf")));
    assertTrue(end.getMessage().contains("did not open its serial port within 0.6 s"));
    assertTrue(end.getMessage().contains("(still running)"), end::getMessage);
  }

  @Test
  void aCoreThatGaveUpIsReadFromTheLog() throws Exception {
    RenodeMachine machine =
        machine(
            """
            port = re.search(r"Terminal (\\d+) ", open(sys.argv[-1]).read()).group(1)
            server = socket.create_server(("127.0.0.1", int(port)))
            line, _ = server.accept()
            open("renode.log", "w").write("9 [ERROR] cpu: CPU abort [PC=0x12].\\n")
            time.sleep(60)
            """,
            "");
    BenchException end = assertThrows(BenchException.class, () -> machine.open(Path.of("f.elf")));
    assertTrue(
        end.getMessage().contains("core stopped: 9 [ERROR] cpu: CPU abort [PC=0x12]"),
        end::getMessage);
  }

  @Test
  void anAbsentOneIsSaidSoWithTheRemedy() {
    String path = folder.resolve("none").toString();
    BenchException absent =
        assertThrows(
            BenchException.class, () -> Renode.find(runner, Map.of(Renode.VARIABLE, path)));
    assertEquals(BenchException.Kind.ENVIRONMENT, absent.kind());
    assertTrue(absent.getMessage().contains("RENODE=" + path + " is no"), absent::getMessage);
    assertTrue(absent.getMessage().contains("portable archive"), absent::getMessage);
    assertEquals("renode", Renode.program(Map.of()));
  }

  private RenodeMachine machine(String program, String counter) throws Exception {
    return new RenodeMachine(renode(program), F4, counter, Duration.ofMinutes(2), LONG);
  }

  private Renode renode(String program) throws BenchException, IOException {
    Assumptions.assumeTrue(runner.find("python3").isPresent(), "absent: python3");
    Path file = folder.resolve("renode");
    Files.writeString(
        file,
        """
        #!/usr/bin/env python3
        import re, socket, subprocess, sys, time
        if sys.argv[1:] == ["--version"]:
            print("Renode v1.16.1.12345")
            sys.exit(0)
        """
            + program);
    assertTrue(file.toFile().setExecutable(true));
    Renode found = Renode.find(runner, Map.of(Renode.VARIABLE, file.toString()));
    assertEquals("1.16.1", found.version());
    return found;
  }

  private static RenodePlatform shipped(String id) throws BenchException {
    BoardProfile board = Workshop.board(id);
    Simulator simulator =
        board.simulators().stream()
            .filter(one -> one.engine() == Simulator.Engine.RENODE)
            .findFirst()
            .orElseThrow();
    return RenodePlatform.of(board, simulator);
  }

  private static FirmwareImage f405() throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    TfliteModel model =
        TfliteModel.parse(
            TfliteWriter.write(
                RandomNetworks.quantized(RandomNetworks.ofTheSpace(random), random)));
    return Workshop.built(
        Workshop.builder()
            .build(
                new FirmwareRequest(model, Workshop.board("netduinoplus2"), KernelSet.REFERENCE)));
  }
}
