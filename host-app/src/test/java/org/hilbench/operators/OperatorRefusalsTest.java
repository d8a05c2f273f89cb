package org.hilbench.operators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.hilbench.firmware.HostEngine;
import org.hilbench.firmware.KernelSet;
import org.hilbench.operators.Sketch.T;
import org.hilbench.tflite.DeviceForm;
import org.hilbench.tflite.TfliteModel;
import org.junit.jupiter.api.Test;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.PadOptionsT;
import org.tensorflow.lite.schema.SplitOptionsT;

/** What no kernel computes is named before a build, with the way out. */
class OperatorRefusalsTest {
  private static final float SCALE = 0.1f;

  private final Sketch sketch = new Sketch();
  private final T input = sketch.activation(new int[] {1, 4}, Sketch.INT8, SCALE, 3);

  @Test
  void stateFromOneInferenceToTheNextIsRefusedByItsTensor() throws Exception {
    T state = sketch.like(input, 1, 4);
    sketch.variable(state.index());
    T output = sketch.like(input, 1, 4);
    int[] inputs = {input.index(), state.index()};
    sketch.operator(BuiltinOperator.MAXIMUM, 2, (byte) 0, null, inputs, output.index());
    TfliteModel model = model(output);
    for (KernelSet kernels : new KernelSet[] {KernelSet.HILBENCH, KernelSet.REFERENCE}) {
      String refusal = HostEngine.refusal(model, kernels).orElse("none");
      assertTrue(refusal.contains("operator 0 (MAXIMUM version 2) reads tensor 1"), refusal);
      assertTrue(refusal.contains("state from one inference to the next is not kept"), refusal);
      assertFalse(refusal.contains("runs it"), refusal);
    }
  }

  @Test
  void customOptionsOfAnotherOperatorAreRefusedBeforeTheBuild() throws Exception {
    T output = sketch.like(input, 1, 4);
    int[] inputs = {input.index(), input.index()};
    sketch.operator(BuiltinOperator.MAXIMUM, 2, (byte) 0, null, inputs, output.index());
    for (KernelSet kernels : new KernelSet[] {KernelSet.HILBENCH, KernelSet.REFERENCE}) {
      assertEquals(Optional.empty(), HostEngine.refusal(model(output), kernels));
    }
    sketch.customOptions((byte) 1);
    for (KernelSet kernels : new KernelSet[] {KernelSet.HILBENCH, KernelSet.REFERENCE}) {
      String refusal = HostEngine.refusal(model(output), kernels).orElse("none");
      assertTrue(refusal.contains("(MAXIMUM version 2) has custom options"), refusal);
    }
  }

  @Test
  void theOtherKernelsAreNamedWhereTheyRunTheModel() throws Exception {
    T output = sketch.like(input, 1, 7);
    int[] inputs = {input.index(), sketch.longs(new int[] {2, 2}, 0, 0, 1, 2)};
    sketch.operator(
        BuiltinOperator.PAD,
        2,
        BuiltinOptions.PadOptions,
        new PadOptionsT(),
        inputs,
        output.index());
    TfliteModel model = model(output);
    String refusal = HostEngine.refusal(model, KernelSet.REFERENCE).orElse("none");
    assertTrue(refusal.contains("of type INT64"), refusal);
    assertTrue(refusal.endsWith("; --kernels hilbench runs it"), refusal);
    assertEquals(Optional.empty(), HostEngine.refusal(model, KernelSet.HILBENCH));
    assertEqual(model, KernelSet.HILBENCH);
  }

  @Test
  void outputsThatNobodyReadsAndTensorsThatNobodyNamesArePlanned() throws Exception {
    sketch.like(input, 1, 9);
    T first = sketch.like(input, 1, 2);
    T second = sketch.like(input, 1, 2);
    SplitOptionsT options = new SplitOptionsT();
    options.setNumSplits(2);
    int[] inputs = {sketch.ints(new int[0], 1), input.index()};
    sketch.operator(
        BuiltinOperator.SPLIT,
        2,
        BuiltinOptions.SplitOptions,
        options,
        inputs,
        first.index(),
        second.index());
    TfliteModel model = model(second);
    assertTrue(DeviceForm.plain(model).isPresent());
    assertEqual(model, KernelSet.HILBENCH);
    assertEqual(model, KernelSet.REFERENCE);
  }

  private TfliteModel model(T output) throws Exception {
    return TfliteModel.parse(sketch.file(input.index(), output.index()));
  }

  private static void assertEqual(TfliteModel model, KernelSet kernels) throws Exception {
    assertEquals(Optional.empty(), HostEngine.refusal(model, kernels));
    try (EnginePipe engine = new EnginePipe(HostEngine.build(kernels))) {
      assertEquals(
          Optional.empty(),
          engine.fault(Answers.of(model, new Chance(1)), HostEngine.linked(model, kernels)));
    }
  }
}
