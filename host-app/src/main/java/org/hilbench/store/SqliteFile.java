package org.hilbench.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * A connection to one SQLite file, checked before anything is written to it; its records are
 * compared with their checksums when it is opened, and again whenever another program has written
 * to it. Safe for many threads, one at a time.
 *
 * <p>{@code journal_mode=DELETE}: after each commit the one file is the whole experiment, which
 * write-ahead logging would spread over two. {@code synchronous=EXTRA} is FULL and one sync more,
 * of the folder once the journal is deleted; without it a power cut could bring the journal back
 * and so undo the last commit. Trials come seconds apart: what this costs does not matter.
 */
final class SqliteFile implements AutoCloseable {
  private static final int BUSY_MILLIS = 30_000;
  private static final List<String> TO_WRITE =
      List.of("PRAGMA journal_mode = DELETE", "PRAGMA synchronous = EXTRA");
  private static final List<String> TO_READ = List.of("PRAGMA query_only = ON");

  private static final Logger LOG = LoggerFactory.getLogger(SqliteFile.class);

  private final Connection connection;
  private final SqliteErrors errors;

  /** SQLite's count of others' writes when the records were compared last. */
  private long verified = -1;

  /** Statements on a connection. */
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  private SqliteFile(Connection connection, SqliteErrors errors) {
    this.connection = connection;
    this.errors = errors;
  }

  /** Opens to write; a file that is missing or empty becomes an empty experiment. */
  static SqliteFile open(Path file) throws BenchException {
    SqliteFile opened = connect(file, new SQLiteConfig(), TO_WRITE);
    try {
      opened.write("the experiment was not begun", Schema::upgrade);
      // Not before: an upgrade may put a table in the place of another.
      opened.execute(List.of("PRAGMA foreign_keys = ON"));
      return opened;
    } catch (SQLException e) {
      opened.close();
      throw opened.errors.of(e, "the experiment was not begun");
    } catch (BenchException e) {
      opened.close();
      throw e;
    }
  }

  /** Opens to read only, also while another process writes. */
  static SqliteFile openToRead(Path file) throws BenchException {
    if (!Files.isRegularFile(file)) {
      throw BenchException.usage(
          Stage.STORE,
          "no experiment at " + file + "; name a folder that 'hilbench search --out' made");
    }
    SQLiteConfig config = new SQLiteConfig();
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    config.setReadOnly(!Files.isWritable(file));
    return connect(file, config, TO_READ);
  }

  private static SqliteFile connect(Path file, SQLiteConfig config, List<String> pragmas)
      throws BenchException {
    SqliteErrors errors = new SqliteErrors(file);
    config.setBusyTimeout(BUSY_MILLIS);
    try {
      // A URI, since the driver takes what follows a question mark in a path for its options.
      SqliteFile opened =
          new SqliteFile(config.createConnection("jdbc:sqlite:" + file.toUri()), errors);
      try {
        Schema.refuseUnknown(opened.connection, errors);
        Schema.showAsToday(opened.connection);
        opened.execute(pragmas);
        opened.inTransaction("BEGIN", none -> none);
        return opened;
      } catch (SQLException | BenchException e) {
        opened.close();
        throw e;
      }
    } catch (SQLException e) {
      throw errors.of(e, "it was not opened");
    }
  }

  private void execute(List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** All that the work reads is of one moment. */
  synchronized <T> T read(Work<T> work) throws BenchException {
    try {
      return inTransaction("BEGIN", work);
    } catch (SQLException e) {
      throw errors.of(e, "it could not be read");
    }
  }

  /** All of the work in one transaction, or none; {@code lost} says what is missing then. */
  synchronized <T> T write(String lost, Work<T> work) throws BenchException {
    try {
      return inTransaction("BEGIN IMMEDIATE", work);
    } catch (SQLException e) {
      throw errors.of(e, lost);
    }
  }

  private <T> T inTransaction(String begin, Work<T> work) throws SQLException {
    boolean done = false;
    try {
      execute(List.of(begin));
      verify();
      T result = work.with(connection);
      execute(List.of("COMMIT"));
      done = true;
      return result;
    } finally {
      if (!done) {
        rollBack();
      }
    }
  }

  private void verify() throws SQLException {
    long now = Schema.dataVersion(connection);
    if (now != verified) {
      Schema.verify(connection);
      verified = now;
    }
  }

  private void rollBack() {
    try {
      execute(List.of("ROLLBACK"));
    } catch (SQLException e) {
      // Nothing is open: SQLite has rolled back by itself, as it does on a full disk.
      LOG.debug("no rollback", e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("a transaction is open", e);
    }
  }
}
