package org.hilbench.worker;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * How worker processes are started: how many, their Java heap, the address space that each may take
 * ({@link #NO_LIMIT} for all there is), system properties and additions to the environment, and how
 * long a start may take.
 */
public record WorkerOptions(
    int workers,
    int heapMegabytes,
    int addressSpaceMegabytes,
    Map<String, String> properties,
    Map<String, String> environment,
    Duration startLimit) {
  public static final int NO_LIMIT = Integer.MAX_VALUE;

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
    return new WorkerOptions(
        workers, HEAP_MEGABYTES, NO_LIMIT, Map.of(), Map.of(), Duration.ofSeconds(60));
  }

  /** The same with other limits of memory; an address space is the whole process's, native too. */
  public WorkerOptions withMemory(int heap, int addressSpace) {
    return new WorkerOptions(workers, heap, addressSpace, properties, environment, startLimit);
  }

  public WorkerOptions withProperties(Map<String, String> more) {
    return new WorkerOptions(
        workers,
        heapMegabytes,
        addressSpaceMegabytes,
        joined(properties, more),
        environment,
        startLimit);
  }

  public WorkerOptions withEnvironment(Map<String, String> more) {
    return new WorkerOptions(
        workers,
        heapMegabytes,
        addressSpaceMegabytes,
        properties,
        joined(environment, more),
        startLimit);
  }

  private static Map<String, String> joined(Map<String, String> some, Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(some);
    all.putAll(more);
    return all;
  }
}
