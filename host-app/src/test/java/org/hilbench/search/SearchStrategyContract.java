package org.hilbench.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.hilbench.space.Architecture;
import org.hilbench.space.SearchSpace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every strategy keeps to; who adds one supplies how it is made. */
@Timeout(300)
abstract class SearchStrategyContract {
  private static final int NETWORKS = 14;
  private static final int WINDOW = 4;

  /** A new one for so many networks, that drew nothing yet. */
  abstract SearchStrategy strategy(long seed, int networks);

  /** The space that it draws from. */
  abstract SearchSpace space();

  private SearchStrategy strategy() {
    return strategy(1, NETWORKS);
  }

  private SearchPlan plan(int inFlight) {
    return new SearchPlan(strategy().trials(NETWORKS), TellOrder.BY_NUMBER, WINDOW, inFlight);
  }

  /** The tells by their asks' numbers. */
  private List<Told> search(
      SearchStrategy strategy,
      int inFlight,
      Function<Architecture, Verdict> bench,
      List<Told> stored)
      throws Exception {
    try (DelayedRunner runner = new DelayedRunner(inFlight, 3_000, bench)) {
      return new SearchLoop(strategy, runner, plan(inFlight), SearchListener.NONE)
          .run(stored).told().stream().sorted(Comparator.comparingInt(Told::number)).toList();
    }
  }

  private List<Told> search() throws Exception {
    return search(strategy(), WINDOW + 1, ProxyProblem::score, List.of());
  }

  /** Asked anew, last ask first, by one instance and by fresh ones. */
  @Test
  void anAnswerDependsOnSeedNumberAndHistoryAlone() throws Exception {
    List<Told> told = search();
    SearchStrategy one = strategy();
    for (int number = told.size() - 1; number >= 0; number--) {
      Asked asked = told.get(number).asked();
      List<Asked> before = told.subList(0, number).stream().map(Told::asked).toList();
      History history = new History(before, told.subList(0, asked.proposal().seen()));
      assertEquals(ask(asked), one.ask(number, history), "ask " + number);
      assertEquals(ask(asked), strategy().ask(number, history), "ask " + number);
    }
  }

  private static Ask ask(Asked asked) {
    return asked.key().rung() == 0
        ? new Ask.Start(asked.proposal())
        : new Ask.Promote(asked.key().number(), asked.key().rung());
  }

  @Test
  void howManyTrialsAreInFlightChangesNoAnswer() throws Exception {
    List<Told> single = search(strategy(), 1, ProxyProblem::score, List.of());
    for (int inFlight : new int[] {2, 5}) {
      assertEquals(single, search(strategy(), inFlight, ProxyProblem::score, List.of()));
    }
  }

  @Test
  void aResumedSearchGoesOnToTheSame() throws Exception {
    List<Told> whole = search();
    for (int stored : new int[] {1, whole.size() / 2, whole.size() - 1}) {
      List<Told> prefix = whole.subList(0, stored);
      assertEquals(whole, search(strategy(), 3, ProxyProblem::score, prefix));
    }
  }

  @Test
  void everyTrialIsANewNetworkOfTheSpaceWithParentsThatWereSeen() throws Exception {
    Set<String> hashes = new HashSet<>();
    Set<TrialKey> keys = new HashSet<>();
    List<Told> told = search();
    for (Told one : told) {
      Proposal proposal = one.proposal();
      Architecture network = proposal.architecture();
      assertTrue(keys.add(one.key()), one.key() + " is asked for twice");
      assertTrue(one.key().rung() > 0 || hashes.add(network.canonicalHash()), network::summary);
      assertTrue(space().admits(network), network::summary);
      Set<Integer> seen = new HashSet<>();
      told.subList(0, proposal.seen()).forEach(before -> seen.add(before.trial()));
      assertTrue(seen.containsAll(proposal.parents()), one.key() + " of " + proposal.parents());
    }
    assertTrue(hashes.size() >= NETWORKS, hashes.size() + " networks");
  }

  @Test
  void anotherSeedGivesAnotherSearch() throws Exception {
    assertNotEquals(search(), search(strategy(2, NETWORKS), 5, ProxyProblem::score, List.of()));
  }

  @Test
  void itGoesOnWhereTrialsFailAndWhereNothingFits() throws Exception {
    List<Verdict> bad = List.of(new Verdict.Failed("no compiler"), new Verdict.Rejected("RAM", 2));
    for (Verdict verdict : bad) {
      List<Told> told = search(strategy(), 2, network -> verdict, List.of());
      assertTrue(told.size() >= NETWORKS, told.size() + " are " + verdict);
    }
  }
}
