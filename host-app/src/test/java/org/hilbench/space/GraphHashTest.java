package org.hilbench.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hilbench.graph.DataType;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Quantization;
import org.hilbench.graph.Shape;
import org.hilbench.graph.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two ops that differ in anything at all differ in their hash, those to come as well. */
class GraphHashTest {
  /** Every operation there is, found by the compiler's list. */
  static Stream<Class<?>> ops() {
    return concrete(Op.class);
  }

  private static Stream<Class<?>> concrete(Class<?> type) {
    return type.isRecord()
        ? Stream.of(type)
        : Arrays.stream(type.getPermittedSubclasses()).flatMap(GraphHashTest::concrete);
  }

  @ParameterizedTest
  @MethodSource("ops")
  void everyAttributeOfEveryOpIsInTheHash(Class<?> type) throws Exception {
    Map<String, Object> seen = new HashMap<>();
    for (Object op : samples(type)) {
      Object other = seen.put(hash((Op) op), op);
      assertEquals(null, other, () -> op + " has the hash of " + other);
    }
  }

  @Test
  void noTwoOpsShareAHash() throws Exception {
    Map<String, Object> seen = new HashMap<>();
    for (Class<?> type : ops().toList()) {
      Object op = samples(type).get(0);
      assertEquals(null, seen.put(hash((Op) op), op));
    }
  }

  @Test
  void anOpThatIsNewIsHashedWithAllItsComponents() {
    record Blur(int radius, Edge edge) {
      record Edge(String kind) {}
    }
    String text = GraphHash.components(new Blur(2, new Blur.Edge("wrap")));
    assertEquals("Blur radius=2 edge=(Edge kind=wrap)", text);
    assertEquals("Softmax", GraphHash.components(new Op.Softmax()));
  }

  /** A record of this type, and for each of its components one that differs in it alone. */
  private static List<Object> samples(Class<?> type) throws Exception {
    RecordComponent[] components = type.getRecordComponents();
    Object[] first = new Object[components.length];
    for (int i = 0; i < first.length; i++) {
      first[i] = values(components[i].getType()).get(0);
    }
    List<Object> samples = new ArrayList<>(List.of(make(type, first)));
    for (int i = 0; i < first.length; i++) {
      int before = samples.size();
      List<Object> values = values(components[i].getType());
      for (Object value : values.subList(1, values.size())) {
        Object[] changed = first.clone();
        changed[i] = value;
        addIfItMayBe(samples, type, changed);
      }
      assertTrue(samples.size() > before, "no other value for " + components[i]);
    }
    return samples;
  }

  private static void addIfItMayBe(List<Object> samples, Class<?> type, Object[] values)
      throws Exception {
    try {
      samples.add(make(type, values));
    } catch (InvocationTargetException e) {
      assertTrue(e.getCause() instanceof IllegalArgumentException, e.getCause()::toString);
    }
  }

  private static List<Object> values(Class<?> type) throws Exception {
    if (type.isEnum()) {
      return List.of(type.getEnumConstants());
    }
    if (type.isRecord()) {
      return samples(type);
    }
    Map<Class<?>, List<Object>> known =
        Map.of(
            int.class, List.of(2, 4, 1),
            long.class, List.of(2L, 4L, 1L),
            double.class, List.of(0.5, 0.25),
            float.class, List.of(0.5f, 0.25f),
            boolean.class, List.of(false, true),
            String.class, List.of("a", "b"));
    assertTrue(known.containsKey(type), () -> "say here which values a " + type + " may have");
    return known.get(type);
  }

  private static Object make(Class<?> type, Object[] values) throws Exception {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    Constructor<?> canonical = type.getDeclaredConstructor(types);
    canonical.setAccessible(true);
    return canonical.newInstance(values);
  }

  /** Of a graph of this op alone, over inputs that any op takes. */
  private static String hash(Op op) {
    Shape shape = new Shape(8, 8, 4);
    int inputs = op instanceof Op.Add ? 2 : 1;
    Shape out = op.outputShape(Collections.nCopies(inputs, shape));
    List<Tensor> tensors = List.of(tensor(0, shape), tensor(1, out));
    Node node = new Node(0, "n0", op, Collections.nCopies(inputs, 0), 1);
    return GraphHash.of(new Graph(tensors, List.of(node), 0, 1));
  }

  private static Tensor tensor(int id, Shape shape) {
    return new Tensor(id, "t" + id, shape, DataType.INT8, Quantization.NONE);
  }
}
