package org.hilbench.firmware;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hilbench.BenchException;
import org.hilbench.InputFile;
import org.hilbench.Stage;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.Core;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandRunner;
import org.hilbench.tflite.TfliteModel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds a model into a firmware image for a board. All that does not depend on the model is
 * compiled once and kept; a candidate costs one small compile and a link.
 *
 * <p>Thread-safe, also between processes that share a cache.
 */
public final class FirmwareBuilder {
  private static final Logger LOG = LoggerFactory.getLogger(FirmwareBuilder.class);

  private final CommandRunner runner;
  private final Path templates;
  private final Path cache;
  private final ImageStore images;
  private final Optional<UserTflm> tflm;
  private final CompileWatcher watcher;
  private final Map<Core, TflmBuild> runtimes = new ConcurrentHashMap<>();
  private volatile Optional<ImageParts> linked = Optional.empty();
  private @Nullable Toolchain toolchain;

  /**
   * A builder; nothing is looked for yet.
   *
   * @param templates the folder firmware-templates of the checkout
   * @param cache {@code HILBENCH_CACHE}, where scripts/fetch-tflm put the runtime's sources
   */
  public FirmwareBuilder(CommandRunner runner, Path templates, Path cache) {
    this(runner, templates, cache, Optional.empty(), CompileWatcher.NOBODY);
  }

  /**
   * The same with a runtime of the user's own.
   *
   * @param tflm absent for the crate
   * @param watcher is told of what is compiled once
   */
  public FirmwareBuilder(
      CommandRunner runner,
      Path templates,
      Path cache,
      Optional<UserTflm> tflm,
      CompileWatcher watcher) {
    this.runner = runner;
    this.watcher = watcher;
    this.tflm = tflm;
    this.templates = templates.toAbsolutePath();
    this.cache = cache.toAbsolutePath();
    this.images = new ImageStore(this.cache.resolve("images"));
  }

  /** What a first build asks of programs, whatever model and core are. */
  public static List<Command> questions() {
    return Toolchain.questions();
  }

  /** What a first build for the core asks besides. */
  public static Command question(Core core) {
    return Toolchain.whereItLooks(core);
  }

  /**
   * Builds the image, or finds it where the same one was built before.
   *
   * @throws BenchException USAGE where the kernels lack or miscompute an operator (all are named)
   *     or the kernel set is not here; ENVIRONMENT where a program, the runtime's sources or space
   *     is missing; PASSING where compilers fail on anything; TRIAL where they fail on this alone
   */
  public BuildOutcome build(ImageRequest request) throws BenchException {
    requireTarget(request.board());
    requireKernels(request.kernels());
    if (request instanceof FirmwareRequest one) {
      requireOperators(one.model(), one.kernels());
    }
    KernelRegistrations kernels = KernelRegistrations.of(request.kernels(), templates);
    try {
      Optional<LibraryOps> library = library();
      Toolchain found = toolchain();
      TflmBuild runtime = tflm(request.board().core());
      ImageContents contents = contents(request, kernels, runtime.api(), library);
      return build(request, kernels, found, runtime, contents);
    } catch (IOException e) {
      throw ArchiveCache.unusable(cache, e);
    }
  }

  /**
   * That an image can have all operators of a model, which is known before anything runs it.
   *
   * @throws BenchException (USAGE) with every operator that the kernels lack or compute wrongly
   */
  public void requireOperators(TfliteModel model, KernelSet set) throws BenchException {
    requireKernels(set);
    try {
      OperatorCheck.check(
          model,
          KernelRegistrations.of(set, templates),
          others(set),
          tflm.map(UserTflm::version).orElse(TflmSources.VERSION),
          library());
    } catch (IOException e) {
      throw ArchiveCache.unusable(cache, e);
    }
  }

  private Optional<LibraryOps> library() throws IOException {
    return tflm.isEmpty() ? Optional.empty() : Optional.of(LibraryOps.read(templates));
  }

  /** The sets that a user of the default runtime may choose instead. */
  private List<KernelRegistrations> others(KernelSet chosen) throws BenchException {
    List<KernelRegistrations> others = new ArrayList<>();
    for (KernelSet set : List.of(KernelSet.HILBENCH, KernelSet.REFERENCE)) {
      if (tflm.isEmpty() && !set.equals(chosen)) {
        others.add(KernelRegistrations.of(set, templates));
      }
    }
    return others;
  }

  private static ImageContents contents(
      ImageRequest request, KernelRegistrations kernels, TflmApi api, Optional<LibraryOps> library)
      throws BenchException {
    if (request instanceof FirmwareRequest one) {
      return new LinkedModel(one.model(), kernels, api);
    }
    List<String> ofRuntime =
        library.map(ops -> ops.names().stream().sorted().toList()).orElse(ReferenceOps.operators());
    return new AnyModel(kernels, api, ofRuntime);
  }

  /** Whether there is firmware for this board. */
  public static boolean hasTarget(Path templates, BoardProfile board) {
    return Files.exists(
        templates.resolve("targets").resolve(board.target()).resolve("CMakeLists.txt"));
  }

  private void requireTarget(BoardProfile board) throws BenchException {
    if (!hasTarget(templates, board)) {
      throw BenchException.usage(
          Stage.BUILD,
          "board '"
              + board.id()
              + "' has no firmware yet (firmware-templates/targets/"
              + board.target()
              + " is absent); hilbench boards lists those that have");
    }
  }

