package org.hilbench.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveCacheTest {
  private static final String KEY = "0123456789abcdef".repeat(4);

  @Test
  void whatSeveralWantAtOnceIsCompiledOnce(@TempDir Path folder) throws Exception {
    AtomicInteger compilations = new AtomicInteger();
    ArchiveCache.Compilation slow =
        work -> {
          compilations.incrementAndGet();
          pause();
          return List.of(archive(work));
        };
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Path>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        // Each with a cache object of its own, as two programs would have.
        all.add(
            threads.submit(
                () ->
                    new ArchiveCache(folder, CompileWatcher.NOBODY)
                        .obtain("part", KEY, "the part", slow)));
      }
      for (Future<Path> one : all) {
        assertTrue(Files.isRegularFile(one.get().resolve("lib.a")));
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(1, compilations.get());
  }

  @Test
  void aFailedCompilationLeavesNothingAndIsTriedAgain(@TempDir Path folder) throws Exception {
    ArchiveCache cache = new ArchiveCache(folder, CompileWatcher.NOBODY);
    BenchException failure =
        new BenchException(Stage.BUILD, BenchException.Kind.ENVIRONMENT, "no compiler");
    assertEquals(
        failure,
        assertThrows(
            BenchException.class,
            () ->
                cache.obtain(
                    "part",
                    KEY,
                    "the part",
                    work -> {
                      archive(work);
                      throw failure;
                    })));
    assertEquals(List.of(), folders(folder));
    assertTrue(
        Files.exists(
            cache
                .obtain("part", KEY, "the part", work -> List.of(archive(work)))
                .resolve("lib.a")));
  }

  @Test
  void whatAKilledBuildLeftIsNeverTakenForTheArchive(@TempDir Path folder) throws Exception {
    ArchiveCache cache = new ArchiveCache(folder, CompileWatcher.NOBODY);
    Path wanted = cache.obtain("part", KEY, "the part", work -> List.of(archive(work)));
    // As after a kill in the middle: the folders of the work stand, the finished one does not.
    ArchiveCache.deleteTree(wanted);
    Path half = Files.createDirectories(folder.resolve(wanted.getFileName() + ".done"));
    Files.writeString(half.resolve("lib.a"), "half");
    Files.createDirectories(folder.resolve(wanted.getFileName() + ".building/CMakeFiles"));
    Path again = cache.obtain("part", KEY, "the part", work -> List.of(archive(work)));
    assertEquals("whole", Files.readString(again.resolve("lib.a")));
    assertEquals(List.of(again), folders(folder));
  }

  @Test
  void whoWaitsIsToldWhatIsCompiledAndNothingOfWhatIsThere(@TempDir Path folder) throws Exception {
    List<String> told = new ArrayList<>();
    ArchiveCache cache =
        new ArchiveCache(
            folder,
            what -> {
              told.add(what);
              return () -> told.add("done");
            });
    cache.obtain("part", KEY, "the part", work -> List.of(archive(work)));
    cache.obtain("part", KEY, "the part", work -> List.of(archive(work)));
    assertEquals(List.of("the part", "done"), told);
  }

  @Test
  void anotherKeyIsAnotherFolder(@TempDir Path folder) throws Exception {
    ArchiveCache cache = new ArchiveCache(folder, CompileWatcher.NOBODY);
    Path one = cache.obtain("part", KEY, "the part", work -> List.of(archive(work)));
    Path other =
        cache.obtain(
            "part", "f" + KEY.substring(1), "another part", work -> List.of(archive(work)));
    assertFalse(one.equals(other));
    assertEquals(2, folders(folder).size());
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamedWithWhatToDo(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    ArchiveCache cache = new ArchiveCache(file.resolve("archives"), CompileWatcher.NOBODY);
    BenchException e =
        assertThrows(
            BenchException.class,
            () -> cache.obtain("part", KEY, "the part", work -> List.of(archive(work))));
    assertEquals(BenchException.Kind.ENVIRONMENT, e.kind());
    assertTrue(e.getMessage().contains("set HILBENCH_CACHE"), e.getMessage());
  }

  private static Path archive(Path work) {
    try {
      return Files.writeString(work.resolve("lib.a"), "whole");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Path> folders(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Files::isDirectory).toList();
    }
  }
}
