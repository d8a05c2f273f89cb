package org.hilbench.tflite;

import java.util.List;
import java.util.Optional;
import org.hilbench.BenchException;
import org.tensorflow.lite.schema.BuiltinOperator;

/** Operators that move elements by axes and indices: those must lie inside of the tensors. */
final class IndexShapes {
  private final Facts facts;

  private IndexShapes(Facts facts) {
    this.facts = facts;
  }

  static void check(Facts facts) throws BenchException {
    IndexShapes shapes = new IndexShapes(facts);
    switch (facts.operator().builtinCode()) {
      case BuiltinOperator.PAD, BuiltinOperator.PADV2, BuiltinOperator.MIRROR_PAD -> shapes.pad();
      case BuiltinOperator.MEAN, BuiltinOperator.SUM, BuiltinOperator.REDUCE_MAX -> shapes.reduce();
      case BuiltinOperator.ARG_MAX, BuiltinOperator.ARG_MIN -> shapes.arg();
      case BuiltinOperator.CONCATENATION -> shapes.concatenation();
      case BuiltinOperator.PACK -> shapes.pack();
      case BuiltinOperator.UNPACK -> shapes.unpack();
      case BuiltinOperator.SPLIT -> shapes.split();
      case BuiltinOperator.SLICE -> shapes.slice();
      case BuiltinOperator.STRIDED_SLICE -> shapes.stridedSlice();
      case BuiltinOperator.TRANSPOSE -> shapes.transpose();
      case BuiltinOperator.RESIZE_NEAREST_NEIGHBOR, BuiltinOperator.RESIZE_BILINEAR ->
          shapes.resize();
      default -> {}
    }
  }

  private void pad() throws BenchException {
    List<Integer> shape = facts.shape(0);
    facts.require(
        facts.shape(1).equals(List.of(shape.size(), 2)),
        "pads " + shape + " by a table of " + facts.shape(1));
    Optional<long[]> table = facts.indices(1);
    if (table.isEmpty()) {
      return;
    }
    long elements = 1;
    for (int axis = 0; axis < shape.size(); axis++) {
      long before = table.get()[2 * axis];
      long behind = table.get()[2 * axis + 1];
      facts.require(
          Math.min(before, behind) >= 0 && Math.max(before, behind) <= Short.MAX_VALUE,
          "pads axis " + axis + " by " + before + " and " + behind);
      elements = Math.min(Integer.MAX_VALUE, elements * (shape.get(axis) + before + behind));
    }
    ShapeChecks.requireOutput(facts, elements);
  }

  private void reduce() throws BenchException {
    List<Integer> shape = facts.shape(0);
    Optional<long[]> axes = facts.indices(1);
    if (axes.isEmpty()) {
      return;
    }
    boolean[] reduced = new boolean[shape.size()];
    for (long axis : axes.get()) {
      reduced[facts.axis(axis, shape.size())] = true;
    }
    long elements = 1;
    for (int axis = 0; axis < reduced.length; axis++) {
      elements *= reduced[axis] ? 1 : shape.get(axis);
    }
    ShapeChecks.requireOutput(facts, elements);
  }

  private void arg() throws BenchException {
    facts.require(facts.input(1).elements() == 1, "has an axis of " + facts.shape(1));
    Optional<long[]> axis = facts.indices(1);
    if (axis.isPresent()) {
      List<Integer> shape = facts.shape(0);
      int side = shape.get(facts.axis(axis.get()[0], shape.size()));
      ShapeChecks.requireOutput(facts, facts.input(0).elements() / side);
    }
  }

  private void concatenation() throws BenchException {
    List<Integer> first = facts.shape(0);
    int axis = facts.axis(facts.option(0, 0), first.size());
    long elements = 0;
    for (int place = 0; place < facts.operator().inputs().size(); place++) {
      List<Integer> shape = facts.shape(place);
      facts.require(alike(first, shape, axis), "joins " + first + " and " + shape);
      elements += facts.input(place).elements();
    }
    ShapeChecks.requireOutput(facts, elements);
  }

  private static boolean alike(List<Integer> one, List<Integer> other, int but) {
    boolean alike = one.size() == other.size();
    for (int axis = 0; alike && axis < one.size(); axis++) {
      alike = axis == but || one.get(axis).equals(other.get(axis));
    }
    return alike;
  }

  private void pack() throws BenchException {
    int inputs = facts.operator().inputs().size();
    facts.require(facts.option(0, 0) == inputs, "packs " + facts.option(0, 0) + " of " + inputs);
    int unused = facts.axis(facts.option(1, 0), facts.shape(0).size() + 1);
    for (int place = 1; place < inputs; place++) {
      boolean same = facts.shape(place).equals(facts.shape(0));
      facts.require(same, "packs " + facts.shape(0) + " and " + facts.shape(place));
    }
    ShapeChecks.requireOutput(facts, inputs * facts.input(0).elements());
  }

