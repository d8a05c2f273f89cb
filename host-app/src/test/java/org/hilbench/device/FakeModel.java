package org.hilbench.device;

import java.util.Arrays;
import org.hilbench.tflite.TfliteModel;

/** What a fake device computes in place of a model. */
public interface FakeModel {
  /** SHA-256 of its file. */
  byte[] sha256();

  /** Bytes that a device holds of it. */
  int bytes();

  int inputBytes();

  int ops();

  /** TFLite's builtin code of an operator. */
  int code(int op);

  /** The output of an operator. */
  byte[] tensor(int op, byte[] input);

  /** Three operators on byte tensors: add 1, reverse, keep every second byte. */
  static FakeModel threeOps(int inputBytes) {
    return new ThreeOps(inputBytes);
  }

  /** With the sizes and operators of a file; what it computes is a pattern. */
  static FakeModel like(TfliteModel model, int bytes) {
    return new Pattern(model, bytes);
  }

  /** See {@link #threeOps}. */
  record ThreeOps(int inputBytes) implements FakeModel {
    @Override
    public byte[] sha256() {
      return new byte[32];
    }

    @Override
    public int bytes() {
      return 77;
    }

    @Override
    public int ops() {
      return 3;
    }

    @Override
    public int code(int op) {
      return 100 + op;
    }

    @Override
    public byte[] tensor(int op, byte[] input) {
      byte[] tensor = input.clone();
      for (int i = 0; i < tensor.length; i++) {
        tensor[i] = (byte) (input[op >= 1 ? tensor.length - 1 - i : i] + 1);
      }
      if (op < 2) {
        return tensor;
      }
      byte[] half = new byte[tensor.length / 2];
      for (int i = 0; i < half.length; i++) {
        half[i] = tensor[2 * i];
      }
      return half;
    }
  }

  /** See {@link #like}. */
  record Pattern(TfliteModel model, int bytes) implements FakeModel {
    @Override
    public byte[] sha256() {
      return java.util.HexFormat.of().parseHex(model.sha256());
    }

    @Override
    public int inputBytes() {
      return (int) model.inputTensor().bytes();
    }

    @Override
    public int ops() {
      return model.operators().size();
    }

    @Override
    public int code(int op) {
      return model.operators().get(op).builtinCode();
    }

    @Override
    public byte[] tensor(int op, byte[] input) {
      int index = model.operators().get(op).outputs().get(0);
      byte[] tensor = new byte[(int) model.tensors().get(index).bytes()];
      Arrays.fill(tensor, (byte) (Arrays.hashCode(input) + op));
      return tensor;
    }
  }
}
