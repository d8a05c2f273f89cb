package org.hilbench.flash;

import java.util.List;
import java.util.stream.Collectors;
import org.hilbench.lab.Probe;

/** What a flash tool's failure means, whatever the tool's own words. */
public enum Trouble {
  NO_PROBE {
    @Override
    String sentence(FlashJob job, List<Probe> attached) {
      String others =
          attached.isEmpty()
              ? "none"
              : attached.stream().map(Probe::toString).collect(Collectors.joining(", "));
      return "no probe with serial "
          + job.probe().serial()
          + "; attached: "
          + others
          + ". Plug the board in, or adopt the one that is there with: hilbench boards --adopt";
    }
  },
  NO_PERMISSION {
    @Override
    String sentence(FlashJob job, List<Probe> attached) {
      return "no permission on the USB device "
          + job.probe().usb()
          + ": install the udev rule by: "
          + "echo 'SUBSYSTEM==\"usb\", ATTR{idVendor}==\""
          + job.probe().usb().toString().substring(0, 4)
          + "\", MODE=\"0666\"' | sudo tee /etc/udev/rules.d/60-hilbench.rules"
          + " && sudo udevadm control --reload && sudo udevadm trigger";
    }
  },
  PROBE_BUSY {
    @Override
    String sentence(FlashJob job, List<Probe> attached) {
      return "probe "
          + job.probe().serial()
          + " is held by another program; close the debugger or flash tool that uses it";
    }
  },
  NO_TARGET {
    @Override
    String sentence(FlashJob job, List<Probe> attached) {
      return "the probe answers, the microcontroller does not: is the board powered, are the"
          + " debug jumpers in place, is it a "
          + job.board().part()
          + "?";
    }
  },
  HELD_IN_RESET {
    @Override
    String sentence(FlashJob job, List<Probe> attached) {
      return "target held in reset: release the reset button and take off whatever pulls NRST low";
    }
  },
  LOCKED {
    @Override
    String sentence(FlashJob job, List<Probe> attached) {
      return "locked (readout protection): unlocking erases the chip, run "
          + Unlocking.command(job);
    }
  },
  VERIFY_FAILED {
    @Override
    String sentence(FlashJob job, List<Probe> attached) {
      return "what was read back differs from the image; flash again, and if it repeats the flash"
          + " is worn or protected";
    }
  },
  HALF_WRITTEN {
    @Override
    String sentence(FlashJob job, List<Probe> attached) {
      return "it ended while writing: the flash is half written and must be flashed again before"
          + " the board is used";
    }
  },
  UNKNOWN {
    @Override
    String sentence(FlashJob job, List<Probe> attached) {
      return "it failed for a reason that is not known to hilbench";
    }
  };

  abstract String sentence(FlashJob job, List<Probe> attached);

  /** Whether a board that was unplugged looks so: once it is back, another try may succeed. */
  public boolean isOfTheCable() {
    return this == NO_PROBE || this == HALF_WRITTEN;
  }
}
