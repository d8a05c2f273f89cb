package org.hilbench.search;

import java.util.List;
import java.util.stream.Stream;
import org.hilbench.graph.Precision;
import org.hilbench.space.Generators;
import org.hilbench.space.SearchSpace;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each strategy that a user can name, and one of the tests alone, where all is int8 and where
 * precision is searched too.
 */
@ParameterizedClass(name = "{0}, mixed {1}")
@MethodSource("cases")
class KnownStrategiesTest extends SearchStrategyContract {
  @Parameter(0)
  StrategyProvider<?> known;

  @Parameter(1)
  boolean mixed;

  static Stream<Arguments> cases() {
    return Stream.concat(Strategies.standard().providers().stream(), Stream.of(new HillClimbing()))
        .flatMap(one -> Stream.of(false, true).map(mixed -> Arguments.of(one, mixed)));
  }

  @Override
  SearchSpace space() {
    SearchSpace int8 = Generators.fashionSpace();
    return mixed ? int8.withPrecisions(List.of(Precision.values())) : int8;
  }

  @Override
  SearchStrategy strategy(long seed, int networks) {
    return known.create(
        new StrategyContext(seed, space(), Goal.under(List.of()), networks, new MemoryServices()));
  }
}
