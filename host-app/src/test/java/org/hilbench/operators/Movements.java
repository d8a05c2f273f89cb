package org.hilbench.operators;

import java.util.ArrayList;
import java.util.List;
import org.hilbench.operators.Sketch.T;
import org.tensorflow.lite.schema.ArgMaxOptionsT;
import org.tensorflow.lite.schema.ArgMinOptionsT;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.ConcatenationOptionsT;
import org.tensorflow.lite.schema.PackOptionsT;
import org.tensorflow.lite.schema.PadOptionsT;
import org.tensorflow.lite.schema.PadV2OptionsT;
import org.tensorflow.lite.schema.ReshapeOptionsT;
import org.tensorflow.lite.schema.ResizeNearestNeighborOptionsT;
import org.tensorflow.lite.schema.SplitOptionsT;
import org.tensorflow.lite.schema.StridedSliceOptionsT;
import org.tensorflow.lite.schema.UnpackOptionsT;

/** Operators that move elements and change none. */
final class Movements {
  private final Sketch sketch;
  private final Chance chance;

  Movements(Sketch sketch, Chance chance) {
    this.sketch = sketch;
    this.chance = chance;
  }

  /** Now and then one of another scale, which such an operator may ignore, refuse or heed. */
  private T output(T in, int... shape) {
    return chance.percent(95)
        ? sketch.like(in, shape)
        : sketch.activation(
            shape,
            in.type(),
            in.scale() * 1.3f,
            in.type() == Sketch.INT16 ? 0 : chance.zeroPoint());
  }

  T reshape(T in) {
    int elements = in.elements();
    int first = divisor(elements);
    int[] shape =
        switch (chance.below(4)) {
          case 0 -> new int[] {elements};
          case 1 -> new int[] {first, elements / first};
          case 2 -> new int[] {1, first, 1, elements / first};
          default -> new int[] {1, first, elements / first};
        };
    int[] asked = shape.clone();
    if (chance.percent(30)) {
      asked[chance.below(asked.length)] = -1;
    }
    ReshapeOptionsT options = new ReshapeOptionsT();
    boolean asTensor = chance.percent(60);
    options.setNewShape(asTensor && chance.percent(50) ? new int[0] : asked);
    T output = output(in, shape);
    int[] inputs =
        asTensor
            ? new int[] {in.index(), sketch.ints(new int[] {asked.length}, asked)}
            : new int[] {in.index()};
    sketch.operator(
        BuiltinOperator.RESHAPE, 1, BuiltinOptions.ReshapeOptions, options, inputs, output.index());
    return output;
  }

  private int divisor(int of) {
    int found = 1;
    for (int i = 1; i <= of; i++) {
      if (of % i == 0 && chance.percent(40)) {
        found = i;
      }
    }
    return found;
  }

  T pad(T in) {
    int[] paddings = new int[2 * in.rank()];
    int[] shape = in.shape().clone();
    for (int i = 0; i < in.rank(); i++) {
      boolean padded = chance.percent(i == 0 ? 10 : 60);
      paddings[2 * i] = padded ? chance.below(4) : 0;
      paddings[2 * i + 1] = padded ? chance.below(4) : 0;
      shape[i] += paddings[2 * i] + paddings[2 * i + 1];
    }
    int[] table = {in.rank(), 2};
    int amounts = chance.percent(20) ? sketch.longs(table, paddings) : sketch.ints(table, paddings);
    T output = output(in, shape);
    boolean second = chance.percent(35);
    List<Integer> inputs = new ArrayList<>(List.of(in.index(), amounts));
    if (second) {
      byte[] value = chance.bytes(1);
      float scale = chance.percent(90) ? in.scale() : chance.scale();
      int zero = chance.percent(90) ? in.zeroPoint() : chance.zeroPoint();
      inputs.add(sketch.constant(new int[] {1}, Sketch.INT8, scale, zero, value).index());
    }
    sketch.operator(
        second ? BuiltinOperator.PADV2 : BuiltinOperator.PAD,
        chance.of(1, 2, 2, 3, 4),
        second ? BuiltinOptions.PadV2Options : BuiltinOptions.PadOptions,
        second ? new PadV2OptionsT() : new PadOptionsT(),
        ints(inputs),
        output.index());
    return output;
  }

