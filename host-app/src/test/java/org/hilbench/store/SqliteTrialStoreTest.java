package org.hilbench.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hilbench.BenchException;
import org.hilbench.search.TrialKey;
import org.hilbench.space.Spaces;
import org.hilbench.trial.Artifact;
import org.hilbench.trial.SampleTrials;
import org.hilbench.trial.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteTrialStoreTest extends TrialStoreContract {
  private static final List<Trial> TRIALS = SampleTrials.search(4, 2);

  @TempDir Path folder;

  @Override
  TrialStore empty() throws BenchException {
    return SqliteTrialStore.open(folder.resolve("contract"));
  }

  private Path file() {
    return folder.resolve(SqliteTrialStore.FILE_NAME);
  }

  private void storeTwoTrials() throws BenchException {
    try (TrialStore store = SqliteTrialStore.open(folder)) {
      store.begin(new ExperimentRecord(Instant.EPOCH, Map.of("--seed", "1")));
      for (Trial trial : TRIALS.subList(0, 2)) {
        store.append(trial, SampleTrials.artifacts(trial, 60_000));
      }
    }
  }

  @Test
  void everythingIsThereAfterReopening() throws BenchException {
    storeTwoTrials();
    try (TrialStore store = SqliteTrialStore.open(folder)) {
      assertEquals(Map.of("--seed", "1"), store.experiment().orElseThrow().flags());
      assertEquals(TRIALS.subList(0, 2), store.trials());
      store.append(TRIALS.get(2), List.of());
      assertEquals(TRIALS.subList(0, 3).stream().map(Trial::key).toList(), store.arrivals());
    }
  }

  @Test
  void oneFileIsTheWholeExperiment() throws Exception {
    storeTwoTrials();
    Path copy = Files.createDirectory(folder.resolve("copy ? # % ü"));
    Files.copy(file(), copy.resolve(SqliteTrialStore.FILE_NAME));
    try (TrialStore store = SqliteTrialStore.openToRead(copy)) {
      assertEquals(TRIALS.subList(0, 2), store.trials());
      Artifact weights = SampleTrials.artifacts(TRIALS.get(1), 60_000).get(1);
      assertArrayEquals(
          weights.bytes(), store.artifact(weights.key(), weights.name()).orElseThrow().bytes());
    }
  }

  @Test
  void aReaderSeesWhatTheWriterHasStoredAndCannotWrite() throws BenchException {
    storeTwoTrials();
    try (TrialStore writer = SqliteTrialStore.open(folder);
        TrialStore reader = SqliteTrialStore.openToRead(folder)) {
      writer.append(TRIALS.get(2), List.of());
      assertEquals(TRIALS.subList(0, 3), reader.trials());
      BenchException refused =
          assertThrows(BenchException.class, () -> reader.append(TRIALS.get(3), List.of()));
      assertTrue(refused.getMessage().contains("cannot be written"), refused.getMessage());
    }
  }

  @Test
  void aSecondWriterInThisProcessIsRefusedUntilTheFirstCloses() throws BenchException {
    TrialStore first = SqliteTrialStore.open(folder);
    BenchException refused =
        assertThrows(BenchException.class, () -> SqliteTrialStore.open(folder));
    String pid = "already open in process " + ProcessHandle.current().pid();
    assertTrue(refused.getMessage().contains(pid), refused.getMessage());
    first.close();
    SqliteTrialStore.open(folder).close();
  }

  @Test
  void nothingToReadIsSaidSo() {
    BenchException refused =
        assertThrows(BenchException.class, () -> SqliteTrialStore.openToRead(folder));
    assertEquals(BenchException.Kind.USAGE, refused.kind());
    assertTrue(refused.getMessage().contains(file().toString()), refused.getMessage());
  }

  @Test
  void anEmptyFileIsAnEmptyExperiment() throws Exception {
    Files.createFile(file());
    storeTwoTrials();
    assertTrue(Files.size(file()) > 0);
  }

  @Test
  void aFileThatIsNoDatabaseIsRefusedAndLeftAlone() throws Exception {
    Files.writeString(file(), "not a database, but more than sixteen bytes of text".repeat(100));
    assertRefusedAndLeftAlone("is corrupt");
  }

  @Test
  void aFileCutShortIsRefusedAndLeftAlone() throws Exception {
    storeTwoTrials();
    byte[] whole = Files.readAllBytes(file());
    Files.write(file(), java.util.Arrays.copyOf(whole, whole.length / 2));
    assertRefusedAndLeftAlone("is corrupt");
  }

  @Test
  void aDamagedPageIsRefusedAndLeftAlone() throws Exception {
    storeTwoTrials();
    try (var channel = Files.newByteChannel(file(), StandardOpenOption.WRITE)) {
      channel.position(4096);
      channel.write(java.nio.ByteBuffer.allocate(3 * 4096));
    }
    assertRefusedAndLeftAlone("is corrupt");
  }

  @Test
  void anotherProgramsDatabaseIsRefusedAndLeftAlone() throws Exception {
    sql("CREATE TABLE bookmarks (url TEXT)");
    assertRefusedAndLeftAlone("of another program");
  }

  @Test
  void aNewerSchemaIsRefusedAndLeftAlone() throws Exception {
    storeTwoTrials();
    sql("PRAGMA user_version = 99");
    assertRefusedAndLeftAlone("has schema 99");
  }

  private void assertRefusedAndLeftAlone(String reason) throws IOException {
    byte[] before = Files.readAllBytes(file());
    for (boolean write : new boolean[] {true, false}) {
      BenchException refused =
          assertThrows(
              BenchException.class,
              () -> {
                try (TrialStore store =
                    write ? SqliteTrialStore.open(folder) : SqliteTrialStore.openToRead(folder)) {
                  store.trials();
                }
              });
      assertEquals(BenchException.Kind.ENVIRONMENT, refused.kind());
      assertTrue(refused.getMessage().contains(reason), refused.getMessage());
      assertTrue(refused.getMessage().contains(file().toString()), refused.getMessage());
    }
    assertArrayEquals(before, Files.readAllBytes(file()));
    assertFalse(Files.exists(folder.resolve(SqliteTrialStore.FILE_NAME + "-journal")));
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement work = connection.createStatement()) {
      work.execute(statement);
    }
  }

  @Test
  void anArtifactThatRottedIsNotHandedOut() throws Exception {
    storeTwoTrials();
    sql("UPDATE artifact SET bytes = zeroblob(length(bytes))");
    try (TrialStore store = SqliteTrialStore.open(folder)) {
      BenchException refused =
          assertThrows(BenchException.class, () -> store.artifacts(TrialKey.first(0)));
      assertTrue(refused.getMessage().contains("SHA-256"), refused.getMessage());
    }
  }

  @Test
  void onAFullDiskOnlyTheTrialInHandIsLost() throws Exception {
    storeTwoTrials();
    SqliteFile sqlite = SqliteFile.open(folder.toRealPath().resolve(SqliteTrialStore.FILE_NAME));
    try (TrialStore store = new SqliteTrialStore(sqlite, null, Spaces.standard())) {
      limitPages(sqlite, 50); // SQLite's own limit: the same error as a disk without room
      List<Artifact> large = SampleTrials.artifacts(TRIALS.get(2), 900_000);
      BenchException full =
          assertThrows(BenchException.class, () -> store.append(TRIALS.get(2), large));
      assertEquals(BenchException.Kind.ENVIRONMENT, full.kind());
      assertTrue(full.getMessage().contains("disk full"), full.getMessage());
      assertTrue(full.getMessage().contains("trial 2 was not stored"));
      assertEquals(TRIALS.subList(0, 2), store.trials());
      limitPages(sqlite, 1_000_000);
      store.append(TRIALS.get(2), large);
      assertEquals(TRIALS.subList(0, 3), store.trials());
      assertEquals(2, store.artifacts(TrialKey.first(2)).size());
    }
  }

  private static void limitPages(SqliteFile sqlite, int pages) throws BenchException {
    sqlite.read(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute("PRAGMA max_page_count = " + pages);
          }
        });
  }

  @Test
  void anExperimentOfBeforePlacesWereKeptIsRead() throws Exception {
    ExperimentRecord old =
        TrialJson.mapper()
            .readValue(
                "{\"startedAt\":\"1970-01-01T00:00:00Z\",\"flags\":{\"--seed\":\"1\"}}",
                ExperimentRecord.class);
    assertEquals(new ExperimentRecord(Instant.EPOCH, Map.of("--seed", "1")), old);
    assertEquals(java.util.Optional.empty(), old.on());
  }
}
