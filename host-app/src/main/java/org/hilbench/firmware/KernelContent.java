package org.hilbench.firmware;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hilbench.BenchException;
import org.hilbench.InputFile;

/** Names kernel sets by what they are compiled from, or by what is linked as it is. */
final class KernelContent {
  private KernelContent() {}

  /**
   * @param runtime which has the kernels that the set leaves to it
   */
  static ContentReference of(KernelSet kernels, Path templates, TflmBuild runtime)
      throws BenchException, IOException {
    if (kernels instanceof KernelSet.Hilbench) {
      ContentHash hash = new ContentHash();
      return new ContentReference(
          kernels.name(), hash.addTree(templates, KernelContent::ours).hex());
    }
    if (kernels instanceof KernelSet.Folder) {
      return new ContentReference(kernels.name(), folder(kernels, templates));
    }
    return ContentReference.of(kernels.name(), runtime.content());
  }

  /** All else that reaches compiler or linker. */
  static String surroundings(Path templates) throws IOException {
    return new ContentHash().addTree(templates, KernelContent::aroundOurs).hex();
  }

  private static boolean aroundOurs(Path file) {
    boolean reaches = Archives.compiled(file) || file.toString().endsWith(".in");
    return reaches && !file.startsWith("kernels");
  }

  private static boolean ours(Path file) {
    return file.startsWith("kernels") && Archives.compiled(file);
  }

  private static String folder(KernelSet kernels, Path templates) throws BenchException {
    KernelRegistrations registrations = KernelRegistrations.of(kernels, templates);
    ContentHash hash = new ContentHash().add(registrations.file().toString());
    List<Path> archives = registrations.archives();
    for (Path archive : archives) {
      hash.add(archive.getFileName().toString()).add(InputFile.library(archive).bytes());
    }
    return hash.hex();
  }
}
