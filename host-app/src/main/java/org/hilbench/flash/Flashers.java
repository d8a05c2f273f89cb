package org.hilbench.flash;

import java.nio.file.Path;
import java.util.List;

/** The tools by the names that their makers give the programs. */
final class Flashers {
  private Flashers() {}

  static List<Flasher> installed() {
    return List.of(
        new OpenOcdFlasher("openocd"),
        new StFlashFlasher("st-flash"),
        new Stm32ProgrammerFlasher("STM32_Programmer_CLI"),
        new NrfjprogFlasher("nrfjprog"),
        new NrfutilFlasher("nrfutil"),
        new PyOcdFlasher("pyocd"),
        new JLinkFlasher("JLinkExe"),
        new ProbeRsFlasher("probe-rs"),
        new CopyFlasher(new Drives(Path.of("/proc/self/mounts"))));
  }
}
