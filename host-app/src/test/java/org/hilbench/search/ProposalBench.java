package org.hilbench.search;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.hilbench.BenchException;
import org.hilbench.space.Generators;

/**
 * Milliseconds of a processor that each strategy takes for an answer, early in a search and after
 * 1,000 trials.
 */
public final class ProposalBench {
  /** So that what else this machine does is not counted. */
  private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();

  private static final int EARLY = 100;
  private static final int LATE = 1_000;
  private static final int ASKS = 100;

  private ProposalBench() {}

  public static void main(String[] arguments) throws BenchException, InterruptedException {
    StrategyContext context =
        new StrategyContext(
            1, Generators.fashionSpace(), Goal.under(List.of()), LATE + ASKS, new MemoryServices());
    for (StrategyProvider<?> provider : Strategies.standard().providers()) {
      long[] nanos = answers(provider.create(context));
      String times =
          String.format(
              Locale.ROOT,
              "%s: after %d trials %.2f ms an answer, after %d trials %.2f ms (medians of %d)",
              provider.name(),
              EARLY,
              medianMillis(nanos, EARLY),
              LATE,
              medianMillis(nanos, LATE),
              ASKS);
      System.out.println(times);
    }
  }

  /** Nanoseconds of each ask, of a search whose trials end at once. */
  private static long[] answers(SearchStrategy strategy)
      throws BenchException, InterruptedException {
    long[] nanos = new long[LATE + ASKS];
    List<Asked> asked = new ArrayList<>();
    List<Told> told = new ArrayList<>();
    for (int number = 0; number < nanos.length; number++) {
      History history = new History(asked, told);
      long begin = PROCESSOR.getCurrentThreadCpuTime();
      Ask answer = strategy.ask(number, history);
      nanos[number] = PROCESSOR.getCurrentThreadCpuTime() - begin;
      asked.add(Asked.start(number, ((Ask.Start) answer).proposal()));
      told.add(
          asked.get(number).told(ProxyProblem.score(asked.get(number).proposal().architecture())));
    }
    return nanos;
  }

  private static double medianMillis(long[] nanos, int from) {
    return LongStream.of(nanos)
            .skip(from)
            .limit(ASKS)
            .sorted()
            .skip(ASKS / 2)
            .findFirst()
            .orElseThrow()
        / 1e6;
  }
}
