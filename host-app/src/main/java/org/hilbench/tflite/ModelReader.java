package org.hilbench.tflite;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.jspecify.annotations.Nullable;

/** Walks one file table by table; slot numbers are those of TensorFlow Lite's schema version 3. */
final class ModelReader {
  private static final int SCHEMA_VERSION = 3;
  private static final int SMALLEST_FILE = 16;

  private final byte[] bytes;
  private final Flatbuffer buffer;

  ModelReader(byte[] bytes) {
    this.bytes = bytes;
    this.buffer = new Flatbuffer(bytes);
  }

  TfliteModel read() throws BenchException {
    requireIdentifier();
    FlatTable model = buffer.root();
    int version = model.i32(0, 0);
    require(version == SCHEMA_VERSION, "schema version " + version + " is not 3");
    List<OperatorCode> codes = operatorCodes(model);
    List<byte[]> buffers = buffers(model);
    FlatTable subgraph = onlySubgraph(model);
    Remarks.check(model, subgraph);

    TensorReader tensorReader = new TensorReader(buffer, buffers);
    List<TfliteTensor> tensors = new ArrayList<>();
    List<byte[]> constants = new ArrayList<>();
    for (FlatTable table : subgraph.vector(0, 4, "tensors").tables()) {
      tensors.add(tensorReader.read(tensors.size(), table));
      constants.add(tensorReader.data(table));
    }
    int input = only(subgraph, 1, "inputs", tensors.size());
    int output = only(subgraph, 2, "outputs", tensors.size());
    List<TfliteOperator> operators = new ArrayList<>();
    List<Facts> facts = new ArrayList<>();
    for (FlatTable table : subgraph.vector(3, 4, "operators").tables()) {
      TfliteOperator operator = operator(operators.size(), table, codes, tensors.size());
      operators.add(operator);
      facts.add(new Facts(operator, tensors, constants, table.table(4, "builtin_options")));
    }
    ModelChecks.check(tensors, operators, input, output, tensorReader.variables());
    for (Facts one : facts) {
      ShapeChecks.check(one);
      ScaleChecks.check(one);
    }
    long steps = Steps.require(facts, tensors);
    return new TfliteModel(bytes, tensors, constants, operators, input, output, steps);
  }

  private void requireIdentifier() throws BenchException {
    boolean tfl3 = bytes.length >= 8 && new String(bytes, 4, 4, ISO_8859_1).equals("TFL3");
    if (!tfl3) {
      throw BenchException.usage(
          Stage.BUILD,
          "this is not a .tflite file ("
              + bytes.length
              + " bytes): it "
              + OtherFormat.of(bytes)
                  .map(what -> "is " + what)
                  .orElse("lacks the identifier TFL3 at byte 4"));
    }
    if (bytes.length < SMALLEST_FILE) {
      throw buffer.damaged("a model takes at least " + SMALLEST_FILE + " bytes");
    }
  }

  private List<OperatorCode> operatorCodes(FlatTable model) throws BenchException {
    List<OperatorCode> codes = new ArrayList<>();
    for (FlatTable table : model.vector(1, 4, "operator_codes").tables()) {
      // Files from before the 127th operator have only the first, newer ones both.
      int code = Math.max(table.i8(0, 0), table.i32(3, 0));
      if (code < 0) {
        throw table.damaged("has the builtin code " + code);
      }
      String custom = table.text(1, "custom_code");
      String name = code == Builtin.CUSTOM ? "CUSTOM(" + custom + ")" : Builtin.name(code);
      codes.add(new OperatorCode(code, name, table.i32(2, 1)));
    }
    return codes;
  }

  private List<byte[]> buffers(FlatTable model) throws BenchException {
    List<byte[]> buffers = new ArrayList<>();
    for (FlatTable table : model.vector(4, 4, "buffers").tables()) {
      long outside = table.i64(1, 0);
      require(
          Long.compareUnsigned(outside, 1) <= 0, table.what() + " lies outside of the flatbuffer");
      FlatVector data = table.vector(0, 1, "data");
      buffer.spend(data.length(), data.what());
      buffers.add(buffer.copy(data.start(), data.length()));
    }
    return buffers;
  }

  private FlatTable onlySubgraph(FlatTable model) throws BenchException {
    List<FlatTable> subgraphs = model.vector(2, 4, "subgraphs").tables();
    require(subgraphs.size() == 1, "it has " + subgraphs.size() + " subgraphs");
    return subgraphs.get(0);
  }

  private static int only(FlatTable subgraph, int slot, String name, int tensors)
      throws BenchException {
    List<Integer> indices = subgraph.vector(slot, 4, name).ints();
    require(indices.size() == 1, "it has " + indices.size() + " " + name);
    requireIndex(subgraph, indices.get(0), 0, tensors);
    return indices.get(0);
  }

  private TfliteOperator operator(int index, FlatTable table, List<OperatorCode> codes, int tensors)
      throws BenchException {
    int codeIndex = table.i32(0, 0);
    if (codeIndex < 0 || codeIndex >= codes.size()) {
      throw table.damaged("uses operator code " + codeIndex + " of " + codes.size());
    }
    OperatorCode code = codes.get(codeIndex);
    List<Integer> inputs = table.vector(1, 4, "inputs").ints();
    List<Integer> outputs = table.vector(2, 4, "outputs").ints();
    for (int input : inputs) {
      requireIndex(table, input, -1, tensors);
    }
    for (int output : outputs) {
      requireIndex(table, output, 0, tensors);
    }
    checkOptions(table, code);
    return new TfliteOperator(index, code.builtin, code.name, code.version, inputs, outputs);
  }

  /** The device follows the options without a check of its own. */
  private static void checkOptions(FlatTable table, OperatorCode code) throws BenchException {
    int type = table.i8(3, 0);
    int wanted = OptionChecks.typeOf(code.builtin);
    if (wanted != 0 && type != wanted) {
      throw ModelChecks.refused(
          table.what() + " (" + code.name + ") has options of type " + type + ", not " + wanted);
    }
    @Nullable FlatTable options = table.table(4, "builtin_options");
    if (type != 0 && options == null) {
      throw table.missing("builtin_options of type " + type);
    }
    if (options != null) {
      OptionChecks.check(type, options);
    }
    table.vector(5, 1, "custom_options");
    table.vector(7, 1, "mutating_variable_inputs");
    table.vector(8, 4, "intermediates");
  }

  private static void requireIndex(FlatTable table, int index, int least, int tensors)
      throws BenchException {
    if (index < least || index >= tensors) {
      throw table.damaged("names tensor " + index + " of " + tensors);
    }
  }

  private static void require(boolean holds, String otherwise) throws BenchException {
    if (!holds) {
      throw ModelChecks.refused(
          otherwise
              + "; hilbench runs .tflite files of version 3 with one subgraph, input, output");
    }
  }

  private record OperatorCode(int builtin, String name, int version) {}
}
