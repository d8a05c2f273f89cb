package org.hilbench.flash;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class OpenOcdFlasherTest extends FlasherContract {
  @Override
  Flasher flasher(Path executable) {
    return new OpenOcdFlasher(executable.toString());
  }

  @Override
  String boardId() {
    return "nucleo-l4r5zi";
  }

  @Override
  List<List<String>> argv() {
    return List.of(
        List.of(
            "-f",
            "board/st_nucleo_l4.cfg",
            "-c",
            "adapter serial 0669FF303430484257251234",
            "-c",
            "gdb_port disabled; tcl_port disabled; telnet_port disabled",
            "-c",
            "reset_config srst_only srst_nogate connect_assert_srst",
            "-c",
            "program {ELF} verify reset exit"));
  }

  @Override
  String success() {
    return "** Programming Started **\n** Programming Finished **\n** Verify Started **\n** Verified OK **\n** Resetting Target **\nshutdown command invoked";
  }

  @Override
  Map<Trouble, String> failures() {
    return Map.of(
        Trouble.NO_PROBE,
        "Info : clock speed 500 kHz\nError: open failed\nin procedure 'program'\n** OpenOCD init failed **",
        Trouble.NO_PERMISSION,
        "Error: libusb_open() failed with LIBUSB_ERROR_ACCESS\nError: open failed",
        Trouble.NO_TARGET,
        "Info : Target voltage: 0.003\nError: target voltage may be too low for reliable debugging\nError: init mode failed (unable to connect to the target)",
        Trouble.LOCKED,
        "** Programming Started **\nError: stm32l4x device protected\n** Programming Failed **",
        Trouble.VERIFY_FAILED,
        "** Programming Finished **\n** Verify Started **\nError: checksum mismatch - attempting binary compare\n** Verify Failed **",
        Trouble.HALF_WRITTEN,
        "** Programming Started **\nInfo : padding image section 0");
  }
}
