package org.hilbench.energy;

import java.nio.file.Path;

/** A meter whose every recording is kept in a file too, the last one in the end. Owns the meter. */
public final class SampleKeeper implements EnergyMeter {
  private final EnergyMeter meter;
  private final Path file;

  public SampleKeeper(EnergyMeter meter, Path file) {
    this.meter = meter;
    this.file = file;
  }

  @Override
  public String name() {
    return meter.name();
  }

  @Override
  public void start() throws EnergyException {
    meter.start();
  }

  @Override
  public PowerTrace stop() throws EnergyException {
    PowerTrace trace = meter.stop();
    TraceFile.write(trace, file);
    return trace;
  }

  @Override
  public void close() {
    meter.close();
  }
}
