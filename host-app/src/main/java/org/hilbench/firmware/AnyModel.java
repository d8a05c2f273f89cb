package org.hilbench.firmware;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hilbench.tflite.Builtin;
import org.hilbench.tflite.Width;

/** No model yet, and every operator that the kernels have: a resident image. */
final class AnyModel implements ImageContents {
  private final KernelRegistrations registrations;
  private final TflmApi api;
  private final List<String> ofRuntime;

  /**
   * @param ofRuntime operators that the runtime has kernels for
   */
  AnyModel(KernelRegistrations registrations, TflmApi api, List<String> ofRuntime) {
    this.registrations = registrations;
    this.api = api;
    this.ofRuntime = List.copyOf(ofRuntime);
  }

  @Override
  public byte[] embedded() {
    return new byte[0];
  }

  @Override
  public Optional<String> modelSha256() {
    return Optional.empty();
  }

  @Override
  public Optional<String> deviceFormSha256() {
    return Optional.empty();
  }

  /** The set's own kernels first, then the runtime's for operators that the set leaves to it. */
  @Override
  public List<Kernel> kernels() {
    List<Kernel> kernels = new ArrayList<>();
    for (RegistrationsFile.Registration own : registrations.file().own()) {
      if (registrations.readsDeviceForm() || own.width() == Width.INT8) {
        Builtin.code(own.operator())
            .ifPresent(code -> kernels.add(Kernel.of(code, version(own.width()), own)));
      }
    }
    for (String operator : ofRuntime) {
      int code = Builtin.code(operator).orElseThrow();
      Kernel stock = Kernel.ofRuntime(code, version(Width.INT8), operator, api);
      if (kernels.stream().noneMatch(stock::sameOperator)) {
        kernels.add(stock);
      }
    }
    return List.copyOf(kernels);
  }

  private int version(Width width) {
    return registrations.readsDeviceForm() ? width.code() : 0;
  }

  @Override
  public List<String> subject() {
    return List.of(
        "void CarryOutUpload();",
        "const Subject kSubject = {nullptr, 0, nullptr, nullptr, 0, nullptr, 0, __arena_end};",
        "void (*const kUpload)() = CarryOutUpload;");
  }
}
