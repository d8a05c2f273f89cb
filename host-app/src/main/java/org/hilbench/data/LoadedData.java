package org.hilbench.data;

import java.util.Optional;
import org.hilbench.BenchException;

/** The dataset that was asked for last, kept in memory. One thread only. */
public final class LoadedData {
  private Optional<Entry> last = Optional.empty();

  private record Entry(DataReference reference, Dataset dataset) {}

  /** The dataset of this reference; reads it unless it is the one of the last call. */
  public Dataset of(DataReference reference) throws BenchException {
    if (last.isEmpty() || !last.get().reference().equals(reference)) {
      last = Optional.of(new Entry(reference, reference.open()));
    }
    return last.get().dataset();
  }
}
