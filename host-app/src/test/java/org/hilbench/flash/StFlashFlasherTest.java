package org.hilbench.flash;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class StFlashFlasherTest extends FlasherContract {
  @Override
  Flasher flasher(Path executable) {
    return new StFlashFlasher(executable.toString());
  }

  @Override
  String boardId() {
    return "nucleo-f446re";
  }

  @Override
  List<List<String>> argv() {
    return List.of(
        List.of(
            "--connect-under-reset",
            "--reset",
            "--serial",
            "0669FF303430484257251234",
            "--format",
            "ihex",
            "write",
            "HEX"));
  }

  @Override
  String success() {
    return "Flash written and verified! jolly good!";
  }

  @Override
  Map<Trouble, String> failures() {
    return Map.of(
        Trouble.NO_PROBE,
        "st-flash 1.7.0\n2026-11-24T11:52:46 WARN usb.c: Couldn't find any ST-Link devices",
        Trouble.NO_PERMISSION,
        "WARN usb.c: Could not open USB device 0x0483  0x374b access error.",
        Trouble.NO_TARGET,
        "ERROR common.c: Failed to connect to target\nFailed to parse flash type or unrecognized flash type",
        Trouble.VERIFY_FAILED,
        "INFO common.c: Starting verification of write complete\nERROR common.c: Verification of flash failed at offset: 1024",
        Trouble.HALF_WRITTEN,
        "INFO common.c: EraseFlash - Sector:0x0 Size:0x4000\nERROR flash_loader.c: write error");
  }
}
