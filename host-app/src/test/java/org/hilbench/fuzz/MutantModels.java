package org.hilbench.fuzz;

import static org.hilbench.fuzz.OperatorChain.NONE;
import static org.hilbench.fuzz.OperatorChain.RELU;
import static org.hilbench.fuzz.OperatorChain.RELU6;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hilbench.BenchException;
import org.hilbench.measure.Bytes;
import org.hilbench.reference.HostInterpreter;
import org.hilbench.reference.Kernels;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.Width;
import org.hilbench.verify.Expectation;
import org.hilbench.verify.ReferenceAnswers;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.TensorType;

/**
 * One model a width that has each operator of hilbench's kernels in it, in the shapes for which
 * they have code of their own: narrow patches, strips, rests of fours, groups, slow rounding.
 *
 * @param inputs the first is compared operator by operator
 */
record MutantModels(TfliteModel model, List<Bytes> inputs) {
  private static final int INPUTS = 2;

  static MutantModels of(Width width, long seed) throws BenchException {
    SplittableRandom random = new SplittableRandom(seed * 31 + width.code());
    OperatorChain chain =
        switch (width) {
          case INT8 -> int8(random);
          case WEIGHTS4 -> weights4(random);
          case INT16 -> int16(random);
        };
    List<Bytes> inputs = new ArrayList<>();
    for (int i = 0; i < INPUTS; i++) {
      inputs.add(Bytes.of(chain.randomInput()));
    }
    return new MutantModels(TfliteModel.parse(chain.file()), List.copyOf(inputs));
  }

  /** What TensorFlow Lite's reference kernels say, run in this process. */
  ReferenceAnswers reference() throws BenchException {
    List<Integer> logits = Expectation.logits(model);
    List<Expectation> answers = new ArrayList<>();
    try (HostInterpreter host = HostInterpreter.open(model.bytes(), Kernels.REFERENCE)) {
      for (Bytes input : inputs) {
        byte[] unused = host.invoke(input.toArray());
        answers.add(Expectation.of(model, input, logits, host::tensor));
      }
    }
    return new ReferenceAnswers(model, logits, answers);
  }

  private static OperatorChain int8(SplittableRandom random) {
    OperatorChain chain = new OperatorChain(random, 1, 10, 9, 3);
    chain.pad(1, 2).conv(3, 1, 8, true, NONE).conv(1, 1, 8, true, RELU6);
    chain.depthwise(3, 1, 1, true, 1, RELU6).conv(3, 2, 12, true, NONE);
    chain.depthwise(3, 2, 2, true, 1, NONE).depthwise(3, 1, 1, true, 2, RELU);
    chain.groupedConv(3, 16, 2).conv(1, 1, 13, true, NONE).conv(5, 1, 6, true, RELU);
    OperatorChain.Kept before = chain.keep();
    chain.convOfLargeFactor(6).add(before, RELU6).subtract(before).prelu().scaleChannels();
    chain.pool(BuiltinOperator.MAX_POOL_2D, 2, 1, true, NONE);
    chain.pool(BuiltinOperator.AVERAGE_POOL_2D, 3, 1, true, RELU);
    chain.concatenateWith(chain.keep()).conv(1, 1, 11, true, NONE);
    chain.relu(BuiltinOperator.RELU).conv(1, 1, 12, true, NONE).relu(BuiltinOperator.RELU6);
    chain.conv(1, 1, 9, true, NONE).hardSwish().quantize(TensorType.INT8);
    int[] image = chain.shape();
    chain.mean().reshape(1, image[3]).dense(image[3], 24, RELU, 0).dense(24, 30, NONE, 5);
    chain.dense(10, 14, RELU6, 0).logistic().reshape(1, 42).dense(42, 42, NONE, 0).tanh();
    return chain.dense(42, 11, NONE, 0).softmax();
  }

  private static OperatorChain weights4(SplittableRandom random) {
    OperatorChain chain = new OperatorChain(random, 1, 9, 10, 3).withFourBitWeights();
    chain.conv(3, 1, 8, true, NONE).conv(1, 1, 8, true, RELU6).depthwise(3, 1, 1, true, 1, RELU6);
    chain.conv(3, 2, 12, true, NONE).depthwise(3, 2, 2, true, 1, NONE).conv(1, 1, 13, true, RELU);
    chain.conv(5, 1, 6, true, NONE).convOfLargeFactor(5);
    int[] image = chain.shape();
    chain.reshape(1, image[1] * image[2] * image[3]);
    chain.dense(image[1] * image[2] * image[3], 20, RELU6, 0).dense(10, 9, NONE, 0);
    return chain;
  }

  private static OperatorChain int16(SplittableRandom random) {
    OperatorChain chain = new OperatorChain(random, 1, 9, 10, 3).quantize(TensorType.INT16);
    chain.conv(3, 1, 8, true, NONE).conv(1, 1, 8, true, RELU6).depthwise(3, 1, 1, true, 1, RELU);
    chain.conv(3, 2, 12, true, NONE).depthwise(3, 2, 2, true, 1, NONE).conv(1, 1, 13, true, NONE);
    OperatorChain.Kept before = chain.keep();
    chain.convOfLargeFactor(13).add(before, RELU);
    chain.quantize(TensorType.INT16).conv(5, 1, 6, true, NONE);
    chain.pool(BuiltinOperator.MAX_POOL_2D, 2, 1, true, NONE);
    chain.pool(BuiltinOperator.AVERAGE_POOL_2D, 3, 1, true, NONE);
    int[] image = chain.shape();
    chain.reshape(1, image[1] * image[2] * image[3]);
    chain.dense(image[1] * image[2] * image[3], 20, RELU6, 0).dense(10, 9, NONE, 0);
    return chain.quantize(TensorType.INT8);
  }
}
