package org.hilbench.flash;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class NrfutilFlasherTest extends FlasherContract {
  @Override
  Flasher flasher(Path executable) {
    return new NrfutilFlasher(executable.toString());
  }

  @Override
  String boardId() {
    return "nrf5340dk";
  }

  @Override
  List<List<String>> argv() {
    return List.of(
        List.of(
            "device",
            "program",
            "--serial-number",
            "0669FF303430484257251234",
            "--firmware",
            "HEX",
            "--options",
            "chip_erase_mode=ERASE_RANGES_TOUCHED_BY_FIRMWARE,verify=VERIFY_READ,reset=RESET_SYSTEM"));
  }

  @Override
  String success() {
    return "100% [1/1] Programmed";
  }

  @Override
  Map<Trouble, String> failures() {
    return Map.of(
        Trouble.NO_PROBE,
        "Error: No devices found with serial number",
        Trouble.LOCKED,
        "Error: One or more program tasks failed: Application core access port is protected (APPROTECT)",
        Trouble.HALF_WRITTEN,
        "[00:00:01] ######   45% [1/1] Failed, Programming");
  }
}
