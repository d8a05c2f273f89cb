package org.hilbench.search;

import java.util.List;

/** The strategies that a user can name. */
public record Strategies(List<StrategyProvider<?>> providers) {
  public Strategies {
    providers = List.copyOf(providers);
  }

  /** Those that come with hilbench. */
  public static Strategies standard() {
    return new Strategies(
        List.of(new SteadyStateEvolution.Provider(), new RandomSearch.Provider()));
  }

  /** The provider of this name, or {@link IllegalArgumentException} naming those that exist. */
  public StrategyProvider<?> provider(String name) {
    return providers.stream()
        .filter(provider -> provider.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "strategy '" + name + "' is unknown; known: " + String.join(", ", names())));
  }

  /** For messages and help. */
  public List<String> names() {
    return providers.stream().<String>map(StrategyProvider::name).toList();
  }
}