  T concatenation(T in) {
    int axis = chance.below(in.rank());
    int count = chance.percent(5) ? chance.in(9, 12) : chance.in(1, 4);
    List<Integer> inputs = new ArrayList<>();
    int[] shape = in.shape().clone();
    shape[axis] = 0;
    for (int i = 0; i < count; i++) {
      int[] part = in.shape().clone();
      boolean itself = i == 0 || chance.percent(20);
      part[axis] = itself ? part[axis] : chance.in(1, 4);
      shape[axis] += part[axis];
      boolean other = chance.percent(4);
      int width = in.type() == Sketch.INT16 ? 2 : 1;
      inputs.add(
          itself
              ? in.index()
              : sketch
                  .constant(
                      part,
                      in.type(),
                      other ? chance.scale() : in.scale(),
                      in.zeroPoint(),
                      chance.bytes(width * Sketch.product(part)))
                  .index());
    }
    java.util.Collections.rotate(inputs, chance.below(count));
    ConcatenationOptionsT options = new ConcatenationOptionsT();
    options.setAxis(chance.percent(30) ? axis - in.rank() : axis);
    options.setFusedActivationFunction(chance.percent(4) ? (byte) 1 : 0);
    T output = output(in, shape);
    sketch.operator(
        BuiltinOperator.CONCATENATION,
        chance.of(1, 2, 2, 3, 4),
        BuiltinOptions.ConcatenationOptions,
        options,
        ints(inputs),
        output.index());
    return output;
  }

  T stridedSlice(T in) {
    int rank = in.rank();
    int[] begin = new int[rank];
    int[] end = new int[rank];
    int[] strides = new int[rank];
    List<Integer> shape = new ArrayList<>();
    int beginMask = 0;
    int endMask = 0;
    int shrinkMask = 0;
    int ellipsis = chance.percent(12) ? chance.below(rank) : -1;
    int newAxis = ellipsis < 0 && chance.percent(8) && rank < 4 ? 0 : -1;
    for (int i = 0; i < rank; i++) {
      int side = in.shape()[i];
      boolean backwards = chance.percent(12);
      int from = chance.below(side);
      int to = chance.in(from + 1, side);
      strides[i] = chance.percent(70) ? 1 : chance.in(1, 3);
      begin[i] = chance.percent(20) ? from - side : from;
      end[i] = chance.percent(20) && to < side ? to - side : to;
      if (backwards && from > 0) {
        strides[i] = -strides[i];
        begin[i] = from;
        end[i] = from - chance.in(1, from);
        to = end[i];
      }
      boolean fromStart = chance.percent(30);
      boolean toEnd = chance.percent(30);
      beginMask |= fromStart ? 1 << i : 0;
      endMask |= toEnd ? 1 << i : 0;
      boolean down = strides[i] < 0;
      int first = fromStart ? (down ? side - 1 : 0) : from;
      int last = toEnd ? (down ? -1 : side) : to;
      int length = (Math.abs(last - first) + Math.abs(strides[i]) - 1) / Math.abs(strides[i]);
      boolean shrink = !down && chance.percent(8) && rank > 1;
      if (i == ellipsis) {
        length = side;
        shrink = false;
      }
      if (shrink) {
        shrinkMask |= 1 << i;
        beginMask &= ~(1 << i);
      } else {
        shape.add(Math.max(1, length));
      }
    }
    StridedSliceOptionsT options = new StridedSliceOptionsT();
    options.setBeginMask(beginMask);
    options.setEndMask(endMask);
    options.setShrinkAxisMask(shrinkMask);
    options.setEllipsisMask(ellipsis < 0 ? 0 : 1 << ellipsis);
    options.setNewAxisMask(newAxis < 0 ? 0 : 1);
    if (newAxis == 0) {
      begin = before(begin);
      end = before(end);
      strides = before(strides);
      shape.add(0, 1);
      options.setBeginMask(beginMask << 1);
      options.setEndMask(endMask << 1);
      options.setShrinkAxisMask(shrinkMask << 1);
    }
    if (shape.isEmpty()) {
      return in;
    }
    T output = output(in, ints(shape));
    int[] table = {begin.length};
    sketch.operator(
        BuiltinOperator.STRIDED_SLICE,
        chance.of(1, 2, 2, 3, 4),
        BuiltinOptions.StridedSliceOptions,
        options,
        new int[] {
          in.index(),
          sketch.ints(table, begin),
          sketch.ints(table, end),
          sketch.ints(table, strides)
        },
        output.index());
    return output;
  }

  private static int[] before(int[] values) {
    int[] more = new int[values.length + 1];
    more[0] = 1;
    System.arraycopy(values, 0, more, 1, values.length);
    return more;
  }

