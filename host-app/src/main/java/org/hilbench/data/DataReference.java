package org.hilbench.data;

import java.util.Objects;
import org.hilbench.BenchException;
import org.hilbench.BenchException.Kind;
import org.hilbench.Stage;

/**
 * A dataset by name, so that another process can read the same one: folder, seed of the split and
 * the hash that its content must have.
 */
public record DataReference(String directory, long splitSeed, String contentHash) {
  public DataReference {
    Objects.requireNonNull(directory);
    Objects.requireNonNull(contentHash);
  }

  /** Reads the dataset again; refuses one whose files have changed since. */
  public ImageDataset open() throws BenchException {
    ImageDataset dataset = FashionMnist.load(java.nio.file.Path.of(directory), splitSeed);
    if (!dataset.contentHash().equals(contentHash)) {
      throw new BenchException(
          Stage.DATA,
          Kind.USAGE,
          directory
              + ": the files have changed since the search began (content hash "
              + dataset.contentHash()
              + ", was "
              + contentHash
              + "); put the old files back or start a new search");
    }
    return dataset;
  }
}
