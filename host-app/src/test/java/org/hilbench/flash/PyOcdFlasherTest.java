package org.hilbench.flash;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class PyOcdFlasherTest extends FlasherContract {
  @Override
  Flasher flasher(Path executable) {
    return new PyOcdFlasher(executable.toString());
  }

  @Override
  String boardId() {
    return "nrf52840dk";
  }

  @Override
  List<List<String>> argv() {
    return List.of(
        List.of(
            "load",
            "--no-wait",
            "--no-config",
            "--uid",
            "0669FF303430484257251234",
            "--target",
            "nrf52840",
            "--erase",
            "sector",
            "--format",
            "elf",
            "ELF"));
  }

  @Override
  String success() {
    return "0001980 I Erased 4096 bytes (1 sector), programmed 4096 bytes (1 page)";
  }

  @Override
  Map<Trouble, String> failures() {
    return Map.of(
        Trouble.NO_PROBE,
        "No connected debug probe matches unique ID '683'\n0001239 E No target device available [load_cmd]",
        Trouble.NO_PERMISSION,
        "usb.core.USBError: [Errno 13] Access denied (insufficient permissions)",
        Trouble.LOCKED,
        "0000600 W NRF52840 APPROTECT enabled: not automatically unlocking [target_nRF52]",
        Trouble.NO_TARGET,
        "0000700 E Unable to connect: No ACK received [__main__]",
        Trouble.HALF_WRITTEN,
        "0001000 C flash program page failure (address 0x00001000; result code 0x1)");
  }
}
