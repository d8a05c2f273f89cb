package org.hilbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hilbench.data.Datasets;
import org.hilbench.search.Strategies;
import org.hilbench.space.Spaces;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Data sets, spaces and strategies are looked up in one way. */
class RegistryTest {
  /** One of each kind that a user can name, and how another is made of its providers. */
  record Kind<P extends Registry.Named>(
      Registry<P> standard, Function<List<P>, Registry<P>> anew, String word) {
    Registry<P> twice() {
      List<P> all = new ArrayList<>(standard.providers());
      all.addAll(standard.providers());
      return anew.apply(all);
    }

    void isFoundByItsName(P one) throws BenchException {
      assertSame(one, standard.provider(one.name()));
      assertSame(one, standard.find(one.name()).orElseThrow());
    }
  }

  static Stream<Kind<?>> kinds() {
    return Stream.of(
        new Kind<>(Datasets.standard(), Datasets::new, "dataset"),
        new Kind<>(Spaces.standard(), Spaces::new, "space"),
        new Kind<>(Strategies.standard(), Strategies::new, "strategy"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  <P extends Registry.Named> void eachIsFoundByItsName(Kind<P> kind) throws Exception {
    for (P one : kind.standard.providers()) {
      kind.isFoundByItsName(one);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void twoOfOneNameAreRefused(Kind<?> kind) {
    var refused = assertThrows(IllegalArgumentException.class, kind::twice);
    String first = kind.standard.names().get(0);
    assertEquals("more than one " + kind.word + ": '" + first + "'", refused.getMessage());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void anUnknownNameIsRefusedWithThoseThatAreKnown(Kind<?> kind) {
    assertTrue(kind.standard.find("no such").isEmpty());
    var refused =
        assertThrows(UnknownNameException.class, () -> kind.standard.provider("no\nsuch"));
    assertEquals(BenchException.Kind.USAGE, refused.kind());
    String known = String.join(", ", kind.standard.names());
    assertEquals(kind.word + " 'no\\x0asuch' is unknown; known: " + known, refused.getMessage());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theNamesAreSingleWords(Kind<?> kind) {
    List<String> names = kind.standard.names();
    assertFalse(names.isEmpty());
    assertEquals(names.size(), Set.copyOf(names).size());
    names.forEach(name -> assertTrue(name.matches("[a-zA-Z][a-zA-Z0-9-]*"), name));
  }
}
