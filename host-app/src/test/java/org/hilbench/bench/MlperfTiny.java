package org.hilbench.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.measure.Bytes;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.reference.HostInterpreter;
import org.hilbench.reference.Kernels;
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
      String id, TfliteModel model, String board, List<Bytes> inputs, int runs) {
    return new MeasurementJob(
        id,
        Bytes.of(model.bytes()),
        board,
        MeasurementJob.ON_QEMU,
        Optional.empty(),
        "reference",
        inputs,
        Expectation.logits(model),
        0,
        runs,
        true);
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
