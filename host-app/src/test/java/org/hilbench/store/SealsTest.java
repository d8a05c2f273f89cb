package org.hilbench.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hilbench.BenchException;
import org.hilbench.trial.Artifact;
import org.hilbench.trial.Outcome;
import org.hilbench.trial.SampleTrials;
import org.hilbench.trial.Trial;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is changed in a stored experiment is seen before any of it is believed. */
final class SealsTest {
  private static final List<Trial> TRIALS = SampleTrials.search(6, 2);

  /** SQLite's own bookkeeping: the greatest arrival so far, which only a greater one can change. */
  private static final Set<String> HARMLESS = Set.of("sqlite_sequence.name", "sqlite_sequence.seq");

  private static final String FLIPPED =
      "CASE typeof(COLUMN) WHEN 'blob' THEN zeroblob(length(COLUMN)) WHEN 'text' THEN"
          + " replace(replace(replace(COLUMN, '5', '6'), 'a', 'b'), 'A', 'R') ELSE -COLUMN END";

  @TempDir private Path folder;
  private Path stored;

  @BeforeEach
  void store() throws Exception {
    stored = stored("stored", TRIALS);
  }

  private Path stored(String name, List<Trial> trials) throws Exception {
    Path at = folder.resolve(name);
    try (TrialStore store = SqliteTrialStore.open(at)) {
      store.begin(new ExperimentRecord(Instant.EPOCH, Map.of("--seed", "1")));
      for (Trial trial : trials) {
        store.append(trial, SampleTrials.artifacts(trial, 500));
      }
      Trial evaluated = evaluated(trials);
      store.append(
          SampleTrials.trainedOn(evaluated),
          SampleTrials.artifacts(SampleTrials.trainedOn(evaluated), 700));
      store.recordTest(evaluated.key(), 0.75);
    }
    return at.resolve(SqliteTrialStore.FILE_NAME);
  }

