package org.hilbench.firmware;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.OperatingPoint;

/**
 * Renders the one source file of an image that differs from candidate to candidate; what it defines
 * is declared and explained in firmware-templates/image/image.h.
 */
final class ImageSource {
  private final ImageRequest request;
  private final BoardProfile board;
  private final KernelRegistrations registrations;
  private final TflmBuild tflm;
  private final ImageContents contents;

  ImageSource(
      ImageRequest request,
      KernelRegistrations registrations,
      TflmBuild tflm,
      ImageContents contents) {
    this.request = request;
    this.board = request.board();
    this.registrations = registrations;
    this.tflm = tflm;
    this.contents = contents;
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
    parts.add("const OperatingPoint kPoints[] = {" + points() + "};");
    parts.add("}  // namespace");
    parts.add(
        String.format(
            Locale.ROOT,
            "const ImageFacts kImage = {%s, %s, %s, %s, %s};",
            text(buildId),
            text(tflm.version()),
            text(request.kernels().name()),
            text(CoreName.of(board.core())),
            text(board.target())));
    parts.add(
        String.format(
            Locale.ROOT,
            "const BoardFacts kBoard = {0x%xu, %du, 0x%xu, %du, kPoints, %d};",
            board.uart().address(),
            board.uart().bauds().get(0),
            board.timeSource().address().orElse(0),
            board.timeSource().clockHz().orElse(0),
            board.operatingPoints().size()));
    if (real.present()) {
      parts.addAll(real.lines());
    }
    List<ImageContents.Kernel> kernels = contents.kernels();
    parts.add("const OpEntry kOps[] = {" + entries(kernels) + "};");
    parts.add("const size_t kOpCount = " + kernels.size() + ";");
    parts.add(tflm.api().registration() + " g_registrations[" + kernels.size() + "];");
    if (tflm.api().lendsScratch()) {
      parts.add("const KernelScratch kKernelScratch = {" + scratch() + "};");
    }
    parts.addAll(contents.subject());
    parts.add("}  // namespace hilbench");
    return String.join("\n", parts) + "\n";
  }

  /** Functions of kernel sets have no header here; their names say all that is needed. */
  private List<String> declarations() {
    List<String> all = new ArrayList<>();
    contents.kernels().stream()
        .filter(kernel -> !kernel.declared())
        .map(ImageContents.Kernel::function)
        .distinct()
        .forEach(function -> all.add(declaration(tflm.api().registered(), function, "")));
    registrations
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
    return String.format(
        Locale.ROOT,
        "%s%s %s(%s);%s",
        opened,
        result,
        names.get(names.size() - 1),
        arguments,
        " }".repeat(spaces.size()));
  }

  private String scratch() {
    return registrations
        .file()
        .scratch()
        .map(found -> found.bytesFunction() + ", " + found.useFunction())
        .orElse("nullptr, nullptr");
  }

  private String entries(List<ImageContents.Kernel> kernels) {
    return kernels.stream()
        .map(
            kernel ->
                String.format(
                    Locale.ROOT,
                    "{%d, %d, %s, hilbench::parsers::%s}",
                    kernel.builtinCode(),
                    kernel.version(),
                    kernel.function(),
                    kernel.operator()))
        .collect(Collectors.joining(", "));
  }

  private String points() {
    return board.operatingPoints().stream()
        .map(ImageSource::point)
        .collect(Collectors.joining(", "));
  }

  private static String point(OperatingPoint point) {
    return "{" + text(point.name()) + ", " + point.clockHz() + "u}";
  }

  private static String text(String value) {
    if (!value.matches("[ -~]*") || value.indexOf('"') >= 0 || value.indexOf('\\') >= 0) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "'%s' cannot stand in an image: plain ASCII only", value));
    }
    return '"' + value + '"';
  }
}
