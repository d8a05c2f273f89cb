package org.hilbench.firmware;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.Printable;
import org.hilbench.Stage;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.exec.CommandRunner;
import org.hilbench.exec.Repeated;

/** Compiles an image's own source and links it, in one start of the compiler. */
final class ImageLinker {
  static final String ELF = "firmware.elf";
  static final String SOURCE = "image.cc";
  static final String SCRIPT = "firmware.ld";

  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Pattern OVERFLOW =
      Pattern.compile("region `([A-Z0-9_]+)' overflowed by (\\d{1,18}) bytes");

  private final CommandRunner runner;
  private final Path templates;
  private final TflmBuild tflm;

  ImageLinker(CommandRunner runner, Path templates, TflmBuild tflm) {
    this.runner = runner;
    this.templates = templates;
    this.tflm = tflm;
  }

  /**
   * Makes {@link #ELF} of the sources in {@code work}.
   *
   * @return what did not fit, or empty when the image is there
   * @throws LinkException where it cannot be linked, and it is not known why
   */
  Optional<BuildOutcome.DoesNotFit> link(
      ImageRequest request, Path work, List<Path> archives, LinkerScript script)
      throws BenchException {
    CommandResult result =
        Repeated.run(
            runner,
            Command.of(argv(request, archives))
                .withDirectory(work)
                .withTimeout(TIMEOUT)
                .withStage(Stage.BUILD),
            said -> OVERFLOW.matcher(said.stderr()).find());
    return result.ok() ? Optional.empty() : Optional.of(overflow(result, script));
  }

  /**
   * Paths of this machine stay out of the file: sources are relative, debug information is left.
   */
  List<String> argv(ImageRequest request, List<Path> archives) {
    List<String> argv = new ArrayList<>();
    argv.add(Toolchain.COMPILER);
    argv.addAll(request.flags().common(request.board().core()));
    argv.addAll(request.flags().cxxOnly());
    argv.addAll(List.of("-std=c++17", "-I" + templates));
    tflm.includes().forEach(folder -> argv.add("-I" + folder));
    argv.add(SOURCE);
    argv.addAll(List.of("-nostartfiles", "-Wl,--gc-sections", "-Wl,--strip-debug", "-T", SCRIPT));
    if (tflm.archive().isPresent()) {
      // Wanted before the library is searched, which has one of its own that brings in stdio.
      argv.add("-Wl,-u,DebugLog");
    }
    argv.add("-Wl,--start-group");
    archives.forEach(archive -> argv.add(archive.toString()));
    argv.addAll(List.of("-Wl,--end-group", "-lm", "-o", ELF));
    return List.copyOf(argv);
  }

  /**
   * The archives of the compiled folders, in a fixed order, then those of a kernel set, then a
   * user's runtime: what both define, such as DebugLog, is taken from ours.
   */
  static List<Path> archives(List<Path> folders, List<Path> kernelArchives, Optional<Path> runtime)
      throws IOException {
    List<Path> all = new ArrayList<>();
    for (Path folder : folders) {
      try (Stream<Path> files = Files.list(folder)) {
        files.filter(file -> file.toString().endsWith(".a")).sorted().forEach(all::add);
      }
    }
    all.addAll(kernelArchives);
    runtime.ifPresent(all::add);
    return List.copyOf(all);
  }

  private BuildOutcome.DoesNotFit overflow(CommandResult result, LinkerScript script)
      throws BenchException {
    Matcher overflow = OVERFLOW.matcher(result.stderr());
    boolean tooBig = overflow.find();
    if (!tooBig && tflm.archive().isPresent() && !result.ending().bySignal()) {
      throw BenchException.usage(
          Stage.BUILD,
          Printable.block(
              "the image could not be linked with "
                  + tflm.archive().get()
                  + "; is that library built of the headers in include, for this core and float"
                  + " ABI, with TF_LITE_STATIC_MEMORY and all kernels? The linker says:",
              result.lastLines().stream()));
    }
    if (!tooBig) {
      throw new LinkException(
          Printable.block(
              "the image could not be linked ("
                  + result.command()
                  + " in "
                  + result.command().directory()
                  + "):",
              result.lastLines().stream()));
    }
    String region = overflow.group(1);
    return new BuildOutcome.DoesNotFit(
        region, Long.parseLong(overflow.group(2)), script.size(region).orElse(0L));
  }
}
