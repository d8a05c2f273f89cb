package org.hilbench.cli;

import java.util.Map;
import java.util.TreeMap;
import org.hilbench.worker.Progress;

/**
 * Turns the samples that trainings have seen into the bar of a search. Thread-safe.
 *
 * <p>Work is counted in training samples, which take nearly all of the time.
 */
final class WorkMeter {
  private final ProgressLine line;
  private final Map<String, Double> underWay = new TreeMap<>();
  private double total;
  private double done;

  WorkMeter(ProgressLine line) {
    this.line = line;
  }

  /** There is this much more to do. */
  synchronized void expect(double samples) {
    total += samples;
  }

  /** Hears of one training. */
  Progress progressOf(String name) {
    return (samples, ofSamples) -> at(name, samples);
  }

  private synchronized void at(String name, long samples) {
    underWay.put(name, (double) samples);
    draw();
  }

  /** A piece of work is over, however far it came. */
  synchronized void finished(String name, double samples) {
    underWay.remove(name);
    done += samples;
    draw();
  }

  private void draw() {
    double now = done + underWay.values().stream().mapToDouble(Double::doubleValue).sum();
    line.update(total == 0 ? 0 : Math.min(1, now / total), String.join(", ", underWay.keySet()));
  }
}
