package org.hilbench.lab;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.jspecify.annotations.Nullable;

/**
 * One board for one measurement at a time, over all processes of this machine that use the same
 * cache folder. Gone with the process, however it ends.
 */
public final class ProbeLock implements AutoCloseable {
  private final Probe probe;
  private final FileChannel file;

  private ProbeLock(Probe probe, FileChannel file) {
    this.probe = probe;
    this.file = file;
  }

  /**
   * Takes the board behind this probe; empty where it is in use.
   *
   * @param folder for lock files
   * @throws BenchException if the folder cannot be written
   */
  public static Optional<ProbeLock> take(Path folder, Probe probe) throws BenchException {
    FileChannel file = null;
    try {
      Files.createDirectories(folder);
      file =
          FileChannel.open(
              folder.resolve(probe.serial() + ".lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      FileLock held = lock(file);
      if (held == null) {
        file.close();
        return Optional.empty();
      }
      return Optional.of(new ProbeLock(probe, file));
    } catch (IOException e) {
      throw new BenchException(
          Stage.FLASH,
          BenchException.Kind.ENVIRONMENT,
          "cannot lock probe " + probe + " in " + folder + ": " + e,
          e);
    }
  }

  private static @Nullable FileLock lock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // by another thread of this process
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new IllegalStateException("closing a lock file failed", e);
    }
  }

  @Override
  public String toString() {
    return "lock of " + probe;
  }
}
