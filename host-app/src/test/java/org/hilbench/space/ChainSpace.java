package org.hilbench.space;

import static org.hilbench.space.Decision.categorical;
import static org.hilbench.space.Decision.ordinal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.hilbench.graph.Activation;
import org.hilbench.graph.DataType;
import org.hilbench.graph.Graph;
import org.hilbench.graph.GraphBuilder;
import org.hilbench.graph.Op;
import org.hilbench.graph.Precision;
import org.hilbench.graph.QuantPolicy;
import org.hilbench.graph.Shape;
import org.hilbench.graph.Window;
import org.hilbench.space.Decision.Condition;

/**
 * A second space, for tests: convolutions in a row that differ in a few numbers. It is all that
 * there is to a space; it breeds by its decisions.
 *
 * @param precisions that each convolution may have
 */
public record ChainSpace(Shape input, int classes, List<Precision> precisions)
    implements SearchSpace {
  private static final List<Integer> DEPTHS = List.of(1, 2, 3);
  private static final List<Integer> WIDTHS = List.of(4, 6, 8, 12);

  /** None of 1: with a stride of 2, PyTorch corrupts memory when it derives such a convolution. */
  private static final List<Integer> KERNELS = List.of(3, 5, 7);

  private static final List<Activation> ACTIVATIONS = List.of(Activation.RELU, Activation.RELU6);
  private static final long MOST_PARAMS = 5_000;

  /** A network: {@code depth} convolutions of stride 2, and one to the classes. */
  public record Chain(int depth, int width, int kernel, Activation activation, QuantPolicy quant)
      implements Architecture {
    @Override
    public String space() {
      return "chain";
    }

    @Override
    public Graph toGraph(Shape input, int classes) {
      GraphBuilder layers = new GraphBuilder(input, DataType.INT8);
      int last = layers.input();
      for (int i = 0; i < depth; i++) {
        Window window = Window.same(kernel, 2);
        last =
            layers.add(
                "c" + i, new Op.Conv2d(width, window, 1, activation, true, DataType.INT8), last);
      }
      int pooled = layers.add("pool", new Op.GlobalAveragePool(), last);
      Window one = Window.same(1, 1);
      Op scores = new Op.Conv2d(classes, one, 1, Activation.NONE, false, DataType.INT8);
      int logits = layers.add("logits", new Op.Flatten(), layers.add("classes", scores, pooled));
      return quant.applied(layers.build(layers.add("scores", new Op.Softmax(), logits)));
    }

    @Override
    public QuantPolicy policy() {
      return new QuantPolicy(quant.first(convolutions()));
    }

    @Override
    public int convolutions() {
      return depth + 1;
    }

    @Override
    public Chain withPolicy(QuantPolicy policy) {
      QuantPolicy own = new QuantPolicy(policy.first(convolutions()));
      return new Chain(depth, width, kernel, activation, own);
    }

    @Override
    public String summary() {
      return "chain " + depth + " x " + width + " k" + kernel + " " + policy().summary();
    }

    private Map<String, Object> values() {
      Map<String, Object> values = new HashMap<>();
      values.put("depth", depth);
      values.put("width", width);
      values.put("kernel", kernel);
      values.put("activation", activation);
      IntStream.range(0, depth).forEach(i -> values.put("c" + i + ".precision", quant.of(i)));
      values.put("classes.precision", quant.of(depth));
      return values;
    }
  }

  /** Makes it. */
  public static final class Provider implements SpaceProvider {
    @Override
    public String name() {
      return "chain";
    }

    @Override
    public Class<Chain> architectures() {
      return Chain.class;
    }

    @Override
    public ChainSpace space(Shape input, int classes, List<Precision> precisions) {
      return new ChainSpace(input, classes, precisions);
    }
  }

  @Override
  public Decisions decisions() {
    List<Decision> all = new ArrayList<>();
    all.add(ordinal("depth", DEPTHS));
    all.add(ordinal("width", WIDTHS));
    all.add(ordinal("kernel", KERNELS));
    all.add(categorical("activation", ACTIVATIONS));
    all.add(categorical("c0.precision", precisions));
    all.add(categorical("c1.precision", precisions, new Condition("depth", Set.of("2", "3"))));
    all.add(categorical("c2.precision", precisions, new Condition("depth", Set.of("3"))));
    all.add(categorical("classes.precision", precisions));
    return new Decisions(all);
  }

  @Override
  public Choices choices(Architecture architecture) {
    Choices choices = decisions().take(((Chain) architecture).values());
    if (!architecture(choices).equals(architecture)) {
      throw new IllegalArgumentException("not of this space: " + architecture);
    }
    return choices;
  }

  @Override
  public Chain architecture(Choices choices) {
    decisions().require(choices);
    int depth = choices.among(DEPTHS, "depth");
    List<Precision> quant = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      quant.add(choices.among(precisions, "c" + i + ".precision"));
    }
    quant.add(choices.among(precisions, "classes.precision"));
    return new Chain(
        depth,
        choices.among(WIDTHS, "width"),
        choices.among(KERNELS, "kernel"),
        choices.among(ACTIVATIONS, "activation"),
        new QuantPolicy(quant));
  }

  @Override
  public Optional<String> refusal(Architecture architecture) {
    QuantPolicy policy = architecture.policy();
    long params = graph(architecture).params();
    if (!precisions.containsAll(policy.first(architecture.convolutions()))) {
      return Optional.of("its precisions " + policy.summary() + " are not of " + precisions);
    }
    return params > MOST_PARAMS ? Optional.of(params + " parameters") : Optional.empty();
  }

  @Override
  public Graph graph(Architecture architecture) {
    return architecture.toGraph(input, classes);
  }

  @Override
  public ChainSpace withPrecisions(List<Precision> choices) {
    return new ChainSpace(input, classes, choices);
  }
}
