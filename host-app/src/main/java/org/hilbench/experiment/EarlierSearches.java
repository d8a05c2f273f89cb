package org.hilbench.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.space.Spaces;
import org.hilbench.store.SqliteTrialStore;
import org.hilbench.store.TrialStore;
import org.hilbench.trial.ArtifactSource;

/**
 * Searches that were made before, open to read: a network that they trained is taken from there.
 */
final class EarlierSearches implements AutoCloseable {
  private final List<TrialStore> stores = new ArrayList<>();

  private EarlierSearches() {}

  /**
   * Opens them.
   *
   * @param spaces of their networks
   * @throws BenchException (USAGE) if a folder holds no search; what {@link
   *     SqliteTrialStore#openToRead} throws
   */
  static EarlierSearches open(List<Path> folders, Spaces spaces) throws BenchException {
    EarlierSearches earlier = new EarlierSearches();
    try {
      for (Path folder : folders) {
        requireSearch(folder);
        earlier.stores.add(SqliteTrialStore.openToRead(folder, spaces));
      }
      return earlier;
    } catch (BenchException | RuntimeException e) {
      earlier.close();
      throw e;
    }
  }

  private static void requireSearch(Path folder) throws BenchException {
    if (!Files.exists(folder.resolve(SqliteTrialStore.FILE_NAME))) {
      throw BenchException.usage(
          Stage.STORE,
          "--reuse "
              + folder
              + ": there is no "
              + SqliteTrialStore.FILE_NAME
              + "; name the --out folder of an earlier search");
    }
  }

  /** First what this store has, then what these have, in their order. */
  ArtifactSource after(TrialStore own) {
    return ArtifactSource.of(own, List.copyOf(stores));
  }

  @Override
  public void close() {
    stores.forEach(TrialStore::close);
  }
}