  private static Trial evaluated(List<Trial> trials) {
    return trials.stream()
        .filter(trial -> trial.outcome() instanceof Outcome.Evaluated)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyColumnOfEveryTableIsFoundOrIsProvenHarmless() throws Exception {
    List<String> columns = columns();
    List<String> never = new ArrayList<>(columns);
    for (String column : columns) {
      for (String change : List.of("dec", "inc", "flip")) {
        if (!changed(column, change)) {
          continue;
        }
        never.remove(column);
        if (HARMLESS.contains(column)) {
          assertEquals(everything(stored), everything(copy()), column);
        } else {
          assertRefused(copy(), column + " " + change);
        }
      }
    }
    assertEquals(List.of("experiment.id"), never, "which may only be 1");
  }

  /** Each column as table.column. */
  private List<String> columns() throws SQLException {
    List<String> columns = new ArrayList<>();
    query(
        stored,
        "SELECT t.name || '.' || c.name FROM sqlite_schema t, pragma_table_info(t.name) c"
            + " WHERE t.type = 'table'",
        columns);
    return columns;
  }

  /** Whether the change, to the last row alone, changed anything and SQLite let it pass. */
  private boolean changed(String column, String change) throws Exception {
    String[] names = column.split("\\.");
    String what =
        switch (change) {
          case "inc" -> names[1] + " + 1000";
          case "dec" -> names[1] + " - 0.25";
          default -> FLIPPED.replace("COLUMN", names[1]);
        };
    String last = " WHERE C IN (SELECT C FROM " + names[0] + " ORDER BY 1 DESC LIMIT 1)";
    Files.copy(stored, copy(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    try {
      return sql(
                  copy(),
                  "UPDATE "
                      + names[0]
                      + " SET "
                      + names[1]
                      + " = "
                      + what
                      + last.replace(" C ", " " + names[1] + " "))
              > 0
          && Files.mismatch(stored, copy()) >= 0
          && !dump(stored, names[0]).equals(dump(copy(), names[0]));
    } catch (SQLException e) {
      return false; // a rule of the table forbids it
    }
  }

  private Path copy() throws Exception {
    return Files.createDirectories(folder.resolve("copy")).resolve(SqliteTrialStore.FILE_NAME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE trial SET record = replace(record, '\"int8Validation\":0.',"
            + " '\"int8Validation\":0.9')",
        "UPDATE trial SET record = (SELECT record FROM trial t WHERE t.number = 1 - trial.number)"
            + " WHERE number < 2 AND rung = 0",
        "UPDATE trial SET number = 100 - number",
        "DELETE FROM trial WHERE number = 5",
        "DELETE FROM trial WHERE number = 0",
        "DELETE FROM test_reading",
        "UPDATE test_reading SET int8 = int8 + 1e-9",
        "INSERT INTO test_reading SELECT arrival, 0.9 FROM trial WHERE rung = 1",
        "INSERT INTO trial (number, rung, architecture, outcome, record)"
            + " SELECT 17, rung, architecture, outcome, record FROM trial LIMIT 1",
        "DELETE FROM made WHERE trial = 2",
        "UPDATE made SET artifact = artifact - 2 WHERE trial = 7",
        "DELETE FROM artifact WHERE id = 1",
        "INSERT INTO artifact SELECT id + 100, stage, key || 'x', parts, name, sha256, bytes"
            + " FROM artifact LIMIT 1",
        "UPDATE artifact SET bytes = zeroblob(3), sha256 ="
            + " '709e80c88487a2411e1ee4dfb9f22a861492d20c4765150c0c794abd70f8147c' WHERE id = 1",
        "UPDATE experiment SET record = replace(record, '\"1\"', '\"2\"')",
        "DELETE FROM experiment",
        "DELETE FROM seal",
        "DELETE FROM seal WHERE entry = 1",
        "DELETE FROM seal WHERE entry = 4",
        "DROP TABLE seal",
        "PRAGMA user_version = 1"
      })
  void anEditIsSeen(String edit) throws Exception {
    sql(stored, "PRAGMA foreign_keys = OFF");
    sql(stored, edit);
    if (edit.startsWith("PRAGMA user_version")) {
      assertThrows(BenchException.class, () -> SqliteTrialStore.open(stored.getParent()).close());
    } else {
      assertRefused(stored, edit);
    }
  }

  @Test
  void aRowOfAnotherExperimentIsSeenThoughItsOwnChecksumComesAlong() throws Exception {
    Path other = stored("other", SampleTrials.search(6, 3));
    sql(
        stored,
        "ATTACH '" + other + "' AS other",
        "DELETE FROM trial WHERE number = 2",
        "INSERT INTO trial SELECT * FROM other.trial WHERE number = 2",
        "UPDATE seal SET sha256 = (SELECT sha256 FROM other.seal o WHERE o.entry = seal.entry)"
            + " WHERE entry = 4");
    assertRefused(stored, "a trial of another experiment");
  }

  @Test
  void theTrialAndTheFileAreNamed() throws Exception {
    sql(stored, "UPDATE trial SET record = record || ' ' WHERE number = 3");
    BenchException refused =
        assertThrows(BenchException.class, () -> SqliteTrialStore.openToRead(stored.getParent()));
    assertEquals(BenchException.Kind.ENVIRONMENT, refused.kind());
    assertTrue(refused.getMessage().contains("trial 3 differs"), refused.getMessage());
    assertTrue(refused.getMessage().contains(stored.toString()), refused.getMessage());
    assertEquals(1, refused.getMessage().lines().count());
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void anEditWhileItIsOpenIsSeenToo(boolean write) throws Exception {
    try (TrialStore store =
        write
            ? SqliteTrialStore.open(stored.getParent())
            : SqliteTrialStore.openToRead(stored.getParent())) {
      assertEquals(7, store.trials().size());
      sql(stored, "UPDATE trial SET outcome = 'failed' WHERE number = 0");
      assertThrows(BenchException.class, () -> store.trials());
      assertThrows(BenchException.class, store::arrivals);
    }
  }

  @Test
  void anExperimentOfBeforeThereWereChecksumsIsReadAndSealedWhenItIsWritten() throws Exception {
    stored = EarlierVersion.unpacked(folder.resolve("before"));
    String before = everything(stored);
    sql(stored, "DROP TABLE seal", "PRAGMA user_version = 1");
    byte[] old = Files.readAllBytes(stored);
    assertEquals(before, everything(stored));
    assertArrayEquals(old, Files.readAllBytes(stored), "reading changes nothing");
    SqliteTrialStore.open(stored.getParent()).close();
    assertEquals(before, everything(stored));
    sql(stored, "UPDATE trial SET record = record || ' ' WHERE number = 3");
    assertRefused(stored, "an edit after it was sealed");
  }

  private static String everything(Path file) throws Exception {
    StringBuilder all = new StringBuilder();
    try (TrialStore store = SqliteTrialStore.openToRead(file.getParent())) {
      all.append(store.experiment()).append(store.arrivals());
      for (Trial trial : store.trials()) {
        all.append(trial).append('\n');
        for (Artifact artifact : store.artifacts(trial.key())) {
          all.append(artifact).append(java.util.Arrays.hashCode(artifact.bytes()));
        }
      }
    }
    return all.toString();
  }

  private static void assertRefused(Path file, String what) {
    BenchException refused = assertThrows(BenchException.class, () -> everything(file), what);
    assertEquals(BenchException.Kind.ENVIRONMENT, refused.kind(), what);
    assertTrue(refused.getMessage().contains(file.toString()), what + ": " + refused.getMessage());
  }

  private static String dump(Path file, String table) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
      while (row.next()) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          Object value = row.getObject(i);
          text.append(value instanceof byte[] bytes ? java.util.Arrays.toString(bytes) : value);
          text.append('|');
        }
        rows.add(text.toString());
      }
    }
    return rows.toString();
  }

  private static void query(Path file, String sql, List<String> into) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        into.add(row.getString(1));
      }
    }
  }

  private static int sql(Path file, String... statements) throws SQLException {
    int rows = 0;
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement work = connection.createStatement()) {
      for (String statement : statements) {
        rows = work.execute(statement) ? 0 : work.getUpdateCount();
      }
    }
    return rows;
  }
}
