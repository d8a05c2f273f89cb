package org.hilbench.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hilbench.graph.Precision;
import org.hilbench.space.Architecture;
import org.hilbench.space.Generators;
import org.hilbench.space.SearchSpace;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What seeded searches proposed in the first version: a resumed search must go on with it. */
class GoldenProposalsTest {
  private static final int NETWORKS = 24;

  @ParameterizedTest
  @CsvSource({
    "evolution, false, 1, fe12d3a84e5d020d",
    "evolution, false, 2, 0b7c7352208a0cc2",
    "random, false, 1, 2b0840c55b8ad1b5",
    "evolution, true, 1, addd81a9c0107a6b",
    "evolution, true, 2, ddba69cdfd9edb46",
    "random, true, 1, 83441e61f015f7a4"
  })
  void aSeedProposesWhatItAlwaysDid(String name, boolean mixed, long seed, String sha256)
      throws Exception {
    SearchSpace int8 = Generators.fashionSpace();
    SearchSpace space = mixed ? int8.withPrecisions(List.of(Precision.values())) : int8;
    SearchStrategy strategy =
        Strategies.standard()
            .provider(name)
            .create(
                new StrategyContext(
                    seed, space, Goal.under(List.of()), NETWORKS, new MemoryServices()));
    TrialRunner runner =
        asked ->
            CompletableFuture.completedFuture(asked.told(score(asked.proposal().architecture())));
    List<Told> told =
        new SearchLoop(
                strategy, runner, SearchPlan.of(strategy.trials(NETWORKS)), SearchListener.NONE)
            .run(List.of())
            .told();
    assertEquals(sha256, sha256(told));
  }

  /** The proxy's score; each layer loses a little more than the one before. */
  private static Verdict score(Architecture architecture) {
    List<Double> lost =
        IntStream.range(0, architecture.convolutions()).mapToObj(layer -> layer * 0.003).toList();
    return new Verdict.Scored(ProxyProblem.score(architecture).values(), Map.of(), lost);
  }

  private static String sha256(List<Told> told) throws Exception {
    String text =
        told.stream()
            .sorted(Comparator.comparingInt(Told::trial))
            .map(Told::proposal)
            .map(one -> one.architecture().canonicalHash() + one.parents() + one.seen())
            .collect(Collectors.joining("\n"));
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest, 0, 8);
  }
}
