package org.hilbench.space.image;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.hilbench.space.Draw;
import org.hilbench.space.PrecisionChoice;

/**
 * Draws a network choice by choice; it may be beyond the limits. Widths tend upwards from the stem
 * to the head, as in all networks that are worth their MACs, but any width may follow any.
 */
final class RandomNetwork {
  private final SpaceBounds bounds;

  RandomNetwork(SpaceBounds bounds) {
    this.bounds = bounds;
  }

  ImageNetwork draw(RandomGenerator generator) {
    Stem stem =
        new Stem(
            Draw.any(bounds.kernels(), generator),
            lowWidth(generator),
            Draw.any(bounds.strides(), generator),
            Draw.any(bounds.activations(), generator));
    int count =
        bounds.fewestBlocks() + generator.nextInt(bounds.mostBlocks() - bounds.fewestBlocks() + 1);
    List<Block> blocks = new ArrayList<>();
    int width = stem.width();
    for (int i = 0; i < count; i++) {
      width = widthAfter(width, generator);
      blocks.add(block(width, generator));
    }
    ImageNetwork drawn = new ImageNetwork(stem, blocks);
    PrecisionChoice precisions = new PrecisionChoice(bounds.precisions());
    return precisions.varied() ? drawn.withPolicy(precisions.drawn(drawn, generator)) : drawn;
  }

  /** A block of this width. */
  Block block(int width, RandomGenerator generator) {
    BlockKind kind = Draw.any(bounds.kinds(), generator);
    int expansion = kind.expands() ? Draw.any(bounds.expansions(), generator) : 1;
    return new Block(
        kind,
        Draw.any(bounds.kernels(), generator),
        width,
        expansion,
        Draw.any(bounds.strides(), generator),
        Draw.any(bounds.repeats(), generator),
        Draw.any(bounds.activations(), generator));
  }

  private int lowWidth(RandomGenerator generator) {
    List<Integer> widths = bounds.widths();
    return Draw.any(widths.subList(0, (widths.size() + 1) / 2), generator);
  }

  /** Mostly the same width or one or two steps more, seldom less. */
  int widthAfter(int width, RandomGenerator generator) {
    List<Integer> widths = bounds.widths();
    int index = widths.indexOf(width) + generator.nextInt(4) - (generator.nextInt(4) == 0 ? 1 : 0);
    return widths.get(Math.max(0, Math.min(widths.size() - 1, index)));
  }
}
