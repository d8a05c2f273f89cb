package org.hilbench.data;

import java.nio.file.Path;
import java.util.Objects;
import org.hilbench.BenchException;
import org.hilbench.ByClassName;
import org.hilbench.Stage;

/**
 * What another process needs to read the same data set: who provides it, folder, seed of the split
 * and the hash that its content must have.
 *
 * @param provider class name of the {@link DatasetProvider}
 */
public record DataReference(String provider, String directory, long splitSeed, String contentHash) {
  public DataReference {
    Objects.requireNonNull(provider);
    Objects.requireNonNull(directory);
    Objects.requireNonNull(contentHash);
  }

  /** To the data set that this provider reads from there. */
  public static DataReference of(
      DatasetProvider provider, Path directory, long splitSeed, String contentHash) {
    return new DataReference(
        ByClassName.of(provider.getClass()),
        directory.toAbsolutePath().normalize().toString(),
        splitSeed,
        contentHash);
  }

  /** Reads the data set again; refuses one whose files have changed since. */
  public Dataset open() throws BenchException {
    Dataset dataset = newProvider().load(Path.of(directory), splitSeed);
    if (!dataset.contentHash().equals(contentHash)) {
      throw BenchException.usage(
          Stage.DATA,
          directory
              + ": the files have changed since the search began (content hash "
              + dataset.contentHash()
              + ", was "
              + contentHash
              + "); put the old files back or start a new search");
    }
    return dataset;
  }

  /** How the data set's examples are varied in training. */
  public Augmentation augmentation() {
    return newProvider().augmentation();
  }

  private DatasetProvider newProvider() {
    return ByClassName.make(provider, DatasetProvider.class);
  }
}
