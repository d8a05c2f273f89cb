package org.hilbench.firmware;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Linked images, a folder each named by build id; only the newest are kept. */
final class ImageStore {
  /** About 150 KB each; far more than can be in use at once. */
  private static final int KEPT = 256;

  private static final String WORK = "work-";
  private static final Duration ABANDONED = Duration.ofHours(6);

  private final Path folder;

  ImageStore(Path folder) {
    this.folder = folder;
  }

  Optional<Path> find(String buildId) {
    Path image = folder.resolve(buildId);
    return Files.isRegularFile(image.resolve(ImageLinker.ELF))
        ? Optional.of(image)
        : Optional.empty();
  }

  Work begin() throws IOException {
    Files.createDirectories(folder);
    return new Work(Files.createTempDirectory(folder, WORK));
  }

  /** A folder in which an image is made; gone when closed, unless it was kept. */
  final class Work implements AutoCloseable {
    private final Path path;

    private Work(Path path) {
      this.path = path;
    }

    Path folder() {
      return path;
    }

    /**
     * Names the finished folder by its build id; where another build was first, its is answered.
     */
    Path keep(String buildId) throws IOException {
      Path kept = folder.resolve(buildId);
      try {
        Files.move(path, kept, StandardCopyOption.ATOMIC_MOVE);
      } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
        return kept;
      }
      forgetOldest();
      return kept;
    }

    @Override
    public void close() throws IOException {
      ArchiveCache.deleteTree(path);
    }
  }

  private void forgetOldest() throws IOException {
    List<Path> all;
    try (Stream<Path> entries = Files.list(folder)) {
      all = entries.toList();
    }
    List<Path> images =
        all.stream()
            .filter(path -> !path.getFileName().toString().startsWith(WORK))
            .sorted(Comparator.comparing(ImageStore::age).reversed())
            .toList();
    for (Path old : images.subList(Math.min(KEPT, images.size()), images.size())) {
      ArchiveCache.deleteTree(old);
    }
    Instant limit = Instant.now().minus(ABANDONED);
    for (Path path : all) {
      if (path.getFileName().toString().startsWith(WORK) && age(path).toInstant().isBefore(limit)) {
        ArchiveCache.deleteTree(path);
      }
    }
  }

  private static FileTime age(Path path) {
    try {
      return Files.getLastModifiedTime(path);
    } catch (IOException e) {
      // Another process took it away; it will not be there to delete either.
      return FileTime.from(Instant.EPOCH);
    }
  }
}
