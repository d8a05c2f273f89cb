package org.hilbench.firmware;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.tflite.TensorType;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteOperator;
import org.hilbench.tflite.TfliteTensor;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.SubGraph;

/** Refuses, by name and before anything is built, what the kernels lack or compute wrongly. */
final class OperatorCheck {
  private final TfliteModel model;
  private final KernelRegistrations kernels;
  private final Optional<LibraryOps> library;
  private final SubGraph file;

  private OperatorCheck(
      TfliteModel model, KernelRegistrations kernels, Optional<LibraryOps> library) {
    this.model = model;
    this.kernels = kernels;
    this.library = library;
    this.file = Model.getRootAsModel(ByteBuffer.wrap(model.bytes())).subgraphs(0);
  }

  /** The same for the default runtime. */
  static void check(
      TfliteModel model, KernelRegistrations kernels, List<KernelRegistrations> others)
      throws BenchException {
    check(model, kernels, others, TflmSources.VERSION, Optional.empty());
  }

  /**
   * Checks every operator.
   *
   * @param others kernel sets of the same runtime, of which one that runs the model is named
   * @param library the operators of a user's runtime; empty for the crate
   * @throws BenchException (USAGE) with every reason and the way out, if there is one
   */
  static void check(
      TfliteModel model,
      KernelRegistrations kernels,
      List<KernelRegistrations> others,
      String version,
      Optional<LibraryOps> library)
      throws BenchException {
    List<String> reasons = new OperatorCheck(model, kernels, library).reasons();
    if (!reasons.isEmpty()) {
      throw BenchException.usage(
          Stage.BUILD,
          "the runtime ("
              + version
              + ", kernels "
              + kernels.name()
              + ") cannot run this model: "
              + String.join("; ", reasons)
              + wayOut(model, others, library));
    }
  }

  private static String wayOut(
      TfliteModel model, List<KernelRegistrations> others, Optional<LibraryOps> library) {
    return others.stream()
        .filter(other -> new OperatorCheck(model, other, library).reasons().isEmpty())
        .findFirst()
        .map(other -> "; --kernels " + other.name() + " runs it")
        .orElse("");
  }

  private List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    for (TfliteOperator operator : model.operators()) {
      state(operator)
          .or(() -> customOptions(operator))
          .or(() -> problem(operator))
          .ifPresent(why -> reasons.add(operator.label() + " " + why));
    }
    return reasons;
  }

  /** A bench runs a model many times, on inputs of its own choice. */
  private Optional<String> state(TfliteOperator operator) {
    return operator.inputs().stream()
        .filter(index -> index >= 0 && file.tensors(index).isVariable())
        .map(index -> model.tensors().get(index).label())
        .map(what -> "reads " + what + ", a variable: state from one inference to the next is not")
        .map(why -> why + " kept; make it an input and an output of the model, or leave it out")
        .findFirst();
  }

  /** TensorFlow Lite Micro's allocator refuses them, TensorFlow Lite only mentions them. */
  private Optional<String> customOptions(TfliteOperator operator) {
    boolean refused =
        operator.builtinCode() != BuiltinOperator.CUSTOM
            && file.operators(operator.index()).customOptionsLength() > 0;
    return refused
        ? Optional.of("has custom options, which only a CUSTOM operator may have; leave them out")
        : Optional.empty();
  }

  private Optional<String> problem(TfliteOperator operator) {
    if (kernels.readsDeviceForm()) {
      Optional<String> limit = new OwnLimits(model, operator).find();
      if (limit.isPresent()) {
        return limit;
      }
    }
    Optional<RegistrationsFile.Registration> own = kernels.find(model, operator);
    if (own.isPresent()) {
      return version(operator, own.get());
    }
    if (library.isPresent()) {
      return library.get().problem(operator.name());
    }
    Optional<Integer> newest = ReferenceOps.newestVersion(operator.name());
    if (newest.isEmpty()) {
      return Optional.of("has no int8 kernel");
    }
    if (operator.version() > newest.get()) {
      return Optional.of("is newer than version " + newest.get() + ", the last one it has");
    }
    return wrongType(operator).or(() -> new ReferenceTraps(model, operator).find());
  }

  private static Optional<String> version(
      TfliteOperator operator, RegistrationsFile.Registration own) {
    int version = operator.version();
    return version >= own.leastVersion() && version <= own.mostVersion()
        ? Optional.empty()
        : Optional.of(
            "is outside the versions "
                + own.leastVersion()
                + " to "
                + own.mostVersion()
                + " that the kernels take");
  }

  /** Activations are int8; an operator may also read constants, shapes and axes of other types. */
  private Optional<String> wrongType(TfliteOperator operator) {
    for (int index : operator.inputs()) {
      if (index >= 0) {
        TfliteTensor tensor = model.tensors().get(index);
        boolean fine = tensor.type() == TensorType.INT8 || tensor.type() == TensorType.INT32;
        if (!fine) {
          return Optional.of(
              "reads " + tensor.label() + " of type " + tensor.type() + "; only int8 runs");
        }
      }
    }
    return Optional.empty();
  }
}
