package org.hilbench.flash;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class Stm32ProgrammerFlasherTest extends FlasherContract {
  @Override
  Flasher flasher(Path executable) {
    return new Stm32ProgrammerFlasher(executable.toString());
  }

  @Override
  String boardId() {
    return "nucleo-h743zi2";
  }

  @Override
  List<List<String>> argv() {
    return List.of(
        List.of(
            "-c",
            "port=SWD",
            "sn=0669FF303430484257251234",
            "mode=UR",
            "reset=HWrst",
            "-d",
            "HEX",
            "-v",
            "-rst"));
  }

  @Override
  String success() {
    return "Download in Progress:\nFile download complete\nRead progress:\nDownload verified successfully";
  }

  @Override
  Map<Trouble, String> failures() {
    return Map.of(
        Trouble.NO_PROBE,
        "      STM32CubeProgrammer v2.16.0\nError: No debug probe detected.",
        Trouble.HELD_IN_RESET,
        "Error: ST-LINK error (DEV_TARGET_HELD_UNDER_RESET)",
        Trouble.NO_TARGET,
        "ST-LINK SN  : x\nError: No STM32 target found! If your product embeds Debug Authentication, please perform a discovery using Debug Authentication",
        Trouble.LOCKED,
        "Error: Data read failed\nWarning: The target device might have Read Out Protection level 1",
        Trouble.VERIFY_FAILED,
        "Error: Data mismatch found at address 0x08000000\nError: Download verification failed",
        Trouble.HALF_WRITTEN,
        "Memory Programming ...\nErasing memory corresponding to segment 0:");
  }
}