  private void unpack() throws BenchException {
    int axis = facts.axis(facts.option(1, 0), facts.shape(0).size());
    int parts = facts.shape(0).get(axis);
    boolean stated = facts.option(0, 0) == parts;
    facts.require(stated, "unpacks " + facts.option(0, 0) + " of " + facts.shape(0));
    requireParts(0, parts);
  }

  private void split() throws BenchException {
    facts.require(facts.input(0).elements() == 1, "has an axis of " + facts.shape(0));
    int parts = facts.option(0, 0);
    Optional<long[]> stated = facts.indices(0);
    if (stated.isPresent()) {
      int side = facts.shape(1).get(facts.axis(stated.get()[0], facts.shape(1).size()));
      boolean even = parts > 0 && side % parts == 0;
      facts.require(even, "splits a side of " + side + " into " + parts);
    }
    requireParts(1, parts);
  }

  /** Outputs that share what an input has. */
  private void requireParts(int input, int parts) throws BenchException {
    int outputs = facts.operator().outputs().size();
    facts.require(outputs == parts, "has " + outputs + " outputs for " + parts + " parts");
    for (int place = 0; place < outputs; place++) {
      boolean fits = facts.output(place).elements() * parts == facts.input(input).elements();
      facts.require(fits, "has an output of " + facts.output(place).shape() + " as a part");
    }
  }

  private void slice() throws BenchException {
    List<Integer> shape = facts.shape(0);
    Optional<long[]> begins = facts.indices(1);
    Optional<long[]> sizes = facts.indices(2);
    if (begins.isEmpty() || sizes.isEmpty()) {
      return;
    }
    long[] begin = begins.get();
    long[] size = sizes.get();
    boolean ranks = begin.length == shape.size() && size.length == shape.size();
    facts.require(ranks, "slices " + shape + " by " + begin.length + " and " + size.length);
    for (int axis = 0; axis < begin.length; axis++) {
      long side = shape.get(axis);
      boolean inside = begin[axis] >= 0 && begin[axis] < side;
      boolean ends = size[axis] == -1 || (size[axis] >= 1 && size[axis] <= side - begin[axis]);
      facts.require(
          inside && ends, "slices axis " + axis + " of " + shape + " from " + begin[axis]);
    }
  }

  private void stridedSlice() throws BenchException {
    List<Integer> shape = facts.shape(0);
    facts.require(
        facts.shape(1).size() == 1
            && facts.shape(1).equals(facts.shape(2))
            && facts.shape(1).equals(facts.shape(3)),
        "has begins, ends and strides of "
            + List.of(facts.shape(1), facts.shape(2), facts.shape(3)));
    int given = facts.shape(1).get(0);
    boolean whole = facts.option(2, 0) == 0 && facts.option(3, 0) == 0;
    facts.require(given <= shape.size() || !whole, "slices " + shape + " along " + given + " axes");
    for (int place = 1; place <= 3; place++) {
      for (long index : facts.indices(place).orElse(new long[0])) {
        boolean sane = index == (int) index && (place < 3 || index != 0);
        facts.require(sane, "has " + index + " among its begins, ends and strides");
      }
    }
  }

  private void transpose() throws BenchException {
    List<Integer> shape = facts.shape(0);
    Optional<long[]> order = facts.indices(1);
    if (order.isPresent()) {
      facts.require(order.get().length == shape.size(), "permutes " + order.get().length + " axes");
      boolean[] seen = new boolean[shape.size()];
      for (long stated : order.get()) {
        int axis = facts.axis(stated, shape.size());
        facts.require(!seen[axis], "names axis " + axis + " twice");
        seen[axis] = true;
      }
    }
    ShapeChecks.requireOutput(facts, facts.input(0).elements());
  }

  private void resize() throws BenchException {
    List<Integer> shape = facts.shape(0);
    boolean planes = shape.size() == 4 && facts.input(1).elements() == 2;
    facts.require(planes, "resizes " + shape + " to " + facts.shape(1));
    Optional<long[]> size = facts.indices(1);
    if (size.isPresent()) {
      List<Integer> out = facts.output(0).shape();
      boolean stated =
          out.size() == 4 && out.get(1) == size.get()[0] && out.get(2) == size.get()[1];
      facts.require(stated, "has an output of " + out);
      ShapeChecks.requireOutput(
          facts, (long) shape.get(0) * out.get(1) * out.get(2) * shape.get(3));
    }
  }
}
