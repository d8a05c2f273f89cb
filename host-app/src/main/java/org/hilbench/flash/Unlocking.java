package org.hilbench.flash;

/** The command that takes off readout protection, for the user to run: it erases the chip. */
final class Unlocking {
  private Unlocking() {}

  static String command(FlashJob job) {
    String serial = job.probe().serial();
    return switch (job.tool().tool()) {
      case OPENOCD ->
          job.board().part().startsWith("nRF")
              ? "openocd -f " + job.option("config") + " -c \"init; nrf52_recover; exit\""
              : "STM32_Programmer_CLI -c port=SWD sn=" + serial + " mode=UR -rdu";
      case ST_FLASH, STM32_PROGRAMMER ->
          "STM32_Programmer_CLI -c port=SWD sn=" + serial + " mode=UR -rdu";
      case NRFJPROG -> "nrfjprog -s " + serial + " --recover";
      case NRFUTIL -> "nrfutil device recover --serial-number " + serial;
      case PYOCD -> "pyocd erase --chip --uid " + serial + " --target " + job.option("target");
      case JLINK -> "JLinkExe -SelectEmuBySN " + serial + " and there: unlock, erase";
      case PROBE_RS ->
          "probe-rs erase --allow-erase-all --chip "
              + job.option("chip")
              + " --probe "
              + job.probe().usb()
              + ":"
              + serial;
      case COPY -> "the tool of the probe's maker";
    };
  }
}
