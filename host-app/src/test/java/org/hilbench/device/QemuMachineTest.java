package org.hilbench.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.hilbench.BenchException;
import org.hilbench.exec.ExecRunner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guests that do not do what they should. Real QEMU. */
final class QemuMachineTest {
  private static final Patience SHORT =
      new Patience(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofMillis(100));

  /** For a guest that ends long before. */
  private static final Patience LONG =
      new Patience(Duration.ofMinutes(2), Duration.ofMinutes(2), Duration.ofMillis(100));

  private final ExecRunner runner = new ExecRunner();
  private Qemu qemu;
  @TempDir private Path folder;

  @BeforeEach
  void findQemu() throws BenchException {
    Assumptions.assumeTrue(runner.find("qemu-system-arm").isPresent(), "absent: qemu-system-arm");
    qemu = Qemu.find(runner);
  }

  @AfterEach
  void nothingIsLeft() {
    assertEquals(0, qemus(), "a QEMU of ours is still running");
  }

  @Test
  void aWedgedGuestEndsAtTheDeadlineAndItsProcessIsGone() throws Exception {
    Path elf = TinyImage.loop(runner, folder);
    BenchException end =
        assertTimeoutPreemptively(
            Duration.ofMinutes(1),
            () -> assertThrows(BenchException.class, () -> machine("mps2-an386", SHORT).open(elf)));
    assertInstanceOf(DeviceException.TimedOut.class, end);
    assertEquals("qemu mps2-an386 did not answer HELLO within 2.0 s", end.getMessage());
  }

  @Test
  void aGuestThatLocksUpIsSeenWithQemusWords() throws Exception {
    Path elf = TinyImage.lockUp(runner, folder);
    BenchException end =
        assertThrows(BenchException.class, () -> machine("mps2-an386", LONG).open(elf));
    assertTrue(end.getMessage().contains("Lockup"), end::getMessage);
  }

  @Test
  void aFileThatIsNoImageIsSaidToBeNone() throws IOException {
    Path none = folder.resolve("absent.elf");
    BenchException end =
        assertThrows(BenchException.class, () -> machine("mps2-an386", LONG).open(none));
    assertTrue(end.getMessage().contains("absent.elf"), end::getMessage);
  }

  @Test
  void aMachineThatQemuLacksIsNamed() throws Exception {
    Path elf = TinyImage.loop(runner, folder);
    BenchException end =
        assertThrows(BenchException.class, () -> machine("mps2-an9", LONG).open(elf));
    assertTrue(end.getMessage().contains("mps2-an9"), end::getMessage);
    assertTrue(end.getMessage().contains("unsupported machine type"), end::getMessage);
  }

  @Test
  void anInterruptedThreadStopsOpening() throws Exception {
    Path elf = TinyImage.loop(runner, folder);
    AtomicReference<Throwable> end = new AtomicReference<>();
    QemuMachine machine = new QemuMachine(qemu, "mps2-an386", OptionalLong.empty(), LONG);
    Thread opening =
        new Thread(() -> end.set(assertThrows(BenchException.class, () -> machine.open(elf))));
    opening.start();
    for (int i = 0; i < 6000 && qemus() == 0; i++) {
      Thread.sleep(10);
    }
    Thread.sleep(300); // by now it waits for QEMU or for an answer
    opening.interrupt();
    opening.join(60_000);
    assertInstanceOf(DeviceException.Interrupted.class, end.get());
  }

  @Test
  void aQemuThatIsTooOldOrAbsentIsSaidSoWithTheRemedy() throws Exception {
    Path old = folder.resolve("old-qemu");
    Files.writeString(old, "#!/bin/sh\necho 'QEMU emulator version 4.2.1 (Debian 1:4.2)'\n");
    assertTrue(old.toFile().setExecutable(true));
    BenchException tooOld =
        assertThrows(BenchException.class, () -> Qemu.find(runner, old.toString()));
    assertEquals(BenchException.Kind.ENVIRONMENT, tooOld.kind());
    assertTrue(tooOld.getMessage().contains("4.2 is too old; 6.0 is needed"), tooOld::getMessage);
    BenchException absent =
        assertThrows(BenchException.class, () -> Qemu.find(runner, "qemu-system-none"));
    assertTrue(absent.getMessage().contains("apt-get install"), absent::getMessage);
  }

  private QemuMachine machine(String name, Patience patience) {
    return new QemuMachine(qemu, name, OptionalLong.empty(), patience);
  }

  static long qemus() {
    return ProcessHandle.current()
        .descendants()
        .filter(ProcessHandle::isAlive)
        .filter(process -> process.info().command().orElse("").contains("qemu-system"))
        .count();
  }
}
