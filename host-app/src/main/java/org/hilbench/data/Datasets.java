package org.hilbench.data;

import java.nio.file.Path;
import java.util.List;
import org.hilbench.BenchException;
import org.hilbench.Registry;
import org.hilbench.Stage;

/** The data sets that a user can name. */
public final class Datasets extends Registry<DatasetProvider> {
  public Datasets(List<DatasetProvider> providers) {
    super(Stage.DATA, "dataset", providers);
  }

  /** Those that come with hilbench. */
  public static Datasets standard() {
    return new Datasets(List.of(new FashionMnist()));
  }

  /**
   * The data set of this name, loaded.
   *
   * @param folder of its files; empty for its default folder
   * @throws BenchException (USAGE) for a name that is unknown, or as the provider says
   */
  public Dataset load(String name, String folder) throws BenchException {
    DatasetProvider provider = provider(name);
    return provider.load(folder.isEmpty() ? provider.defaultDirectory() : Path.of(folder));
  }
}
