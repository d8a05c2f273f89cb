package org.hilbench.space;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws a network choice by choice; it may be beyond the limits. Widths tend upwards from the stem
 * to the head, as in all networks that are worth their MACs, but any width may follow any.
 */
final class RandomArchitecture {
  private final SpaceBounds bounds;

  RandomArchitecture(SpaceBounds bounds) {
    this.bounds = bounds;
  }

  Architecture draw(RandomGenerator generator) {
    Stem stem =
        new Stem(
            Choice.any(bounds.kernels(), generator),
            lowWidth(generator),
            Choice.any(bounds.strides(), generator),
            Choice.any(bounds.activations(), generator));
    int count =
        bounds.fewestBlocks() + generator.nextInt(bounds.mostBlocks() - bounds.fewestBlocks() + 1);
    List<Block> blocks = new ArrayList<>();
    int width = stem.width();
    for (int i = 0; i < count; i++) {
      width = widthAfter(width, generator);
      blocks.add(block(width, generator));
    }
    Architecture drawn = new Architecture(stem, blocks);
    PrecisionChoice precisions = new PrecisionChoice(bounds.precisions());
    return precisions.varied() ? precisions.drawn(drawn, generator) : drawn;
  }

  /** A block of this width. */
  Block block(int width, RandomGenerator generator) {
    BlockKind kind = Choice.any(bounds.kinds(), generator);
    int expansion = kind.expands() ? Choice.any(bounds.expansions(), generator) : 1;
    return new Block(
        kind,
        Choice.any(bounds.kernels(), generator),
        width,
        expansion,
        Choice.any(bounds.strides(), generator),
        Choice.any(bounds.repeats(), generator),
        Choice.any(bounds.activations(), generator));
  }

  private int lowWidth(RandomGenerator generator) {
    List<Integer> widths = bounds.widths();
    return Choice.any(widths.subList(0, (widths.size() + 1) / 2), generator);
  }

  /** Mostly the same width or one or two steps more, seldom less. */
  int widthAfter(int width, RandomGenerator generator) {
    List<Integer> widths = bounds.widths();
    int index = widths.indexOf(width) + generator.nextInt(4) - (generator.nextInt(4) == 0 ? 1 : 0);
    return widths.get(Math.max(0, Math.min(widths.size() - 1, index)));
  }
}
