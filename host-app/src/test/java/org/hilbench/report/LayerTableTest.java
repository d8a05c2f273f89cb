package org.hilbench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hilbench.graph.Activation;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Precision;
import org.hilbench.graph.QuantPolicy;
import org.hilbench.graph.Shape;
import org.hilbench.graph.WidthChanges;
import org.hilbench.measure.OpCost;
import org.hilbench.quantity.Quantity;
import org.hilbench.quantity.Unit;
import org.hilbench.space.Architecture;
import org.hilbench.space.image.Block;
import org.hilbench.space.image.BlockKind;
import org.hilbench.space.image.ImageNetwork;
import org.hilbench.space.image.Stem;
import org.junit.jupiter.api.Test;

class LayerTableTest {
  private static final Architecture NETWORK =
      new ImageNetwork(
          new Stem(3, 8, 2, Activation.RELU),
          List.of(new Block(BlockKind.CONV, 3, 16, 1, 1, 1, Activation.RELU)));

  @Test
  void everyOperatorOfANetworkOfMixedWidthsHasItsBitsAndItsCost() {
    QuantPolicy policy = new QuantPolicy(List.of(Precision.W4A8, Precision.W8A16, Precision.W8A8));
    Graph network = NETWORK.withPolicy(policy).toGraph(new Shape(28, 28, 1), 10);
    Graph runs = WidthChanges.in(network).graph();
    assertTrue(runs.nodes().size() > network.nodes().size(), "QUANTIZE is placed");
    List<OpCost> costs =
        runs.nodes().stream()
            .map(
                node ->
                    new OpCost(node.id(), "", new Quantity.Simulated(1, Unit.INSTRUCTIONS), 1, 0))
            .toList();
    List<Page.Layer> layers = LayerTable.of(runs, costs, List.of(0.012, 0.0, 0.3));
    assertTrue(layers.stream().allMatch(layer -> layer.cost().size() == 1));
    assertEquals(
        List.of("conv, 4-bit weights", "quantize, int16", "conv, int16"),
        layers.stream().limit(3).map(Page.Layer::op).toList());
    assertEquals(
        List.of("1.2 pp", "", "0.0 pp"),
        layers.stream().limit(3).map(Page.Layer::lostInFourBits).toList());
    assertTrue(layers.stream().anyMatch(layer -> layer.op().equals("quantize")), "and back");
  }
}
