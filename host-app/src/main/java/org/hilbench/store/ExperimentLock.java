package org.hilbench.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.jspecify.annotations.Nullable;

/**
 * One writer for an experiment: a lock of the operating system on a file beside it, which ends with
 * the process however that ends. The file says which process holds it.
 */
final class ExperimentLock implements AutoCloseable {
  /**
   * Locks of POSIX belong to the process: a second channel on the file would give up the first
   * one's lock when it is closed. So this process knows by itself what it holds.
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private ExperimentLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** The lock for {@code experiment}, or a {@link BenchException} that names who holds it. */
  static ExperimentLock take(Path experiment) throws BenchException {
    Path file = experiment.resolveSibling(experiment.getFileName() + ".lock");
    if (!HELD_HERE.add(file)) {
      throw heldBy(experiment, Long.toString(ProcessHandle.current().pid()));
    }
    ExperimentLock lock = null;
    try {
      lock = open(experiment, file);
      return lock;
    } finally {
      if (lock == null) {
        HELD_HERE.remove(file);
      }
    }
  }

  private static ExperimentLock open(Path experiment, Path file) throws BenchException {
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      @Nullable FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        throw heldBy(experiment, Files.readString(file).strip());
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(ownPid()));
      return new ExperimentLock(file, channel);
    } catch (IOException e) {
      throw new BenchException(
          Stage.STORE,
          BenchException.Kind.ENVIRONMENT,
          "cannot lock experiment "
              + experiment
              + " ("
              + e
              + "); choose a writable folder by --out",
          e);
    }
  }

  private static byte[] ownPid() {
    return (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  private static BenchException heldBy(Path experiment, String pid) {
    return new BenchException(
        Stage.STORE,
        BenchException.Kind.ENVIRONMENT,
        "experiment "
            + experiment
            + " is already open in process "
            + (pid.isEmpty() ? "(unknown)" : pid)
            + "; wait until it ends, or start another with --out");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("cannot release " + file, e);
    } finally {
      HELD_HERE.remove(file);
    }
  }
}
