package org.hilbench.firmware;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.Stage;

/**
 * Folders of compiled archives, each named by the content that it was compiled from. A folder
 * appears whole or not at all, whoever is killed when; processes that want the same one build it
 * once.
 */
final class ArchiveCache {
  private static final long POLL_MILLIS = 50;

  private final Path folder;
  private final CompileWatcher watcher;

  ArchiveCache(Path folder, CompileWatcher watcher) {
    this.folder = folder;
    this.watcher = watcher;
  }

  /** Compiles into a folder and answers the archives to keep. */
  @FunctionalInterface
  interface Compilation {
    List<Path> into(Path workFolder) throws BenchException;
  }

  /**
   * The folder of this name and key, compiled first if it is not there.
   *
   * @param what is compiled, in words
   */
  Path obtain(String name, String key, String what, Compilation compilation) throws BenchException {
    Path wanted = folder.resolve(name + "-" + key.substring(0, 24));
    if (Files.isDirectory(wanted)) {
      return wanted;
    }
    try (CompileWatcher.Step step = watcher.begins(what)) {
      Files.createDirectories(folder);
      try (FileChannel channel = openLock(wanted);
          FileLock lock = lock(channel)) {
        if (lock.isValid() && !Files.isDirectory(wanted)) {
          compile(wanted, compilation);
        }
      }
      step.done();
    } catch (IOException e) {
      throw unusable(folder, e);
    }
    return wanted;
  }

  private FileChannel openLock(Path wanted) throws IOException {
    return FileChannel.open(
        folder.resolve(wanted.getFileName() + ".lock"),
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE);
  }

  /** Waits for other processes by the system's lock, for other threads of this one by asking. */
  private static FileLock lock(FileChannel channel) throws IOException {
    while (true) {
      try {
        return channel.lock();
      } catch (OverlappingFileLockException e) {
        try {
          Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted while waiting for another build", interrupted);
        }
      }
    }
  }

  private void compile(Path wanted, Compilation compilation) throws IOException, BenchException {
    // Under the lock, so whatever a killed build of this key left is nobody's.
    Path work = folder.resolve(wanted.getFileName() + ".building");
    Path done = folder.resolve(wanted.getFileName() + ".done");
    deleteTree(work);
    deleteTree(done);
    Files.createDirectories(work);
    Files.createDirectories(done);
    try {
      for (Path archive : compilation.into(work)) {
        Files.move(archive, done.resolve(String.valueOf(archive.getFileName())));
      }
      Files.move(done, wanted, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      deleteTree(work);
      deleteTree(done);
    }
  }

  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> walk = Files.walk(root)) {
      deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }

  static BenchException unusable(Path folder, IOException cause) {
    return new BenchException(
        Stage.BUILD,
        BenchException.Kind.ENVIRONMENT,
        "cannot build in "
            + folder
            + ": "
            + cause
            + ". Free space there or set HILBENCH_CACHE to another folder",
        cause);
  }
}