  /** One of the outputs goes on; the others are joined to it, or nobody reads them. */
  T split(T in) {
    int axis = chance.below(in.rank());
    int count = divisor(in.shape()[axis]);
    int[] shape = in.shape().clone();
    shape[axis] /= count;
    List<T> outputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      outputs.add(output(in, shape));
    }
    SplitOptionsT options = new SplitOptionsT();
    options.setNumSplits(count);
    int at = sketch.ints(new int[0], chance.percent(30) ? axis - in.rank() : axis);
    sketch.operator(
        BuiltinOperator.SPLIT,
        chance.of(1, 2, 2, 3, 4),
        BuiltinOptions.SplitOptions,
        options,
        new int[] {at, in.index()},
        ints(outputs.stream().map(T::index).toList()));
    return outputs.get(chance.below(count));
  }

  T unpack(T in) {
    int axis = chance.below(in.rank());
    int count = in.shape()[axis];
    List<Integer> rest = new ArrayList<>();
    for (int i = 0; i < in.rank(); i++) {
      if (i != axis) {
        rest.add(in.shape()[i]);
      }
    }
    if (rest.isEmpty() || count > 9) {
      return in;
    }
    List<T> outputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      outputs.add(output(in, ints(rest)));
    }
    UnpackOptionsT options = new UnpackOptionsT();
    options.setNum(count);
    options.setAxis(chance.percent(30) ? axis - in.rank() : axis);
    sketch.operator(
        BuiltinOperator.UNPACK,
        chance.of(1, 2, 2, 3, 4),
        BuiltinOptions.UnpackOptions,
        options,
        new int[] {in.index()},
        ints(outputs.stream().map(T::index).toList()));
    return outputs.get(chance.below(count));
  }

  T pack(T in) {
    int count = chance.in(1, 4);
    int axis = chance.below(in.rank() + 1);
    if (in.rank() > 4) {
      return in;
    }
    List<Integer> shape = new ArrayList<>();
    for (int side : in.shape()) {
      shape.add(side);
    }
    shape.add(axis, count);
    List<Integer> inputs = new ArrayList<>();
    int width = in.type() == Sketch.INT16 ? 2 : 1;
    for (int i = 0; i < count; i++) {
      inputs.add(
          chance.percent(50)
              ? in.index()
              : sketch
                  .constant(
                      in.shape(),
                      in.type(),
                      in.scale(),
                      in.zeroPoint(),
                      chance.bytes(width * in.elements()))
                  .index());
    }
    inputs.set(0, in.index());
    PackOptionsT options = new PackOptionsT();
    options.setValuesCount(count);
    options.setAxis(chance.percent(30) ? axis - in.rank() - 1 : axis);
    T output = output(in, ints(shape));
    sketch.operator(
        BuiltinOperator.PACK,
        chance.of(1, 2, 2, 3, 4),
        BuiltinOptions.PackOptions,
        options,
        ints(inputs),
        output.index());
    return output;
  }

  T resize(T in) {
    int height = chance.in(1, 12);
    int width = chance.in(1, 12);
    ResizeNearestNeighborOptionsT options = new ResizeNearestNeighborOptionsT();
    int kind = chance.below(3);
    options.setAlignCorners(kind == 1);
    options.setHalfPixelCenters(kind == 2);
    T output = output(in, in.shape()[0], height, width, in.last());
    sketch.operator(
        BuiltinOperator.RESIZE_NEAREST_NEIGHBOR,
        chance.of(1, 2, 2, 3, 4),
        BuiltinOptions.ResizeNearestNeighborOptions,
        options,
        new int[] {in.index(), sketch.ints(new int[] {2}, height, width)},
        output.index());
    return output;
  }

  /** An index of int32 that nobody reads. */
  T argument(T in) {
    boolean most = chance.percent(50);
    int axis = chance.below(in.rank());
    List<Integer> rest = new ArrayList<>();
    for (int i = 0; i < in.rank(); i++) {
      if (i != axis) {
        rest.add(in.shape()[i]);
      }
    }
    T output = sketch.activation(ints(rest), Sketch.INT32, 0, 0);
    Object options = new ArgMaxOptionsT();
    if (most) {
      ((ArgMaxOptionsT) options).setOutputType(Sketch.INT32);
    } else {
      options = new ArgMinOptionsT();
      ((ArgMinOptionsT) options).setOutputType(Sketch.INT32);
    }
    sketch.operator(
        most ? BuiltinOperator.ARG_MAX : BuiltinOperator.ARG_MIN,
        chance.of(1, 1, 2, 3),
        most ? BuiltinOptions.ArgMaxOptions : BuiltinOptions.ArgMinOptions,
        options,
        new int[] {in.index(), sketch.ints(new int[] {1}, axis)},
        output.index());
    return in;
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }
}
