package org.hilbench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what a device gave with what a reference says. Pure. */
public final class Verifier {
  /**
   * TensorFlow Lite's reference rounds a FULLY_CONNECTED once, TensorFlow Lite Micro twice: a logit
   * may be off by one.
   */
  private static final Set<String> ROUND_DIFFERENTLY = Set.of("FULLY_CONNECTED");

  private Verifier() {}

  /** Whether this operator may differ from the reference by design. */
  public static boolean roundsDifferently(String op) {
    return ROUND_DIFFERENTLY.contains(op);
  }

  /**
   * @param expected one for each input of the measurement, in its order; the operators' CRCs are
   *     compared for the first
   */
  public static Verdict compare(Measurement measurement, List<Expectation> expected) {
    List<Inference> got = measurement.outputs();
    if (got.size() != expected.size()) {
      throw new IllegalArgumentException(
          got.size() + " outputs and " + expected.size() + " expectations");
    }
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < got.size(); i++) {
      compare(i, got.get(i), expected.get(i), measurement.ops(), differences);
    }
    List<Verdict.OpVerdict> ops = ops(measurement.ops(), expected.get(0).opCrcs(), differences);
    return new Verdict(ops, differences);
  }

  private static void compare(
      int number, Inference got, Expectation want, List<OpCost> ops, List<String> differences) {
    if (!got.input().equals(want.input())) {
      throw new IllegalArgumentException("input " + number + " is not the expectation's");
    }
    compare("output for input " + number, got.output(), want.output(), differences);
    for (Map.Entry<Integer, Bytes> kept : want.kept().entrySet()) {
      int op = kept.getKey();
      String what = "output of operator " + op + name(op, ops) + " for input " + number;
      Bytes actual = got.kept().get(op);
      if (actual == null) {
        differences.add(what + " was not read");
      } else {
        compare(what, actual, kept.getValue(), differences);
      }
    }
  }

  private static void compare(String what, Bytes actual, Bytes expected, List<String> differences) {
    int at = actual.firstDifference(expected);
    if (at < 0) {
      return;
    }
    if (actual.size() != expected.size()) {
      differences.add(
          what + ": " + actual.size() + " bytes, the reference gives " + expected.size());
      return;
    }
    int count = 0;
    int largest = 0;
    for (int i = at; i < actual.size(); i++) {
      int apart = Math.abs(actual.at(i) - expected.at(i));
      count += apart == 0 ? 0 : 1;
      largest = Math.max(largest, apart);
    }
    differences.add(
        String.format(
            "%s: %d of %d bytes differ, by up to %d; the first at %d: device %d, reference %d",
            what, count, actual.size(), largest, at, actual.at(at), expected.at(at)));
  }

  private static List<Verdict.OpVerdict> ops(
      List<OpCost> ops, Map<Integer, Long> expected, List<String> differences) {
    List<Verdict.OpVerdict> verdicts = new ArrayList<>();
    boolean explained = false;
    for (OpCost op : ops) {
      Long crc = expected.get(op.index());
      if (crc == null) {
        continue;
      }
      Verdict.Equality equality = equality(op, crc, explained);
      explained |= equality == Verdict.Equality.ROUNDS_DIFFERENTLY_BY_DESIGN;
      verdicts.add(new Verdict.OpVerdict(op.index(), op.op(), equality, crc, op.outputCrc()));
      if (equality != Verdict.Equality.EQUAL) {
        differences.add(difference(op, crc, equality));
      }
    }
    return verdicts;
  }

  private static Verdict.Equality equality(OpCost op, long expected, boolean explained) {
    if (op.outputCrc() == expected) {
      return Verdict.Equality.EQUAL;
    }
    if (roundsDifferently(op.op())) {
      return Verdict.Equality.ROUNDS_DIFFERENTLY_BY_DESIGN;
    }
    return explained ? Verdict.Equality.FOLLOWS : Verdict.Equality.DIFFERENT;
  }

  private static String difference(OpCost op, long expected, Verdict.Equality equality) {
    String why =
        switch (equality) {
          case ROUNDS_DIFFERENTLY_BY_DESIGN -> " (rounds differently by design)";
          case FOLLOWS -> " (behind one that rounds differently by design)";
          case DIFFERENT, EQUAL -> "";
        };
    return String.format(
        "operator %d (%s): output CRC-32 %08x, the reference gives %08x%s",
        op.index(), op.op(), op.outputCrc(), expected, why);
  }

  private static String name(int op, List<OpCost> ops) {
    return ops.stream()
        .filter(cost -> cost.index() == op)
        .map(cost -> " (" + cost.op() + ")")
        .findFirst()
        .orElse("");
  }
}
