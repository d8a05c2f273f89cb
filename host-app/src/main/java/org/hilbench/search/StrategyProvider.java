package org.hilbench.search;

import org.hilbench.Registry;

/**
 * A strategy behind a name: what it can be told, and how it is made. Stateless.
 *
 * @param <S> its settings: a record of numbers, words and truth values, whose component names are
 *     the keys of the strategy's block in an experiment file. Its constructor refuses a value that
 *     is out of range by an {@link IllegalArgumentException} that begins with the key.
 */
public interface StrategyProvider<S extends Record> extends Registry.Named {

  /** The settings of a strategy that has none. */
  record None() {}

  /** What users and experiment files call it, and its block of settings: {@code evolution}. */
  @Override
  String name();

  /** The settings that hold where nothing is said. */
  S defaults();

  SearchStrategy create(S settings, StrategyContext context);

  /** The strategy where nothing is said. */
  default SearchStrategy create(StrategyContext context) {
    return create(defaults(), context);
  }
}
