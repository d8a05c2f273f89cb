package org.hilbench.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hilbench.BenchException;
import org.hilbench.Stage;

/** The data sets that a user can name. */
public record Datasets(List<DatasetProvider> providers) {
  public Datasets {
    providers = List.copyOf(providers);
    List<String> names = providers.stream().map(DatasetProvider::name).toList();
    if (Set.copyOf(names).size() < names.size()) {
      throw new IllegalArgumentException("two data sets have one name: " + names);
    }
  }

  /** Those that come with hilbench. */
  public static Datasets standard() {
    return new Datasets(List.of(new FashionMnist()));
  }

  /** The provider of this name. */
  public DatasetProvider provider(String name) throws BenchException {
    return providers.stream()
        .filter(provider -> provider.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
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

  private BenchException unknown(String name) {
    String known = providers.stream().map(DatasetProvider::name).collect(Collectors.joining(", "));
    return BenchException.usage(Stage.DATA, "dataset '" + name + "' is unknown; known: " + known);
  }
}
