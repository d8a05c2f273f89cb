package org.hilbench.fuzz;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.hilbench.bench.LyingConversations;
import org.hilbench.cli.HostileMutants;
import org.hilbench.cli.KilledSearches;
import org.hilbench.operators.OperatorModels;
import org.hilbench.protocol.DamagedFrames;

/** The campaigns by name, and the program that runs one: {@code NAME --count N --seed S}. */
public final class Campaigns {
  private static final Map<String, Supplier<Campaign>> ALL =
      new TreeMap<>(
          Map.<String, Supplier<Campaign>>ofEntries(
              Map.entry("conversations", LyingConversations::new),
              Map.entry("frames", DamagedFrames::new),
              Map.entry("kills", KilledSearches::new),
              Map.entry("models", HostileMutants::new),
              Map.entry("mutants", KernelMutants::new),
              Map.entry("operators", OperatorModels::here),
              Map.entry("operators-m4", OperatorModels::onSimulatedM4)));

  private static final int USAGE = 2;

  private Campaigns() {}

  public static void main(String[] args) throws Exception {
    if (args.length != 5 || !args[1].equals("--count") || !args[3].equals("--seed")) {
      System.err.println("NAME --count N --seed S; NAME is one of " + ALL.keySet());
      System.exit(USAGE);
    }
    Supplier<Campaign> campaign = ALL.get(args[0]);
    if (campaign == null) {
      System.err.println("no campaign '" + args[0] + "'; known: " + ALL.keySet());
      System.exit(USAGE);
      return;
    }
    long begin = System.nanoTime();
    CampaignResult result =
        campaign.get().run(Long.parseLong(args[2]), Long.parseLong(args[4]), System.err::println);
    result.failures().forEach(System.out::println);
    result.endings().forEach((ending, cases) -> System.out.println(cases + " " + ending));
    System.out.println(
        result.cases()
            + " cases of "
            + args[0]
            + ", seed "
            + args[4]
            + ", "
            + (System.nanoTime() - begin) / 1_000_000_000
            + " s: "
            + result.failures().size()
            + " failed");
    System.exit(result.failures().isEmpty() ? 0 : 1);
  }
}
