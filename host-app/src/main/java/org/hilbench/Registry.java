package org.hilbench;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What users and files can name: data sets, spaces, strategies. No two have one name, and a name
 * that is unknown is refused with all that are known.
 *
 * @param <P> what stands behind the names
 */
public abstract class Registry<P extends Registry.Named> {
  private static final int LONGEST_WORD = 60;

  private final Stage stage;
  private final String kind;
  private final List<P> providers;
  private final Map<String, P> byName = new TreeMap<>();

  /** Something behind a name. */
  public interface Named {
    /** One word by which users and files call it. */
    String name();
  }

  /**
   * Of these, in this order.
   *
   * @param stage to which an unknown name belongs
   * @param kind what messages call one of them, and its key in an experiment file: {@code dataset}
   */
  protected Registry(Stage stage, String kind, List<? extends P> providers) {
    this.stage = stage;
    this.kind = kind;
    this.providers = List.copyOf(providers);
    for (P provider : providers) {
      if (byName.putIfAbsent(provider.name(), provider) != null) {
        throw new IllegalArgumentException("more than one " + kind + ": '" + provider.name() + "'");
      }
    }
  }

  /** All of them, in their order. */
  public final List<P> providers() {
    return providers;
  }

  /** For messages and help, in their order. */
  public final List<String> names() {
    return providers.stream().<String>map(Named::name).toList();
  }

  /** The one of this name; empty where it is unknown. */
  public final Optional<P> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The one of this name. */
  public final P provider(String name) throws UnknownNameException {
    return find(name).orElseThrow(() -> unknown(name));
  }

  private UnknownNameException unknown(String name) {
    String word = kind + " '" + Printable.cut(name, LONGEST_WORD) + "'";
    String known = String.join(", ", names());
    return new UnknownNameException(stage, word + " is unknown; known: " + known);
  }
}
