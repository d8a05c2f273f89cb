package org.hilbench.firmware;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hilbench.BenchException;

/** All that an image is linked from. */
@SuppressWarnings("ArrayRecordComponent") // never compared, shared without copying
record ImageParts(
    ImageRequest request,
    byte[] embedded,
    String source,
    String scriptText,
    LinkerScript script,
    List<Path> archives,
    ImageLinker linker) {

  /** Writes the sources into a folder and links them there; see {@link ImageLinker#link}. */
  Optional<BuildOutcome.DoesNotFit> linkIn(Path folder) throws BenchException, IOException {
    Files.write(folder.resolve(LinkedModel.FILE), embedded);
    Files.writeString(folder.resolve(ImageLinker.SOURCE), source);
    Files.writeString(folder.resolve(ImageLinker.SCRIPT), scriptText);
    return linker.link(request, folder, archives, script);
  }
}
