package org.hilbench.desk;

import org.hilbench.BenchException;
import org.hilbench.bench.AttachedPlaces;
import org.hilbench.bench.Place;
import org.hilbench.board.BoardProfiles;
import org.hilbench.device.Patience;
import org.hilbench.exec.CommandRunner;
import org.hilbench.flash.BoardFlasher;
import org.hilbench.lab.AttachedBoards;
import org.hilbench.lab.Lab;
import org.hilbench.lab.LabFile;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.serial.UsbDevices;

/**
 * What stands on this desk: what {@code lab.yaml} says and what is plugged in.
 *
 * @param file where adoptions are kept
 * @param lab what it said when this was read
 */
public record Desk(LabFile file, Lab lab, AttachedBoards attached) {
  /** Where a board is run: on itself where it is adopted and plugged in, else on a simulator. */
  public static final String ON_AUTO = MeasurementJob.ON_AUTO;

  public static Desk read(Home home, BoardProfiles boards) throws BenchException {
    return read(LabFile.locate(home.root(), System.getenv()), new UsbDevices(), boards);
  }

  public static Desk read(LabFile file, UsbDevices devices, BoardProfiles boards)
      throws BenchException {
    Lab lab = file.read();
    return new Desk(file, lab, AttachedBoards.of(devices, boards, lab));
  }

  BoardFlasher flasher(CommandRunner runner) {
    return new BoardFlasher(runner, attached::probes);
  }

  /** Where jobs run: adopted boards that are plugged in first, then the simulators. */
  public Place.Finder places(Home home, CommandRunner runner, Place.Finder simulators) {
    return new AttachedPlaces(
        attached, flasher(runner), home.cache().resolve("locks"), Patience.usual(), simulators);
  }
}
