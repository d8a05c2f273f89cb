package org.hilbench.firmware;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.exec.CommandRunner;
import org.hilbench.exec.ExecRunner;
import org.hilbench.testkit.SharedData;
import org.hilbench.tflite.TfliteModel;
import org.jspecify.annotations.Nullable;

/**
 * The firmware's engine with every operator of a kernel set, compiled for this machine
 * (firmware-templates/engine/test/host). The runtime is compiled once for all checkouts, the rest
 * as it changes.
 */
public final class HostEngine {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String FLAGS = "-O1 -DNDEBUG -DTF_LITE_STATIC_MEMORY";
  private static final String CXX_FLAGS = "-fno-rtti -fno-exceptions -fno-threadsafe-statics";

  private static @Nullable Path built;

  private final CommandRunner runner = new ExecRunner();
  private final Path templates = Workshop.templates();
  private final TflmSources sources;

  private HostEngine(TflmSources sources) {
    this.sources = sources;
  }

  /**
   * The program for a kernel set, built; the test aborts where a tool or the sources are absent.
   */
  public static Path build(KernelSet kernels) throws BenchException, IOException {
    for (String tool : List.of("g++", "cmake", "ninja")) {
      assumeTrue(new ExecRunner().find(tool).isPresent(), "absent: " + tool);
    }
    assumeTrue(
        Files.isDirectory(Workshop.cache().resolve("tflm").resolve(TflmSources.VERSION)),
        "absent: the runtime's sources; run scripts/fetch-tflm");
    return folder().resolve("engine_" + kernels.name());
  }

  /** Built once in a JVM. */
  private static synchronized Path folder() throws BenchException, IOException {
    Path known = built;
    if (known == null) {
      known = new HostEngine(TflmSources.require(Workshop.cache())).engines();
      built = known;
    }
    return known;
  }

  /** Why a model is refused before a build with these kernels; empty if it is not. */
  public static Optional<String> refusal(TfliteModel model, KernelSet kernels)
      throws BenchException {
    KernelRegistrations chosen = KernelRegistrations.of(kernels, Workshop.templates());
    KernelSet other = kernels.equals(KernelSet.HILBENCH) ? KernelSet.REFERENCE : KernelSet.HILBENCH;
    try {
      OperatorCheck.check(
          model, chosen, List.of(KernelRegistrations.of(other, Workshop.templates())));
      return Optional.empty();
    } catch (BenchException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** The bytes that an image of these kernels holds of a model. */
  public static byte[] linked(TfliteModel model, KernelSet kernels) throws BenchException {
    KernelRegistrations chosen = KernelRegistrations.of(kernels, Workshop.templates());
    return new LinkedModel(model, chosen, TflmApi.TFMICRO2020).embedded();
  }

  /** One build at a time, also of other processes. */
  private Path engines() throws BenchException, IOException {
    Path folder = SharedData.repository().resolve("host-app/target/host-engine");
    Files.createDirectories(folder);
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (!lock.isValid()) {
        throw new IOException("no lock in " + folder);
      }
      Path images = Files.createDirectories(folder.resolve("images"));
      for (KernelSet kernels : List.of(KernelSet.HILBENCH, KernelSet.REFERENCE)) {
        write(images.resolve(kernels.name() + ".cc"), resident(kernels));
      }
      compile(
          "engine/test/host",
          folder,
          List.of("-DRUNTIME=" + runtime(), "-DIMAGES=" + images),
          "engine_hilbench",
          "engine_reference");
      return folder;
    }
  }

  /** The source of the resident image: the operators that an uploaded model finds. */
  private String resident(KernelSet kernels) throws BenchException {
    KernelRegistrations registrations = KernelRegistrations.of(kernels, templates);
    ResidentRequest request = new ResidentRequest(Workshop.board("mps2-an386"), kernels);
    AnyModel any = new AnyModel(registrations, TflmApi.TFMICRO2020, ReferenceOps.operators());
    return new ImageSource(request, registrations, sources, any).render("host");
  }

  private Path runtime() throws BenchException, IOException {
    String compiler = run(List.of("g++", "--version")).stdout();
    ContentHash key = new ContentHash().add(compiler).add(FLAGS).add(CXX_FLAGS);
    key.addTree(templates.resolve("runtime"), file -> true);
    return new ArchiveCache(Workshop.cache().resolve("archives"), CompileWatcher.NOBODY)
        .obtain(
            "runtime-host",
            sources.addCompiled(key).hex(),
            "the runtime for this machine",
            work -> {
              compile("runtime", work, List.of(), "all");
              return List.of(work.resolve("libtflm_core.a"), work.resolve("libtflm_kernels.a"));
            });
  }

  private void compile(String project, Path folder, List<String> settings, String... targets)
      throws BenchException {
    List<String> configure = new ArrayList<>();
    configure.addAll(List.of("cmake", "-S", templates.resolve(project).toString()));
    configure.addAll(List.of("-B", folder.toString(), "-G", "Ninja", "-DHILBENCH_FLAGS=" + FLAGS));
    configure.add("-DHILBENCH_CXX_FLAGS=" + CXX_FLAGS);
    configure.addAll(sources.cmakeSettings());
    configure.addAll(settings);
    run(configure);
    List<String> build = new ArrayList<>(List.of("ninja", "-C", folder.toString()));
    build.addAll(List.of(targets));
    run(build);
  }

  private CommandResult run(List<String> argv) throws BenchException {
    CommandResult result = runner.run(Command.of(argv).withTimeout(PATIENCE));
    if (!result.ok()) {
      throw new IllegalStateException(result.stdout() + result.stderr());
    }
    return result;
  }

  /** Leaves a file alone that says so already, so that nothing is compiled again. */
  private static void write(Path file, String text) {
    try {
      if (!Files.exists(file) || !Files.readString(file).equals(text)) {
        Files.writeString(file, text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
