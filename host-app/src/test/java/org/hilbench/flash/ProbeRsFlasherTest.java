package org.hilbench.flash;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class ProbeRsFlasherTest extends FlasherContract {
  @Override
  Flasher flasher(Path executable) {
    return new ProbeRsFlasher(executable.toString());
  }

  @Override
  String boardId() {
    return "nucleo-u575zi-q";
  }

  @Override
  List<List<String>> argv() {
    return List.of(
        List.of(
            "download",
            "--non-interactive",
            "--chip",
            "STM32U575ZITxQ",
            "--probe",
            "0483:374b:0669FF303430484257251234",
            "--protocol",
            "swd",
            "--connect-under-reset",
            "--verify",
            "--disable-progressbars",
            "--binary-format",
            "elf",
            "ELF"),
        List.of(
            "reset",
            "--non-interactive",
            "--chip",
            "STM32U575ZITxQ",
            "--probe",
            "0483:374b:0669FF303430484257251234",
            "--protocol",
            "swd",
            "--connect-under-reset"));
  }

  @Override
  String success() {
    return "      Erasing\n  Programming\n    Finished in 1.2s";
  }

  @Override
  Map<Trouble, String> failures() {
    return Map.of(
        Trouble.NO_PROBE,
        "Error: No connected probes were found.",
        Trouble.HALF_WRITTEN,
        "      Erasing sectors\n  Programming pages\nError: An operation timed out");
  }
}
