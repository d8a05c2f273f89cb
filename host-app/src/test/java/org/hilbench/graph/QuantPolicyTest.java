package org.hilbench.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class QuantPolicyTest {
  private static final QuantPolicy WIDE_MIDDLE =
      new QuantPolicy(List.of(Precision.W8A8, Precision.W8A16, Precision.W4A8));

  @Test
  void isHeldAsShortAsItCanBe() {
    assertEquals(QuantPolicy.INT8, new QuantPolicy(List.of(Precision.W8A8, Precision.W8A8)));
    assertEquals(
        QuantPolicy.all(Precision.W4A8), new QuantPolicy(List.of(Precision.W4A8, Precision.W4A8)));
    assertEquals(Precision.W4A8, WIDE_MIDDLE.of(9));
    assertEquals(
        List.of(Precision.W8A8, Precision.W4A8, Precision.W8A8),
        QuantPolicy.INT8.with(1, Precision.W4A8, 3).layers());
  }

  @Test
  void isAListInJson() throws Exception {
    JsonMapper json = JsonMapper.builder().build();
    String text = json.writeValueAsString(WIDE_MIDDLE);
    assertEquals("[\"w8a8\",\"w8a16\",\"w4a8\"]", text);
    assertEquals(WIDE_MIDDLE, json.readValue(text, QuantPolicy.class));
  }

  @Test
  void givesItsTypesToTheLayersAndIsReadBackFromThem() {
    Graph typed = WIDE_MIDDLE.applied(skip());
    assertEquals(WIDE_MIDDLE, QuantPolicy.of(typed));
    assertEquals(skip(), QuantPolicy.INT8.applied(typed));
    List<DataType> types = typed.tensors().stream().map(Tensor::type).toList();
    DataType narrow = DataType.INT8;
    DataType wide = DataType.INT16;
    // input, first, second, ADD of both, third, softmax
    assertEquals(List.of(narrow, narrow, wide, wide, narrow, narrow), types);
  }

  @Test
  void aTensorChangesItsWidthOnceHoweverManyOpsReadIt() {
    WidthChanges changes = WidthChanges.in(WIDE_MIDDLE.applied(skip()));
    assertEquals(
        "Conv2d Quantize Conv2d Add Quantize Conv2d Softmax",
        changes.graph().nodes().stream()
            .map(node -> node.op().getClass().getSimpleName())
            .collect(Collectors.joining(" ")));
    assertEquals(
        List.of("n0", "t1.int16", "n1", "n2", "t3.int8", "n3", "n4"),
        changes.graph().nodes().stream().map(Node::label).toList());
    assertEquals(List.of(0, 1, 1, 2, 3, 3, 4, 5), changes.tensorOrigins());
  }

  @Test
  void aNetworkOfOneWidthStaysAsItWas() {
    assertEquals(skip(), WidthChanges.in(skip()).graph());
    Graph placed = WidthChanges.in(WIDE_MIDDLE.applied(skip())).graph();
    assertThrows(IllegalArgumentException.class, () -> QuantPolicy.INT8.applied(placed));
  }

  /** Two convolutions, their sum, a third, and a softmax. */
  private static Graph skip() {
    GraphBuilder builder = new GraphBuilder(new Shape(4, 4, 2), DataType.INT8);
    Op conv = new Op.Conv2d(2, Window.same(1, 1), 1, Activation.RELU, true, DataType.INT8);
    int first = builder.add(conv, builder.input());
    int second = builder.add(conv, first);
    int sum = builder.add(new Op.Add(Activation.NONE), first, second);
    return builder.build(builder.add(new Op.Softmax(), builder.add(conv, sum)));
  }
}
