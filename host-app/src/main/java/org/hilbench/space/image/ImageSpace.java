package org.hilbench.space.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Precision;
import org.hilbench.graph.Shape;
import org.hilbench.space.Architecture;
import org.hilbench.space.Choices;
import org.hilbench.space.Decisions;
import org.hilbench.space.Draw;
import org.hilbench.space.SearchSpace;
import org.hilbench.space.SpaceProvider;

/** The image networks within {@link SpaceBounds}. */
public final class ImageSpace implements SearchSpace {
  /** Of {@link Provider}. */
  public static final String NAME = "image";

  private final SpaceBounds bounds;
  private final RandomNetwork random;
  private final Mutation mutation;
  private final ImageDecisions decisions;

  /** Makes spaces of {@link SpaceBounds#smallImages}. */
  public static final class Provider implements SpaceProvider {
    @Override
    public String name() {
      return NAME;
    }

    @Override
    public Class<ImageNetwork> architectures() {
      return ImageNetwork.class;
    }

    @Override
    public ImageSpace space(Shape input, int classes, List<Precision> precisions) {
      return new ImageSpace(SpaceBounds.smallImages(input, classes).withPrecisions(precisions));
    }
  }

  public ImageSpace(SpaceBounds bounds) {
    this.bounds = Objects.requireNonNull(bounds);
    this.random = new RandomNetwork(bounds);
    this.mutation = new Mutation(bounds);
    this.decisions = new ImageDecisions(bounds);
  }

  public SpaceBounds bounds() {
    return bounds;
  }

  @Override
  public Optional<String> refusal(Architecture architecture) {
    return bounds.refusal(own(architecture));
  }

  @Override
  public Graph graph(Architecture architecture) {
    return architecture.toGraph(bounds.input(), bounds.classes());
  }

  @Override
  public List<Precision> precisions() {
    return bounds.precisions();
  }

  @Override
  public ImageSpace withPrecisions(List<Precision> choices) {
    return new ImageSpace(bounds.withPrecisions(choices));
  }

  @Override
  public Decisions decisions() {
    return decisions.all();
  }

  @Override
  public Choices choices(Architecture architecture) {
    return decisions.choices(own(architecture));
  }

  @Override
  public ImageNetwork architecture(Choices choices) {
    return decisions.network(choices);
  }

  @Override
  public ImageNetwork random(RandomGenerator generator) {
    return Draw.first(
        () -> random.draw(generator),
        bounds::admits,
        "no network was found within " + bounds.limits());
  }

  @Override
  public ImageNetwork mutate(Architecture parent, RandomGenerator generator) {
    String hash = parent.canonicalHash();
    return Draw.first(
        () -> mutation.step(own(parent), generator),
        drawn -> bounds.admits(drawn) && !drawn.canonicalHash().equals(hash),
        "no neighbour was found of " + parent.summary());
  }

  /** The front of one parent and the back of the other. */
  @Override
  public ImageNetwork crossover(
      Architecture mother, Architecture father, RandomGenerator generator) {
    List<String> parents = List.of(mother.canonicalHash(), father.canonicalHash());
    return Stream.generate(() -> splice(own(mother), own(father), generator))
        .limit(Draw.CROSSINGS)
        .filter(child -> !parents.contains(child.canonicalHash()) && bounds.admits(child))
        .findFirst()
        .orElseGet(() -> mutate(mother, generator));
  }

  private static ImageNetwork splice(
      ImageNetwork mother, ImageNetwork father, RandomGenerator generator) {
    boolean swapped = generator.nextBoolean();
    ImageNetwork front = swapped ? father : mother;
    ImageNetwork back = swapped ? mother : father;
    List<Block> blocks =
        new ArrayList<>(front.blocks().subList(0, generator.nextInt(front.blocks().size() + 1)));
    int from = generator.nextInt(back.blocks().size() + 1);
    blocks.addAll(back.blocks().subList(from, back.blocks().size()));
    return new ImageNetwork(front.stem(), blocks, back.head());
  }

  private static ImageNetwork own(Architecture architecture) {
    if (architecture instanceof ImageNetwork network) {
      return network;
    }
    throw new IllegalArgumentException(
        "a network of the space '" + architecture.space() + "' is no image network");
  }
}
