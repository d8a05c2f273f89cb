package org.hilbench.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.store.SqliteTrialStore;
import org.hilbench.trial.Trial;
import org.jspecify.annotations.Nullable;

/** The folder of one search: its store, its report and its models. */
public record RunFolder(Path path) {
  private static final Path RUNS = Path.of("hilbench-runs");
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss", Locale.ROOT);

  /**
   * The folder of a search that begins or, with {@code resume}, of one that was begun: the one that
   * was asked for, else a new one, or the newest there is. (USAGE) if there is none to go on with.
   */
  public static RunFolder choose(@Nullable Path asked, boolean resume) throws BenchException {
    if (asked != null) {
      return resume ? toResume(asked) : new RunFolder(asked.toAbsolutePath().normalize());
    }
    Path runs = RUNS.toAbsolutePath();
    return new RunFolder(
        resume
            ? newest(runs).orElseThrow(() -> nothingToResume(runs, "holds no search"))
            : runs.resolve(NAME.format(LocalDateTime.now(ZoneId.systemDefault()))));
  }

  private static RunFolder toResume(Path asked) throws BenchException {
    RunFolder folder = new RunFolder(asked.toAbsolutePath().normalize());
    if (!Files.exists(folder.path)) {
      throw nothingToResume(folder.path, "does not exist");
    }
    if (!Files.exists(folder.store())) {
      throw nothingToResume(folder.path, "holds no search");
    }
    return folder;
  }

  /** What {@code --resume} names cannot be gone on with; a new search begins only where asked. */
  static BenchException nothingToResume(Path folder, String why) {
    return BenchException.usage(
        Stage.STORE,
        "--resume: "
            + folder
            + " "
            + why
            + "; name the --out of a search, or begin one there"
            + " without --resume");
  }

  private static Optional<Path> newest(Path runs) throws BenchException {
    if (!Files.isDirectory(runs)) {
      return Optional.empty();
    }
    try (Stream<Path> folders = Files.list(runs)) {
      return folders
          .filter(folder -> Files.exists(new RunFolder(folder).store()))
          .max(Comparator.comparing(Path::getFileName));
    } catch (IOException e) {
      throw unusable(runs, "cannot be listed", e);
    }
  }

  /** An existing search; refused where there is none. */
  public static RunFolder existing(Path asked) throws BenchException {
    RunFolder folder = new RunFolder(asked.toAbsolutePath().normalize());
    if (!Files.exists(folder.store())) {
      throw BenchException.usage(
          Stage.STORE, asked + " holds no search (no " + folder.store().getFileName() + " in it)");
    }
    return folder;
  }

  Path store() {
    return path.resolve(SqliteTrialStore.FILE_NAME);
  }

  public Path report() {
    return path.resolve("report.html");
  }

  /** The model of a point of the front. */
  Path model(Trial trial) {
    String version =
        trial.finalVersion() ? "-final" : trial.rung() > 0 ? "-rung" + trial.rung() : "";
    return path.resolve("models")
        .resolve(String.format(Locale.ROOT, "trial-%03d%s.tflite", trial.number(), version));
  }

  /** What a strategy may lose; deleting the folder changes no search. */
  Path checkpoints() {
    return path.resolve("strategy").resolve("checkpoints");
  }

  /** What a strategy made, by hash. */
  Path artifacts() {
    return path.resolve("strategy").resolve("artifacts");
  }

  void create() throws BenchException {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw unusable(path, "cannot be created", e);
    }
  }

  /** A file's bytes; empty where there is none. */
  Optional<byte[]> read(Path file) throws BenchException {
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unusable(file, "cannot be read", e);
    }
  }

  /** Writes a file whole or not at all. */
  void write(Path file, byte[] bytes) throws BenchException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.createDirectories(part.getParent());
      try {
        Files.write(part, bytes);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part); // half of it, where the disk is full
      }
    } catch (IOException e) {
      throw unusable(file, "cannot be written", e);
    }
  }

  private static BenchException unusable(Path path, String why, IOException cause) {
    return new BenchException(
        Stage.STORE,
        BenchException.Kind.ENVIRONMENT,
        path + " " + why + ": " + cause.getMessage() + "; choose another folder with --out",
        cause);
  }
}
