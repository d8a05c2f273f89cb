package org.hilbench.bench;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hilbench.device.ClockReport;
import org.hilbench.device.OpReport;
import org.hilbench.device.Statistics;
import org.hilbench.energy.InferenceEnergy;
import org.hilbench.measure.Inference;

/** What one run of a job read from the device, before it means anything. */
public record Readings(
    String device,
    ClockReport clock,
    OptionalDouble instructionsPerTick,
    Statistics statistics,
    List<OpReport> ops,
    List<Inference> outputs,
    Optional<InferenceEnergy> energy) {}
