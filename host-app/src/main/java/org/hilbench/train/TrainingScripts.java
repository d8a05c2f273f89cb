package org.hilbench.train;

import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hilbench.graph.ActivationRanges;
import org.hilbench.graph.Graph;

/**
 * The TorchScript programs of one graph: several whole training steps, the scores of a batch, and
 * the range of every tensor of a batch. A whole step in one script spares tiny networks a native
 * call for each op.
 */
final class TrainingScripts {
  private static final String WEIGHTS = "kernels: List[Tensor], vectors: List[Tensor]";
  private static final String STATISTICS = ", statistics: List[Tensor]";
  private static final String SCHEMES =
      ", weightScales: List[Tensor], scales: List[Tensor], zeroPoints: List[Tensor]";

  private final boolean quantized;
  private final Graph graph;
  private final ParameterLayout layout;
  private final int kernels;
  private final int vectors;

  TrainingScripts(Graph graph, ParameterLayout layout, boolean quantized) {
    this.quantized = quantized;
    this.graph = graph;
    this.layout = layout;
    kernels = layout.kernels().size();
    vectors = layout.vectors().size();
  }

  /**
   * Takes inputs [steps, batch, H, W, C] (float), labels [steps, batch] (int64), the learning rate
   * of each step, the weights and their AdamW moments, which it changes in place; returns the loss
   * of each step.
   *
   * @param frozen whether batch norm's statistics stay as they are
   */
  String steps(double weightDecay, double labelSmoothing, boolean frozen) {
    GraphScript network = new GraphScript(graph, layout, !frozen, quantized, "      ");
    return String.format(
        Locale.ROOT,
        """
          def forward(self: __torch__.M, inputBlock: Tensor, labelBlock: Tensor, rates: Tensor, \
        %s, kernelMeans: List[Tensor], kernelSquares: List[Tensor], kernelSteps: List[Tensor], \
        vectorMeans: List[Tensor], vectorSquares: List[Tensor], vectorSteps: List[Tensor]) -> Tensor:
            losses = annotate(List[Tensor], [])
            for step in range(torch.size(inputBlock, 0)):
              inputs = torch.select(inputBlock, 0, step)
              labels = torch.select(labelBlock, 0, step)
        %s%s%s%s
              losses.append(torch.detach(loss))
            return torch.stack(losses)
        """,
        weights(),
        leaves(),
        network.lines(),
        loss(network, labelSmoothing),
        update(weightDecay));
  }

  /** Takes inputs [batch, H, W, C] and the weights; returns scores [batch, classes]. */
  String scores() {
    GraphScript network = new GraphScript(graph, layout, false, quantized, "    ");
    return String.format(
        Locale.ROOT,
        """
          def forward(self: __torch__.M, inputs: Tensor, %s) -> Tensor:
        %s%s    return torch.flatten(%s, 1)
        """,
        weights(),
        aliases(),
        network.lines(),
        network.logits());
  }

  /**
   * Takes inputs [batch, H, W, C] and the weights; returns [tensors, 2]: least and greatest value
   * of each tensor before its own rounding, so that a range can grow as well as shrink.
   */
  String ranges() {
    GraphScript network = new GraphScript(graph, layout, false, quantized, "    ");
    String rows =
        joined(
            graph.tensors().size(),
            tensor ->
                String.format(
                    Locale.ROOT,
                    "torch.stack([torch.min(%1$s), torch.max(%1$s)])",
                    network.unrounded(tensor)));
    return String.format(
        Locale.ROOT,
        """
          def forward(self: __torch__.M, inputs: Tensor, %s) -> Tensor:
        %s%s    return torch.stack([%s])
        """,
        weights(),
        aliases(),
        network.lines(),
        rows);
  }

  /**
   * Takes inputs [batch, H, W, C] and the weights; returns, one tensor behind the other, the counts
   * in bins over each range, then the mean of each channel of each tensor.
   */
  String observations(ActivationRanges ranges, int bins) {
    GraphScript network = new GraphScript(graph, layout, false, quantized, "    ");
    int tensors = graph.tensors().size();
    String counts =
        joined(
            tensors,
            tensor -> {
              ActivationRanges.Range range = ranges.of(tensor);
              return String.format(
                  Locale.ROOT,
                  "torch.histc(t%d, %d, %s, %s)",
                  tensor,
                  bins,
                  Float.toString(range.min()),
                  Float.toString(range.max()));
            });
    String means = joined(tensors, tensor -> "torch.mean(t" + tensor + ", [0, 2, 3])");
    return String.format(
        Locale.ROOT,
        """
          def forward(self: __torch__.M, inputs: Tensor, %s) -> Tensor:
        %s%s    return torch.cat([%s, %s])
        """,
        weights(),
        aliases(),
        network.lines(),
        counts,
        means);
  }

  private String weights() {
    // An argument to which no tensor is given would be missed.
    String statistics = layout.statistics().isEmpty() ? "" : STATISTICS;
    return WEIGHTS + statistics + (quantized ? SCHEMES : "");
  }

  private String leaves() {
    return lines(
            kernels,
            i ->
                String.format(
                    Locale.ROOT,
                    "      k%1$d = torch.requires_grad_(torch.detach(kernels[%1$d]), True)\n",
                    i))
        + lines(
            vectors,
            i ->
                String.format(
                    Locale.ROOT,
                    "      b%1$d = torch.requires_grad_(torch.detach(vectors[%1$d]), True)\n",
                    i));
  }

  private String aliases() {
    return lines(kernels, i -> String.format(Locale.ROOT, "    k%1$d = kernels[%1$d]\n", i))
        + lines(vectors, i -> String.format(Locale.ROOT, "    b%1$d = vectors[%1$d]\n", i));
  }

  private static String loss(GraphScript network, double labelSmoothing) {
    return String.format(
        Locale.ROOT,
        "      loss = torch.cross_entropy_loss(torch.flatten(%s, 1), labels, None, 1, -100, %s)\n",
        network.logits(),
        Double.toString(labelSmoothing));
  }

  private String update(double weightDecay) {
    String all =
        Stream.concat(names("k", kernels), names("b", vectors)).collect(Collectors.joining(", "));
    return "      gradients = torch.grad([loss], ["
        + all
        + "], None, None, False, False)\n"
        + adamW("kernel", joined(kernels, i -> gradient(i)), weightDecay)
        + adamW("vector", joined(vectors, i -> gradient(kernels + i)), 0);
  }

  /** The fused step wants gradients laid out as the weights are. */
  private static String gradient(int index) {
    return "torch.contiguous(unchecked_cast(Tensor, gradients[" + index + "]))";
  }

  private static String adamW(String group, String gradients, double weightDecay) {
    return String.format(
        Locale.ROOT,
        """
              torch._foreach_add_(%1$sSteps, 1)
              torch._fused_adamw_(%1$ss, [%2$s], %1$sMeans, %1$sSquares, annotate(List[Tensor], []), \
        %1$sSteps, lr=torch.select(rates, 0, step), beta1=0.9, beta2=0.999, weight_decay=%3$s, eps=1e-8, \
        amsgrad=False, maximize=False)
        """,
        group,
        gradients,
        Double.toString(weightDecay));
  }

  private static Stream<String> names(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i);
  }

  private static String lines(int count, IntFunction<String> line) {
    return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining());
  }

  private static String joined(int count, IntFunction<String> item) {
    return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(", "));
  }
}
