package org.hilbench.folders;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder for the temporary files of one process and of all that it starts. It is gone with the
 * process: removed at its end, or where it was killed by the next one that opens a scratch folder
 * beside it. A lock beside each folder, which the system drops when its process ends however it
 * does, tells which are in use.
 */
final class Scratch {
  private static final String LOCK = ".lock";
  private static final int NAME_LENGTH = 12;

  private final Path folder;
  private final FileChannel lock;
  private final boolean alone;

  private Scratch(Path folder, FileChannel lock, boolean alone) {
    this.folder = folder;
    this.lock = lock;
    this.alone = alone;
  }

  /** Sweeps what dead processes left in {@code parent}, then makes a folder there. */
  static Scratch open(Path parent) throws IOException {
    synchronized (Scratch.class) {
      try (FileChannel gate = channel(parent.resolve(LOCK));
          FileLock passed = gate.lock()) {
        boolean alone = passed.isValid() && sweep(parent);
        // short, since the names of sockets below it may have 107 bytes in all
        String name = UUID.randomUUID().toString().substring(0, NAME_LENGTH);
        FileChannel lock = channel(parent.resolve(name + LOCK));
        if (lock.tryLock() == null) {
          throw new IOException(parent.resolve(name + LOCK) + " is locked");
        }
        return new Scratch(Files.createDirectory(parent.resolve(name)), lock, alone);
      }
    }
  }

  Path folder() {
    return folder;
  }

  /** Whether no other process had one open when this one was opened. */
  boolean alone() {
    return alone;
  }

  /** Removes the folder with all that is in it, as far as that goes; the rest is swept later. */
  void remove() {
    try {
      deleteTree(folder);
      Files.deleteIfExists(lockOf(folder));
      lock.close();
    } catch (IOException e) {
      // something that we started still writes there
    }
  }

  /** Whether nobody else is alive. */
  private static boolean sweep(Path parent) throws IOException {
    List<Path> folders;
    try (Stream<Path> entries = Files.list(parent)) {
      folders = entries.filter(path -> !path.toString().endsWith(LOCK)).toList();
    }
    List<Path> inUse = new ArrayList<>();
    for (Path left : folders) {
      if (inUse(left)) {
        inUse.add(left);
      } else {
        deleteTree(left);
        Files.deleteIfExists(lockOf(left));
      }
    }
    return inUse.isEmpty();
  }

  private static boolean inUse(Path folder) throws IOException {
    try (FileChannel channel = channel(lockOf(folder))) {
      @Nullable FileLock free = channel.tryLock();
      return free == null;
    } catch (OverlappingFileLockException e) {
      return true; // by this process
    }
  }

  private static Path lockOf(Path folder) {
    return folder.resolveSibling(folder.getFileName() + LOCK);
  }

  private static FileChannel channel(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
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
}
