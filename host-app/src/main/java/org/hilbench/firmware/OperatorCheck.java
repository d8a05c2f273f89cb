package org.hilbench.firmware;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.tflite.DeviceForm;
import org.hilbench.tflite.TensorType;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteOperator;
import org.hilbench.tflite.TfliteTensor;

/** Refuses, by name and before anything is built, what the kernels lack or compute wrongly. */
final class OperatorCheck {
  private final TfliteModel model;
  private final KernelRegistrations kernels;

  private final Optional<LibraryOps> library;

  private OperatorCheck(
      TfliteModel model, KernelRegistrations kernels, Optional<LibraryOps> library) {
    this.model = model;
    this.kernels = kernels;
    this.library = library;
  }

  /** The same for the default runtime. */
  static void check(TfliteModel model, KernelRegistrations kernels) throws BenchException {
    check(model, kernels, TflmSources.VERSION, Optional.empty());
  }

  /**
   * Checks every operator and tensor.
   *
   * @param library the operators of a user's runtime; empty for the crate
   * @throws BenchException (USAGE) with every reason, one a line
   */
  static void check(
      TfliteModel model, KernelRegistrations kernels, String version, Optional<LibraryOps> library)
      throws BenchException {
    OperatorCheck check = new OperatorCheck(model, kernels, library);
    List<String> reasons = new ArrayList<>();
    for (TfliteOperator operator : model.operators()) {
      check.problem(operator).ifPresent(why -> reasons.add(operator.label() + " " + why));
    }
    if (library.isEmpty()) {
      reasons.addAll(check.deadTensors());
    }
    if (!reasons.isEmpty()) {
      throw new BenchException(
          Stage.BUILD,
          BenchException.Kind.USAGE,
          "the runtime ("
              + version
              + ", kernels "
              + kernels.name()
              + ") cannot run this model: "
              + String.join("; ", reasons));
    }
  }

  private Optional<String> problem(TfliteOperator operator) {
    if (kernels.readsDeviceForm()) {
      Optional<String> types = DeviceForm.problem(model, operator);
      if (types.isPresent()) {
        return types;
      }
    }
    Optional<RegistrationsFile.Registration> own = kernels.find(model, operator);
    if (own.isPresent()) {
      int version = operator.version();
      boolean within = version >= own.get().leastVersion() && version <= own.get().mostVersion();
      return within
          ? Optional.empty()
          : Optional.of(
              "is outside the versions "
                  + own.get().leastVersion()
                  + " to "
                  + own.get().mostVersion()
                  + " that the kernels take");
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

  /** The runtime refuses to plan a tensor that nobody writes and reads. */
  private List<String> deadTensors() {
    Set<Integer> read = new HashSet<>(Set.of(model.output()));
    model.operators().forEach(operator -> read.addAll(operator.inputs()));
    return model.tensors().stream()
        .filter(tensor -> !tensor.constant() && !read.contains(tensor.index()))
        .map(tensor -> tensor.label() + " is read by no operator, which the runtime refuses")
        .toList();
  }
}
