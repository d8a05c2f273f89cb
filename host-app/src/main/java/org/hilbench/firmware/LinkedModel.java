package org.hilbench.firmware;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.tflite.DeviceForm;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteOperator;
import org.hilbench.tflite.Width;

/** One model, linked in, with the operators that it uses and buffers of its sizes. */
final class LinkedModel implements ImageContents {
  static final String FILE = "model.tflite";

  private final TfliteModel model;
  private final KernelRegistrations registrations;
  private final TflmApi api;
  private final Optional<DeviceForm> form;

  LinkedModel(TfliteModel model, KernelRegistrations registrations, TflmApi api)
      throws BenchException {
    this.api = api;
    this.model = model;
    this.registrations = registrations;
    this.form = form(model, registrations, api);
  }

  private static Optional<DeviceForm> form(
      TfliteModel model, KernelRegistrations registrations, TflmApi api) throws BenchException {
    if (registrations.readsDeviceForm()) {
      return Optional.of(DeviceForm.of(model));
    }
    return api == TflmApi.TFMICRO2020 ? DeviceForm.plain(model) : Optional.empty();
  }

  @Override
  public Optional<String> modelSha256() {
    return Optional.of(model.sha256());
  }

  @Override
  public Optional<String> deviceFormSha256() {
    return form.map(DeviceForm::sha256);
  }

  @Override
  public byte[] embedded() {
    return form.map(DeviceForm::bytes).orElseGet(model::bytes);
  }

  /** In order of first use. In a device form the version is the width; else it does not matter. */
  @Override
  public List<Kernel> kernels() {
    List<Kernel> kernels = new ArrayList<>();
    for (TfliteOperator operator : model.operators()) {
      int version = registrations.readsDeviceForm() ? Width.of(model, operator).code() : 0;
      Kernel kernel =
          registrations
              .find(model, operator)
              .map(own -> Kernel.of(operator.builtinCode(), version, own))
              .orElseGet(
                  () -> Kernel.ofRuntime(operator.builtinCode(), version, operator.name(), api));
      if (kernels.stream().noneMatch(kernel::sameOperator)) {
        kernels.add(kernel);
      }
    }
    return List.copyOf(kernels);
  }

  @Override
  public List<String> subject() {
    long input = model.inputTensor().bytes();
    int nodes = model.operators().size();
    return List.of(
        "namespace {",
        "const uint8_t kSha256[] = {" + model.sha256().replaceAll("..", "0x$0,") + "};",
        "HILBENCH_BENCH_BSS uint8_t g_input[" + input + "];",
        "HILBENCH_BENCH_BSS OpRecord g_op_records[" + nodes + "];",
        "}  // namespace",
        String.format(
            Locale.ROOT,
            "const Subject kSubject = {kModel, %d, kSha256, g_input, %d, g_op_records, %d, __arena_end};",
            embedded().length,
            input,
            nodes),
        "void (*const kUpload)() = nullptr;",
        "HILBENCH_EMBED_MODEL(\"" + FILE + "\")");
  }
}