  private void requireKernels(KernelSet kernels) throws BenchException {
    try {
      kernels.requireWith(tflm);
    } catch (IllegalArgumentException e) {
      throw BenchException.usage(Stage.BUILD, String.valueOf(e.getMessage()), e);
    }
  }

  /** A user's library is read and hashed once for a core. */
  private TflmBuild tflm(Core core) throws BenchException {
    if (tflm.isEmpty()) {
      return TflmSources.require(cache);
    }
    TflmBuild known = runtimes.get(core);
    if (known == null) {
      known = TflmLibrary.read(runner, tflm.get(), core);
      runtimes.put(core, known);
    }
    return known;
  }

  /**
   * The kernels that an image for this core would have, by their content.
   *
   * @throws BenchException as {@link #build}, where they are not here
   */
  public ContentReference kernels(KernelSet kernels, Core core) throws BenchException {
    requireKernels(kernels);
    try {
      return KernelContent.of(kernels, templates, tflm(core));
    } catch (IOException e) {
      throw ArchiveCache.unusable(templates, e);
    }
  }

  /** SHA-256 of what is compiled and linked around kernels and runtime, hexadecimal. */
  public String surroundings() throws BenchException {
    try {
      return KernelContent.surroundings(templates);
    } catch (IOException e) {
      throw ArchiveCache.unusable(templates, e);
    }
  }

  /** Compiler, its libraries and the usual flags for a core. */
  public String toolchain(Core core) throws BenchException {
    Toolchain found = toolchain();
    return String.join(", ", found.version(), found.content(core), BuildFlags.DEFAULT.text(core));
  }

  /** The runtime that an image for this core would have, by its content. */
  public ContentReference runtime(Core core) throws BenchException {
    TflmBuild runtime = tflm(core);
    return ContentReference.of(runtime.version(), runtime.content());
  }

  private BuildOutcome build(
      ImageRequest request,
      KernelRegistrations kernels,
      Toolchain found,
      TflmBuild runtime,
      ImageContents contents)
      throws BenchException, IOException {
    ArchiveCache archiveCache = new ArchiveCache(cache.resolve("archives"), watcher);
    List<Path> folders =
        new Archives(runner, templates, archiveCache, found, runtime).folders(request, kernels);
    List<Path> archives = ImageLinker.archives(folders, kernels.archives(), runtime.archive());
    LinkerScript script = new LinkerScript(request.board());
    String scriptText = script.render(templates, kernels.archives(), runtime);
    byte[] embedded = contents.embedded();
    ImageSource source = new ImageSource(request, kernels, runtime, contents);
    String buildId = buildId(source, scriptText, folders, kernels, runtime, embedded);

    Optional<Path> known = images.find(buildId);
    if (known.isEmpty()) {
      ImageLinker linker = new ImageLinker(runner, templates, runtime);
      ImageParts parts =
          new ImageParts(
              request, embedded, source.render(buildId), scriptText, script, archives, linker);
      try (ImageStore.Work work = images.begin()) {
        Optional<BuildOutcome.DoesNotFit> tooBig = link(parts, work.folder());
        if (tooBig.isPresent()) {
          return tooBig.get();
        }
        known = Optional.of(work.keep(buildId));
      }
    }
    return new BuildOutcome.Built(
        ImageReader.read(
            known.get().resolve(ImageLinker.ELF),
            request,
            contents,
            found.version(),
            runtime.identity(),
            buildId));
  }

  /** The model's failure is what another image does not share. */
  private Optional<BuildOutcome.DoesNotFit> link(ImageParts parts, Path folder)
      throws BenchException, IOException {
    try {
      Optional<BuildOutcome.DoesNotFit> tooBig = parts.linkIn(folder);
      linked = Optional.of(parts);
      return tooBig;
    } catch (LinkException e) {
      throw canLink() ? e.ofTheModel() : e;
    }
  }

  /** Whether what was linked last is linked now; false where nothing was. */
  private boolean canLink() throws IOException {
    Optional<ImageParts> known = linked;
    if (known.isEmpty()) {
      return false;
    }
    try (ImageStore.Work work = images.begin()) {
      var unused = known.get().linkIn(work.folder());
      return true;
    } catch (BenchException e) {
      LOG.warn("what was linked before cannot be linked now: {}", e.getMessage());
      return false;
    }
  }

  /** Names all inputs: the archives by their folders, which are named by content. */
  private static String buildId(
      ImageSource source,
      String script,
      List<Path> folders,
      KernelRegistrations kernels,
      TflmBuild runtime,
      byte[] embedded)
      throws BenchException {
    ContentHash hash = new ContentHash().add(source.render("")).add(script).add(embedded);
    hash.add(runtime.content());
    folders.forEach(folder -> hash.add(String.valueOf(folder.getFileName())));
    for (Path archive : kernels.archives()) {
      hash.add(InputFile.library(archive).bytes());
    }
    return hash.hex().substring(0, 32);
  }

  private synchronized Toolchain toolchain() throws BenchException {
    Toolchain known = toolchain;
    if (known == null) {
      known = Toolchain.require(runner);
      toolchain = known;
    }
    return known;
  }
}
