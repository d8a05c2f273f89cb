package org.hilbench.flash;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class NrfjprogFlasherTest extends FlasherContract {
  @Override
  Flasher flasher(Path executable) {
    return new NrfjprogFlasher(executable.toString());
  }

  @Override
  String boardId() {
    return "nrf52840dk";
  }

  @Override
  List<List<String>> argv() {
    return List.of(
        List.of(
            "--family",
            "NRF52",
            "--snr",
            "0669FF303430484257251234",
            "--program",
            "HEX",
            "--sectorerase",
            "--verify",
            "--reset"));
  }

  @Override
  String success() {
    return "Parsing image file.\nVerified OK.\nRun.";
  }

  @Override
  Map<Trouble, String> failures() {
    return Map.of(
        Trouble.NO_PROBE,
        "ERROR: There is no debugger connected to the PC.",
        Trouble.LOCKED,
        "ERROR: The operation attempted is unavailable due to readback protection in\nERROR: your device. Please use --recover to unlock the device.",
        Trouble.NO_TARGET,
        "ERROR: A low voltage error was detected.",
        Trouble.HALF_WRITTEN,
        "Parsing image file.\nErasing page at address 0x0.");
  }
}
