package org.hilbench.bench;

import java.util.ArrayList;
import java.util.List;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfiles;
import org.hilbench.firmware.KernelSet;
import org.hilbench.firmware.Workshop;
import org.hilbench.measure.Bytes;
import org.hilbench.measure.Ingredients;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.reference.HostInterpreter;
import org.hilbench.reference.Kernels;
import org.hilbench.testkit.SharedData;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.verify.Expectation;

/** Jobs for the published models, and what TensorFlow Lite's reference says about their inputs. */
final class MlperfTiny {
  static final String KWS = "kws_dscnn_int8";
  static final String IC = "ic_resnet8_int8";

  private MlperfTiny() {}

  /** The whole range of int8. */
  static Bytes wide(TfliteModel model) {
    byte[] input = new byte[(int) model.inputTensor().bytes()];
    for (int i = 0; i < input.length; i++) {
      input[i] = (byte) ((i * 37 + 11) % 256 - 128);
    }
    return Bytes.of(input);
  }

  /** A narrow range; keyword spotting is kept off saturation by an offset. */
  static Bytes narrow(TfliteModel model, String name) {
    byte[] input = new byte[(int) model.inputTensor().bytes()];
    for (int i = 0; i < input.length; i++) {
      input[i] = (byte) ((i * 37 + 11) % 31 - 15 + (name.equals(KWS) ? 83 : 0));
    }
    return Bytes.of(input);
  }

  static MeasurementJob job(
      String id, TfliteModel model, String board, List<Bytes> inputs, int runs)
      throws BenchException {
    return job(id, model, ingredients(board, "reference"), inputs, runs);
  }

  static MeasurementJob job(
      String id, TfliteModel model, Ingredients ingredients, List<Bytes> inputs, int runs) {
    return MeasurementJob.of(Bytes.of(model.bytes()), ingredients, inputs)
        .id(id)
        .on(MeasurementJob.ON_QEMU)
        .keeping(Expectation.logits(model))
        .timed(0, runs)
        .job();
  }

  /** As this checkout has them, for a board that is shipped. */
  static Ingredients ingredients(String board, String kernels) throws BenchException {
    BoardProfiles shipped = BoardProfiles.load(SharedData.repository().resolve("board-profiles"));
    return new Stock(shipped, ImageBuilder.of(Workshop.builder()))
        .ingredients(board, KernelSet.parse(kernels));
  }

  static List<Expectation> expected(TfliteModel model, MeasurementJob job) throws BenchException {
    List<Expectation> expected = new ArrayList<>();
    try (HostInterpreter host = HostInterpreter.open(model.bytes(), Kernels.REFERENCE)) {
      for (Bytes input : job.inputs()) {
        byte[] unused = host.invoke(input.toArray());
        expected.add(Expectation.of(model, input, job.keepOps(), host::tensor));
      }
    }
    return expected;
  }
}
