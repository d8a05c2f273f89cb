package org.hilbench.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  @TempDir Path folder;

  @Test
  void versionsAreReadAsTheToolsPrintThem() {
    assertEquals(
        Optional.of("12.2.1"),
        Doctor.version("arm-none-eabi-g++ (15:12.2.rel1-1) 12.2.1 20221205"));
    assertEquals(
        Optional.of("7.2.22"),
        Doctor.version("QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18+b3)"));
    assertEquals(Optional.of("1.11.1"), Doctor.version("1.11.1"));
    assertTrue(Doctor.atLeast("10.0", "7.0"));
    assertFalse(Doctor.atLeast("6.2", "7.0"));
    assertTrue(Doctor.atLeast("3.25.1", "3.16"));
  }

  @Test
  void onABareMachineEveryMissingThingComesWithACommandThatMendsIt() {
    List<Check> checks =
        new Doctor(new BareMachine(), folder.resolve("cache"), folder.resolve("tflm"), Map.of())
            .examine();
    Check renode =
        checks.stream().filter(it -> it.name().equals("Renode")).findFirst().orElseThrow();
    assertEquals(Check.State.WARNING, renode.state(), "it is optional");
    assertTrue(renode.remedy().contains("export RENODE="), renode::remedy);
    List<String> broken =
        checks.stream()
            .filter(check -> check.state() == Check.State.BROKEN)
            .map(Check::name)
            .toList();
    assertTrue(
        broken.containsAll(
            List.of(
                "arm-none-eabi-g++", "cmake", "ninja", "qemu-system-arm", "TensorFlow Lite Micro")),
        broken.toString());
    checks.stream()
        .filter(check -> check.state() != Check.State.OK)
        .forEach(check -> assertFalse(check.remedy().isEmpty(), check.toString()));
  }
}
