package org.hilbench.space.image;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.hilbench.space.Draw;

/**
 * One small random change to a network. The result may be beyond the limits, or be the same network
 * (a width at its border cannot grow): the space draws again.
 */
final class Mutation {
  private final SpaceBounds bounds;
  private final RandomNetwork random;

  Mutation(SpaceBounds bounds) {
    this.bounds = bounds;
    this.random = new RandomNetwork(bounds);
  }

  ImageNetwork step(ImageNetwork parent, RandomGenerator generator) {
    int die = generator.nextInt(parent.blocks().isEmpty() ? 3 : 10);
    if (die == 0) {
      return new ImageNetwork(changed(parent.stem(), generator), parent.blocks(), parent.head());
    }
    if (die <= 2) {
      return grown(parent, generator);
    }
    int at = generator.nextInt(parent.blocks().size());
    List<Block> blocks = new ArrayList<>(parent.blocks());
    if (die == 3) {
      blocks.remove(at);
    } else {
      blocks.set(at, changed(blocks.get(at), generator));
    }
    return new ImageNetwork(parent.stem(), blocks, parent.head());
  }

  private ImageNetwork grown(ImageNetwork parent, RandomGenerator generator) {
    List<Block> blocks = new ArrayList<>(parent.blocks());
    int at = generator.nextInt(blocks.size() + 1);
    int before = at == 0 ? parent.stem().width() : blocks.get(at - 1).width();
    blocks.add(at, random.block(random.widthAfter(before, generator), generator));
    return new ImageNetwork(parent.stem(), blocks, parent.head());
  }

  private Stem changed(Stem stem, RandomGenerator generator) {
    int kernel = stem.kernel();
    int width = stem.width();
    int stride = stem.stride();
    var activation = stem.activation();
    switch (generator.nextInt(4)) {
      case 0 -> kernel = Draw.neighbour(bounds.kernels(), kernel, generator);
      case 1 -> width = Draw.neighbour(bounds.widths(), width, generator);
      case 2 -> stride = Draw.neighbour(bounds.strides(), stride, generator);
      default -> activation = Draw.neighbour(bounds.activations(), activation, generator);
    }
    return new Stem(kernel, width, stride, activation, stem.quant());
  }

  private Block changed(Block block, RandomGenerator generator) {
    return switch (generator.nextInt(8)) {
      case 0 -> block.withKernel(Draw.neighbour(bounds.kernels(), block.kernel(), generator));
      case 1 -> block.withStride(Draw.neighbour(bounds.strides(), block.stride(), generator));
      case 2 -> block.withRepeats(Draw.neighbour(bounds.repeats(), block.repeats(), generator));
      case 3 -> block.withActivation(Draw.any(bounds.activations(), generator));
      case 4, 5 ->
          block.withKind(
              Draw.any(bounds.kinds(), generator), Draw.any(bounds.expansions(), generator));
      default -> block.withWidth(Draw.neighbour(bounds.widths(), block.width(), generator));
    };
  }
}
