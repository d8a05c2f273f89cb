package org.hilbench.worker;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * How worker processes are started: how many, their Java heap, system properties and additions to
 * the environment, and how long a start may take.
 */
public record WorkerOptions(
    int workers,
    int heapMegabytes,
    Map<String, String> properties,
    Map<String, String> environment,
    Duration startLimit) {
  private static final int HEAP_MEGABYTES = 512;

  public WorkerOptions {
    if (workers < 1 || heapMegabytes < 32) {
      throw new IllegalArgumentException(
          workers + " workers of " + heapMegabytes + " MB: at least 1 of 32 MB");
    }
    properties = Map.copyOf(properties);
    environment = Map.copyOf(environment);
  }

  /** {@code workers} processes with a small heap; the first start may unpack native libraries. */
  public static WorkerOptions of(int workers) {
    return new WorkerOptions(workers, HEAP_MEGABYTES, Map.of(), Map.of(), Duration.ofSeconds(60));
  }

  public WorkerOptions withProperties(Map<String, String> more) {
    return new WorkerOptions(
        workers, heapMegabytes, joined(properties, more), environment, startLimit);
  }

  public WorkerOptions withEnvironment(Map<String, String> more) {
    return new WorkerOptions(
        workers, heapMegabytes, properties, joined(environment, more), startLimit);
  }

  private static Map<String, String> joined(Map<String, String> some, Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(some);
    all.putAll(more);
    return all;
  }
}
