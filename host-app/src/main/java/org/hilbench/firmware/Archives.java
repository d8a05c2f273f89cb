package org.hilbench.firmware;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.Printable;
import org.hilbench.Stage;
import org.hilbench.board.BoardProfile;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.exec.CommandRunner;
import org.hilbench.exec.Repeated;

/**
 * Compiles the parts of an image that do not depend on the model, each once: for a core and flags
 * the runtime, the bench and the kernels of this checkout; for a target too its start-up and port.
 */
final class Archives {
  private static final Duration TIMEOUT = Duration.ofMinutes(15);

  /**
   * Changes where what was kept before is not to be used: it was built under the caller's CFLAGS.
   */
  private static final String KEY = "built in an environment of our own";

  private static final List<String> RUNTIME = List.of("runtime", "cmake");
  private static final List<String> NOT_BENCH = List.of("runtime", "kernels", "families");
  private static final List<String> TARGET = List.of("targets", "families", "image", "cmake");

  private final CommandRunner runner;
  private final Path templates;
  private final ArchiveCache cache;
  private final Toolchain toolchain;
  private final TflmBuild tflm;

  Archives(
      CommandRunner runner,
      Path templates,
      ArchiveCache cache,
      Toolchain toolchain,
      TflmBuild tflm) {
    this.runner = runner;
    this.templates = templates;
    this.cache = cache;
    this.toolchain = toolchain;
    this.tflm = tflm;
  }

  /** Everything compiled that an image of this request links, in folders named by content. */
  List<Path> folders(ImageRequest request, KernelRegistrations kernels) throws BenchException {
    List<Path> folders = new ArrayList<>();
    if (tflm.archive().isEmpty()) {
      folders.add(runtime(request));
    }
    folders.add(bench(request));
    folders.add(target(request));
    if (kernels.compiled()) {
      folders.add(kernels(request));
    }
    return List.copyOf(folders);
  }

  /** Names everything that the runtime's archives are compiled from and with. */
  String runtimeKey(ImageRequest request) throws BenchException {
    return key(request, "", file -> RUNTIME.contains(top(file)));
  }

  private Path runtime(ImageRequest request) throws BenchException {
    String key = runtimeKey(request);
    String name = "runtime-" + coreName(request.board());
    return cache.obtain(
        name,
        key,
        forCore("TensorFlow Lite Micro", request),
        work ->
            build(
                request,
                "runtime",
                work,
                List.of(),
                List.of("libtflm_core.a", "libtflm_kernels.a")));
  }

  private Path bench(ImageRequest request) throws BenchException {
    String key = key(request, "", file -> !NOT_BENCH.contains(top(file)) && compiled(file));
    return cache.obtain(
        "bench-" + coreName(request.board()),
        key,
        forCore("the firmware around it", request),
        work ->
            build(
                request,
                "",
                work,
                List.of(),
                List.of("libengine.a", "libserver.a", "protocol/libhilbench_protocol.a")));
  }

  private Path target(ImageRequest request) throws BenchException {
    String target = request.board().target();
    String key = key(request, target, file -> TARGET.contains(top(file)) && compiled(file));
    return cache.obtain(
        "target-" + target + "-" + coreName(request.board()),
        key,
        "the start-up of " + target,
        work ->
            build(
                request,
                "targets",
                work,
                List.of("-DHILBENCH_TARGET=" + target),
                List.of("libtarget.a")));
  }

  private Path kernels(ImageRequest request) throws BenchException {
    String key = key(request, "", file -> List.of("kernels", "cmake").contains(top(file)));
    return cache.obtain(
        "kernels-" + coreName(request.board()),
        key,
        forCore("the kernels", request),
        work -> build(request, "kernels", work, List.of(), List.of("libkernels.a")));
  }

  private String key(ImageRequest request, String more, Predicate<Path> wanted)
      throws BenchException {
    try {
      ContentHash key =
          new ContentHash()
              .add(KEY)
              .add(toolchain.version())
              .add(toolchain.content(request.board().core()))
              .add(request.flags().common(request.board().core()))
              .add(request.flags().cxxOnly());
      return tflm.addCompiled(key).add(more).addTree(templates, wanted).hex();
    } catch (IOException e) {
      throw new BenchException(
          Stage.BUILD,
          BenchException.Kind.ENVIRONMENT,
          "cannot read the firmware templates in " + templates + ": " + e,
          e);
    }
  }

  private List<Path> build(
      ImageRequest request, String project, Path work, List<String> settings, List<String> kept)
      throws BenchException {
    List<String> configure = new ArrayList<>();
    configure.addAll(List.of("cmake", "-S", templates.resolve(project).toString()));
    configure.addAll(List.of("-B", work.toString(), "-G", "Ninja"));
    configure.add("-DCMAKE_TOOLCHAIN_FILE=" + templates.resolve("cmake/arm-none-eabi.cmake"));
    configure.add(
        "-DHILBENCH_FLAGS=" + String.join(" ", request.flags().common(request.board().core())));
    configure.add("-DHILBENCH_CXX_FLAGS=" + String.join(" ", request.flags().cxxOnly()));
    configure.addAll(tflm.cmakeSettings());
    configure.addAll(settings);
    run(configure);
    int jobs = Runtime.getRuntime().availableProcessors();
    run(List.of("ninja", "-C", work.toString(), "-j", Integer.toString(jobs)));
    return kept.stream().map(work::resolve).toList();
  }

  private void run(List<String> argv) throws BenchException {
    Command command = Command.of(argv).withTimeout(TIMEOUT).withStage(Stage.BUILD);
    CommandResult result = Repeated.run(runner, command, failed -> false);
    if (!result.ok()) {
      // Ninja and the compilers it runs speak on stdout, CMake on stderr.
      String said = result.stderr().isBlank() ? result.stdout() : result.stderr();
      throw new BenchException(
          Stage.BUILD,
          BenchException.Kind.ENVIRONMENT,
          Printable.block(
              argv.get(0) + " failed on the firmware's archives (" + result.command() + "):",
              firstErrors(said).stream()));
    }
  }

  /** The lines that name errors, else the last ones. */
  private static List<String> firstErrors(String said) {
    List<String> lines = said.strip().lines().toList();
    List<String> errors = lines.stream().filter(line -> line.contains("rror")).limit(8).toList();
    return errors.isEmpty() ? lines.subList(Math.max(0, lines.size() - 8), lines.size()) : errors;
  }

  /** Files that reach a compiler: not the documents, tests and the linker script. */
  static boolean compiled(Path file) {
    String name = file.toString();
    return Stream.of(".c", ".cc", ".h", ".def", ".S", ".txt", ".cmake").anyMatch(name::endsWith)
        && !name.contains("/test/")
        && !name.contains("/vectors/");
  }

  private static String top(Path file) {
    return file.getName(0).toString();
  }

  private static String forCore(String what, ImageRequest request) {
    return what + " for " + coreName(request.board());
  }

  private static String coreName(BoardProfile board) {
    return CoreName.of(board.core());
  }
}
