package org.hilbench.firmware;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.OperatingPoint;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteOperator;
import org.hilbench.tflite.Width;

/**
 * Renders the one source file of an image that differs from candidate to candidate; what it defines
 * is declared and explained in firmware-templates/image/image.h.
 */
final class ImageSource {
  static final String MODEL_FILE = "model.tflite";

  private final FirmwareRequest request;
  private final TfliteModel model;
  private final BoardProfile board;
  private final KernelRegistrations kernels;
  private final TflmBuild tflm;
  private final int modelBytes;

  /**
   * @param modelBytes size of what is embedded: the model's file or its device form
   */
  ImageSource(
      FirmwareRequest request, KernelRegistrations kernels, TflmBuild tflm, int modelBytes) {
    this.request = request;
    this.tflm = tflm;
    this.modelBytes = modelBytes;
    this.model = request.model();
    this.board = request.board();
    this.kernels = kernels;
  }

  String render(String buildId) {
    List<String> parts = new ArrayList<>();
    parts.add("#include \"image/image.h\"");
    parts.add("#include \"engine/" + tflm.api().folder() + "/op_entry.h\"");
    if (tflm.api() == TflmApi.TFMICRO2020) {
      parts.add("#include \"tensorflow/lite/micro/kernels/micro_ops.h\"");
    }
    RealBoardFacts real = new RealBoardFacts(board);
    if (real.present()) {
      parts.add("#include \"families/board_facts.h\"");
    }
    parts.addAll(declarations());
    parts.add("namespace hilbench {");
    parts.add("namespace {");
    parts.add("const uint8_t kSha256[] = {" + sha256Bytes() + "};");
    parts.add("const OperatingPoint kPoints[] = {" + points() + "};");
    parts.add("}  // namespace");
    parts.add(
        "const ImageFacts kImage = {%s, kSha256, %s, %s, %s, %s};"
            .formatted(
                text(buildId),
                text(tflm.version()),
                text(request.kernels().name()),
                text(CoreName.of(board.core())),
                text(board.target())));
    parts.add(
        "const BoardFacts kBoard = {0x%xu, %du, 0x%xu, %du, kPoints, %d};"
            .formatted(
                board.uart().address(),
                board.uart().bauds().get(0),
                board.timeSource().address().orElse(0),
                board.timeSource().clockHz().orElse(0),
                board.operatingPoints().size()));
    if (real.present()) {
      parts.addAll(real.lines());
    }
    Map<String, String> functions = functions();
    parts.add("const OpEntry kOps[] = {" + entries(functions) + "};");
    parts.add("const size_t kOpCount = " + functions.size() + ";");
    parts.add(tflm.api().registration() + " g_registrations[" + functions.size() + "];");
    if (tflm.api().lendsScratch()) {
      parts.add("const KernelScratch kKernelScratch = {" + scratch() + "};");
    }
    parts.addAll(buffers());
    parts.add("const uint32_t kModelBytes = " + modelBytes + ";");
    parts.add("}  // namespace hilbench");
    parts.add("HILBENCH_EMBED_MODEL(\"" + MODEL_FILE + "\")");
    return String.join("\n", parts) + "\n";
  }

  /** Functions of kernel sets have no header here; their names say all that is needed. */
  private List<String> declarations() {
    List<String> all = new ArrayList<>();
    model.operators().stream()
        .flatMap(operator -> kernels.find(model, operator).stream())
        .map(RegistrationsFile.Registration::function)
        .distinct()
        .forEach(function -> all.add(declaration(tflm.api().registered(), function, "")));
    kernels
        .file()
        .scratch()
        .filter(scratch -> tflm.api().lendsScratch())
        .ifPresent(
            scratch -> {
              all.add(declaration("size_t", scratch.bytesFunction(), "const tflite::Model&"));
              all.add(declaration("void", scratch.useFunction(), "void*, size_t"));
            });
    return all;
  }

  private static String declaration(String result, String function, String arguments) {
    List<String> names = List.of(function.split("::"));
    List<String> spaces = names.subList(0, names.size() - 1);
    String opened =
        spaces.stream().map(s -> "namespace " + s + " { ").collect(Collectors.joining());
    return "%s%s %s(%s);%s"
        .formatted(
            opened, result, names.get(names.size() - 1), arguments, " }".repeat(spaces.size()));
  }

  private String scratch() {
    return kernels
        .file()
        .scratch()
        .map(found -> found.bytesFunction() + ", " + found.useFunction())
        .orElse("nullptr, nullptr");
  }

  /**
   * Builtin codes and versions that the model uses, in order of first use, with what registers
   * their kernels. In a device form the version is the width; else it does not matter, which 0
   * says.
   */
  private Map<String, String> functions() {
    Map<String, String> functions = new LinkedHashMap<>();
    for (TfliteOperator operator : model.operators()) {
      int version = kernels.readsDeviceForm() ? Width.of(model, operator).code() : 0;
      functions.putIfAbsent(
          operator.builtinCode() + ", " + version,
          tflm.api()
              .entry(
                  operator.name(),
                  kernels
                      .find(model, operator)
                      .map(RegistrationsFile.Registration::function)
                      .orElseGet(() -> tflm.api().ownKernel(operator.name()))));
    }
    return functions;
  }

  private static String entries(Map<String, String> functions) {
    return functions.entrySet().stream()
        .map(entry -> "{" + entry.getKey() + ", " + entry.getValue() + "}")
        .collect(Collectors.joining(", "));
  }

  private List<String> buffers() {
    long input = model.inputTensor().bytes();
    int nodes = model.operators().size();
    return List.of(
        "const uint32_t kInputBytes = " + input + ";",
        "HILBENCH_BENCH_BSS uint8_t g_input[" + input + "];",
        "const size_t kNodeCount = " + nodes + ";",
        "HILBENCH_BENCH_BSS OpRecord g_op_records[" + nodes + "];");
  }

  private String points() {
    return board.operatingPoints().stream()
        .map(ImageSource::point)
        .collect(Collectors.joining(", "));
  }

  private static String point(OperatingPoint point) {
    return "{" + text(point.name()) + ", " + point.clockHz() + "u}";
  }

  private String sha256Bytes() {
    return model.sha256().replaceAll("..", "0x$0,");
  }

  private static String text(String value) {
    if (!value.matches("[ -~]*") || value.indexOf('"') >= 0 || value.indexOf('\\') >= 0) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "'%s' cannot stand in an image: plain ASCII only", value));
    }
    return '"' + value + '"';
  }
}
