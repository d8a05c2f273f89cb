package org.hilbench.flash;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class JLinkFlasherTest extends FlasherContract {
  @Override
  Flasher flasher(Path executable) {
    return new JLinkFlasher(executable.toString());
  }

  @Override
  String boardId() {
    return "nrf5340dk";
  }

  @Override
  List<List<String>> argv() {
    return List.of(
        List.of(
            "-NoGui",
            "1",
            "-ExitOnError",
            "1",
            "-SelectEmuBySN",
            "0669FF303430484257251234",
            "-Device",
            "nRF5340_xxAA_APP",
            "-If",
            "SWD",
            "-Speed",
            "4000",
            "-AutoConnect",
            "1",
            "-CommandFile",
            "DIR/flash.jlink"));
  }

  @Override
  String success() {
    return "J-Link: Flash download: Total: 0.5s\nO.K.\nReading 1000 bytes data from target memory @ 0x00000000.\nVerify successful.";
  }

  @Override
  Map<Trouble, String> failures() {
    return Map.of(
        Trouble.NO_PROBE,
        "Connecting to J-Link via USB...FAILED: Cannot connect to J-Link.",
        Trouble.NO_TARGET,
        "VTref=0.000V\nError occurred: Could not connect to the target device.\nCannot connect to target.",
        Trouble.VERIFY_FAILED,
        "Verify failed @ address 0x00000000.\nExpected 00 read FF",
        Trouble.HALF_WRITTEN,
        "Downloading file [image.hex]...\nError while programming");
  }
}
