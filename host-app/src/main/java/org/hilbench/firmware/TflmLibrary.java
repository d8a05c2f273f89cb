package org.hilbench.firmware;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.InputFile;
import org.hilbench.Sha256;
import org.hilbench.Stage;
import org.hilbench.board.Core;
import org.hilbench.exec.CommandRunner;

/**
 * A user's library for one core, read and hashed.
 *
 * @param user where it lies
 * @param library the archive for the core
 * @param kernelObjects of the archive
 */
record TflmLibrary(
    UserTflm user,
    Path library,
    String includeSha256,
    String archiveSha256,
    List<String> kernelObjects)
    implements TflmBuild {

  TflmLibrary {
    kernelObjects = List.copyOf(kernelObjects);
  }

  static TflmLibrary read(CommandRunner runner, UserTflm user, Core core) throws BenchException {
    user.require();
    Path library = user.archiveFor(core);
    try {
      return new TflmLibrary(
          user,
          library,
          headers(user.include()),
          Sha256.hex(InputFile.library(library).bytes()),
          ArchiveObjects.ofKernels(runner, library));
    } catch (IOException e) {
      throw BenchException.usage(Stage.BUILD, "tflm cannot be read: " + e, e);
    }
  }

  /** Over all headers; what else lies in a checkout does not reach the compiler. */
  private static String headers(List<Path> folders) throws IOException {
    ContentHash hash = new ContentHash();
    for (Path folder : folders) {
      hash.addTree(folder, TflmLibrary::isHeader);
    }
    return hash.hex();
  }

  private static boolean isHeader(Path file) {
    String name = file.toString();
    return Stream.of(".h", ".hpp", ".inc").anyMatch(name::endsWith);
  }

  @Override
  public String version() {
    return user.version();
  }

  @Override
  public List<String> content() {
    return List.of(user.version(), includeSha256, archiveSha256);
  }

  @Override
  public ContentHash addCompiled(ContentHash key) {
    return key.add(includeSha256);
  }

  @Override
  public TflmIdentity identity() {
    return new TflmIdentity(user.version(), Optional.of(includeSha256), Optional.of(archiveSha256));
  }

  @Override
  public List<String> cmakeSettings() {
    return List.of(
        "-DHILBENCH_TFLM_INCLUDES="
            + user.include().stream().map(Path::toString).collect(Collectors.joining(";")));
  }

  @Override
  public List<Path> includes() {
    return user.include();
  }

  @Override
  public Optional<Path> archive() {
    return Optional.of(library);
  }

  @Override
  public TflmApi api() {
    return TflmApi.CURRENT;
  }
}
