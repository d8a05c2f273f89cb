package org.hilbench.search;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * What a list was folded into, kept for the next one: where that goes on from the last, only what
 * is new is added; where it does not, all is folded anew. So the cost of an ask does not grow with
 * the length of the search, and what comes out is the same.
 */
final class Folded<T, S> {
  private final Supplier<S> empty;
  private final BiConsumer<S, T> add;
  private List<T> items = List.of();
  private S state;

  Folded(Supplier<S> empty, BiConsumer<S, T> add) {
    this.empty = empty;
    this.add = add;
    this.state = empty.get();
  }

  /** The state after these items; it is changed by the next call. */
  S of(List<T> list) {
    boolean goesOn = list.size() >= items.size() && list.subList(0, items.size()).equals(items);
    if (!goesOn) {
      state = empty.get();
    }
    list.subList(goesOn ? items.size() : 0, list.size()).forEach(item -> add.accept(state, item));
    items = List.copyOf(list);
    return state;
  }
}
