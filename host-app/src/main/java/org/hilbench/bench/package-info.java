/**
 * What runs a job: {@link org.hilbench.bench.Bench} builds, opens the device at a {@link
 * org.hilbench.bench.Place}, checks who answers and runs; {@link org.hilbench.bench.BenchWorker}
 * takes the jobs from the queue. Depends on {@code measure}, {@code device}, {@code firmware},
 * {@code flash}, {@code lab} and {@code energy}; nothing of a search is known here.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.bench;
