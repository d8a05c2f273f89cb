package org.hilbench.measure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hilbench.measure.Verdict.Equality;
import org.hilbench.measure.Verdict.OpVerdict;

/** A verdict in the making. */
final class Comparison {
  /** Rounding once or twice sets two results apart by this much. */
  private static final int ONE_ROUNDING = 1;

  private final List<OpCost> costs;
  private final List<OpVerdict> ops = new ArrayList<>();
  private final List<String> differences = new ArrayList<>();

  /** Operators whose kept output differs by more than a rounding. */
  private final Set<Integer> faraway = new HashSet<>();

  private boolean unexplained;

  Comparison(List<OpCost> costs) {
    this.costs = costs;
  }

  /** Compares the outputs for one input. */
  void inference(int number, Inference got, Expectation want) {
    if (!got.input().equals(want.input())) {
      throw new IllegalArgumentException("input " + number + " is not the expectation's");
    }
    boolean rounded = false;
    for (Map.Entry<Integer, Bytes> kept : want.kept().entrySet()) {
      rounded |= keptIsRounded(number, kept.getKey(), got, kept.getValue());
    }
    Apart apart = new Apart(got.output(), want.output());
    if (apart.any()) {
      differences.add(apart.text("output for input " + number));
      unexplained |= !(rounded || mayRound(want));
    }
  }

  /** Compares one kept output; true if it differs, and only by a rounding that is by design. */
  private boolean keptIsRounded(int number, int op, Inference got, Bytes want) {
    String what = "output of operator " + op + " (" + name(op) + ") for input " + number;
    Bytes actual = got.kept().get(op);
    if (actual == null) {
      differences.add(what + " was not read");
      unexplained = true;
      return false;
    }
    Apart apart = new Apart(actual, want);
    if (!apart.any()) {
      return false;
    }
    differences.add(apart.text(what));
    boolean rounded = Verifier.roundsDifferently(name(op)) && apart.largest() <= ONE_ROUNDING;
    if (!rounded) {
      faraway.add(op);
      unexplained = true;
    }
    return rounded;
  }

  /** Whether an operator that rounds differently was not looked at byte for byte. */
  private boolean mayRound(Expectation want) {
    return costs.stream()
        .anyMatch(
            op -> Verifier.roundsDifferently(op.op()) && !want.kept().containsKey(op.index()));
  }

  /** Compares the CRC of each operator's output. */
  void operators(Map<Integer, Long> expected) {
    for (OpCost op : costs) {
      Long crc = expected.get(op.index());
      if (crc != null) {
        operator(op, crc);
      }
    }
  }

  private void operator(OpCost op, long expected) {
    Equality equality = equality(op, expected);
    ops.add(new OpVerdict(op.index(), op.op(), equality, expected, op.outputCrc()));
    unexplained |= equality == Equality.DIFFERENT;
    if (equality != Equality.EQUAL) {
      differences.add(
          String.format(
              Locale.ROOT,
              "operator %d (%s): output CRC-32 %08x, the reference gives %08x%s",
              op.index(),
              op.op(),
              op.outputCrc(),
              expected,
              why(equality)));
    }
  }

  private Equality equality(OpCost op, long expected) {
    if (op.outputCrc() == expected) {
      return Equality.EQUAL;
    }
    if (seen(Equality.DIFFERENT) || faraway.contains(op.index())) {
      return Equality.DIFFERENT; // nothing behind a defect is excused
    }
    if (Verifier.roundsDifferently(op.op())) {
      return Equality.ROUNDS_DIFFERENTLY_BY_DESIGN;
    }
    return seen(Equality.ROUNDS_DIFFERENTLY_BY_DESIGN) ? Equality.FOLLOWS : Equality.DIFFERENT;
  }

  private boolean seen(Equality equality) {
    return ops.stream().anyMatch(op -> op.equality() == equality);
  }

  private static String why(Equality equality) {
    return switch (equality) {
      case ROUNDS_DIFFERENTLY_BY_DESIGN -> " (rounds differently by design)";
      case FOLLOWS -> " (behind one that rounds differently by design)";
      case DIFFERENT, EQUAL -> "";
    };
  }

  private String name(int op) {
    return costs.stream()
        .filter(cost -> cost.index() == op)
        .map(OpCost::op)
        .findFirst()
        .orElse("not looked at");
  }

  Verdict verdict() {
    return new Verdict(ops, differences, !unexplained);
  }

  /** How far two tensors are apart. */
  private static final class Apart {
    private final Bytes actual;
    private final Bytes expected;
    private final int first;
    private int count;
    private int largest;

    private Apart(Bytes actual, Bytes expected) {
      this.actual = actual;
      this.expected = expected;
      first = actual.firstDifference(expected);
      for (int i = Math.max(0, first); sameSize() && i < actual.size(); i++) {
        int apart = Math.abs(actual.at(i) - expected.at(i));
        count += apart == 0 ? 0 : 1;
        largest = Math.max(largest, apart);
      }
    }

    private boolean sameSize() {
      return actual.size() == expected.size();
    }

    private boolean any() {
      return first >= 0;
    }

    private int largest() {
      return sameSize() ? largest : Integer.MAX_VALUE;
    }

    private String text(String what) {
      return sameSize()
          ? String.format(
              Locale.ROOT,
              "%s: %d of %d bytes differ, by up to %d; the first at %d: device %d, reference %d",
              what,
              count,
              actual.size(),
              largest,
              first,
              actual.at(first),
              expected.at(first))
          : what + ": " + actual.size() + " bytes, the reference gives " + expected.size();
    }
  }
}
