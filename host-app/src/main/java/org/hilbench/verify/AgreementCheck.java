package org.hilbench.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hilbench.measure.Bytes;
import org.hilbench.measure.Inference;
import org.hilbench.measure.OpCost;
import org.hilbench.verify.Agreement.Equality;
import org.hilbench.verify.Agreement.OpAgreement;

/** An agreement in the making. */
final class AgreementCheck {
  private final List<OpCost> costs;
  private final List<OpAgreement> ops = new ArrayList<>();
  private final List<String> differences = new ArrayList<>();

  AgreementCheck(List<OpCost> costs) {
    this.costs = costs;
  }

  /** Compares the outputs for one input. */
  void inference(int number, Inference got, Expectation want) {
    if (!got.input().equals(want.input())) {
      throw new IllegalArgumentException("input " + number + " is not the expectation's");
    }
    for (Map.Entry<Integer, Bytes> kept : want.kept().entrySet()) {
      kept(number, kept.getKey(), got, kept.getValue());
    }
    bytes("output for input " + number, got.output(), want.output());
  }

  private void kept(int number, int op, Inference got, Bytes want) {
    String what = "output of operator " + op + " (" + name(op) + ") for input " + number;
    Bytes actual = got.kept().get(op);
    if (actual == null) {
      differences.add(what + " was not read");
    } else {
      bytes(what, actual, want);
    }
  }

  private void bytes(String what, Bytes actual, Bytes want) {
    Apart apart = new Apart(actual, want);
    if (apart.any()) {
      differences.add(apart.text(what));
    }
  }

  /** Compares the CRC of each operator's output; what is expected has to be there. */
  void operators(Map<Integer, Long> expected) {
    for (OpCost op : costs) {
      Long crc = expected.get(op.index());
      if (crc != null) {
        operator(op, crc);
      }
    }
    Set<Integer> missing = new TreeSet<>(expected.keySet());
    costs.forEach(op -> missing.remove(op.index()));
    missing.forEach(op -> differences.add("operator " + op + " was not looked at"));
  }

  private void operator(OpCost op, long expected) {
    Equality equality = op.outputCrc() == expected ? Equality.EQUAL : Equality.DIFFERENT;
    ops.add(new OpAgreement(op.index(), op.op(), equality, expected, op.outputCrc()));
    if (equality == Equality.DIFFERENT) {
      differences.add(
          String.format(
              Locale.ROOT,
              "operator %d (%s): output CRC-32 %08x, the reference gives %08x",
              op.index(),
              op.op(),
              op.outputCrc(),
              expected));
    }
  }

  private String name(int op) {
    return costs.stream()
        .filter(cost -> cost.index() == op)
        .map(OpCost::op)
        .findFirst()
        .orElse("not looked at");
  }

  Agreement agreement() {
    return new Agreement(ops, differences);
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
