package org.hilbench.lab;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hilbench.BenchException;
import org.hilbench.Stage;

/**
 * One board for one measurement at a time, over all processes of this machine that use the same
 * cache folder. Gone with the process, however it ends.
 */
public final class ProbeLock implements AutoCloseable {
  /**
   * Lock files of this process. The system's lock is a process's as a whole, and goes when any
   * channel of it to that file is closed: so no second one is opened.
   */
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Probe probe;
  private final Path path;
  private final FileChannel file;

  private ProbeLock(Probe probe, Path path, FileChannel file) {
    this.probe = probe;
    this.path = path;
    this.file = file;
  }

  /**
   * Takes the board behind this probe; empty where it is in use.
   *
   * @param folder for lock files
   * @throws BenchException if the folder cannot be written
   */
  public static Optional<ProbeLock> take(Path folder, Probe probe) throws BenchException {
    Path path = folder.resolve(probe.serial() + ".lock").toAbsolutePath().normalize();
    if (!OURS.add(path)) {
      return Optional.empty();
    }
    Optional<ProbeLock> taken = Optional.empty();
    try {
      Files.createDirectories(folder);
      taken = locked(path).map(file -> new ProbeLock(probe, path, file));
      return taken;
    } catch (IOException e) {
      throw new BenchException(
          Stage.FLASH,
          BenchException.Kind.ENVIRONMENT,
          "cannot lock probe " + probe + " in " + folder + ": " + e,
          e);
    } finally {
      if (taken.isEmpty()) {
        OURS.remove(path);
      }
    }
  }

  /** Open and locked; empty where another process has it. */
  private static Optional<FileChannel> locked(Path path) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean held = false;
    try {
      held = file.tryLock() != null;
      return held ? Optional.of(file) : Optional.empty();
    } finally {
      if (!held) {
        file.close();
      }
    }
  }

  /** Once is enough; more does no harm. */
  @Override
  public void close() {
    if (!file.isOpen()) {
      return;
    }
    try {
      file.close();
    } catch (IOException e) {
      throw new IllegalStateException("closing a lock file failed", e);
    } finally {
      OURS.remove(path);
    }
  }

  @Override
  public String toString() {
    return "lock of " + probe;
  }
}
