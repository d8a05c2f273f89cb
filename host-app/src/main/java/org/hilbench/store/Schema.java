package org.hilbench.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.hilbench.BenchException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables, as the steps that lead from an empty file to today's. A step that was released is
 * never changed; a new version adds one.
 */
final class Schema {
  private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

  /** "hilb": marks the file as ours ({@code PRAGMA application_id}). */
  static final int APPLICATION_ID = 0x68696c62;

  /** The trials of a version that knew two fidelities, in today's columns. */
  private static final String BY_RUNG =
      """
      SELECT arrival, number, rung, ask, architecture, outcome,
        json_insert(json_remove(record, '$.number', '$.fidelity'),
          '$.key', json_object('number', number, 'rung', rung), '$.ask', ask) AS record
      FROM (
        SELECT *, fidelity <> 'SEARCH' AS rung, iif(fidelity = 'SEARCH', number, NULL) AS ask
        FROM main.trial)
      ORDER BY arrival
      """;

  private static final List<List<String>> STEPS =
      List.of(
          List.of(
              """
              CREATE TABLE experiment (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                record TEXT NOT NULL) -- Experiment as JSON
              """,
              """
              CREATE TABLE trial (
                arrival INTEGER PRIMARY KEY AUTOINCREMENT, -- order of appending
                number INTEGER NOT NULL,
                fidelity TEXT NOT NULL,
                architecture TEXT NOT NULL, -- canonical hash
                outcome TEXT NOT NULL,
                record TEXT NOT NULL, -- Trial as JSON
                UNIQUE (number, fidelity))
              """,
              """
              CREATE TABLE test_reading (
                trial INTEGER PRIMARY KEY REFERENCES trial (arrival),
                int8 REAL NOT NULL) -- accuracy on the test split, read after the search
              """,
              """
              CREATE TABLE artifact (
                id INTEGER PRIMARY KEY,
                stage TEXT NOT NULL,
                key TEXT NOT NULL, -- StageKey.hash
                parts TEXT NOT NULL, -- what the key was made of
                name TEXT NOT NULL,
                sha256 TEXT NOT NULL,
                bytes BLOB NOT NULL,
                UNIQUE (key, name))
              """,
              """
              CREATE TABLE made (
                trial INTEGER NOT NULL REFERENCES trial (arrival),
                artifact INTEGER NOT NULL REFERENCES artifact (id),
                PRIMARY KEY (trial, artifact)) WITHOUT ROWID
              """),
          List.of(
              // What an older hilbench stored is sealed when a newer one opens it to write, as it
              // is then; opened to read it has no checksums, and is read all the same.
              """
              CREATE TABLE seal (
                entry INTEGER PRIMARY KEY, -- order of writing, from 1
                kind TEXT NOT NULL, -- Seals.Kind
                of INTEGER NOT NULL, -- trial.arrival, where it is one's
                sha256 TEXT NOT NULL) -- over the entry before and what it seals
              """),
          List.of(
              // A trial of the search was on rung 0, and answered the ask of its own number; one at
              // the final budget was on the rung above.
              """
              CREATE TABLE trial_by_rung (
                arrival INTEGER PRIMARY KEY AUTOINCREMENT, -- order of appending
                number INTEGER NOT NULL,
                rung INTEGER NOT NULL,
                ask INTEGER UNIQUE, -- that it answers
                architecture TEXT NOT NULL, -- canonical hash
                outcome TEXT NOT NULL,
                record TEXT NOT NULL, -- Trial as JSON
                UNIQUE (number, rung))
              """,
              "INSERT INTO trial_by_rung " + BY_RUNG,
              "DROP TABLE main.trial",
              "ALTER TABLE trial_by_rung RENAME TO trial"));

  /** The first version with checksums. */
  private static final int SEALED = 2;

  /** The first version that knows a trial by number and rung. */
  private static final int RUNGS = 3;

  private Schema() {}

  /** Refuses a file that is damaged, another program's or a newer hilbench's; writes nothing. */
  static void refuseUnknown(Connection connection, SqliteErrors errors)
      throws SQLException, BenchException {
    boolean empty = number(connection, "PRAGMA schema_version") == 0;
    if (!empty && number(connection, "PRAGMA application_id") != APPLICATION_ID) {
      throw errors.foreign();
    }
    int version = version(connection);
    if (version > STEPS.size()) {
      throw errors.newer(version, STEPS.size());
    }
    String check = text(connection, "PRAGMA quick_check(1)");
    if (!check.equals("ok")) {
      throw errors.corrupt(check);
    }
  }

  /** Where an older version stored the trials, this connection sees them in today's columns. */
  static void showAsToday(Connection connection) throws SQLException {
    int version = version(connection);
    if (version > 0 && version < RUNGS) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE TEMP VIEW trial AS " + BY_RUNG);
      }
    }
  }

  /**
   * Compares all records with their checksums, where this version has them.
   *
   * @throws SQLException (SQLITE_CORRUPT) naming what differs first
   */
  static void verify(Connection connection) throws SQLException {
    Seals seals = new Seals(connection);
    if (version(connection) >= SEALED || seals.present()) {
      seals.verify();
    }
  }

  /** Counts the writes of other programs, as far as this connection sees them. */
  static long dataVersion(Connection connection) throws SQLException {
    return number(connection, "PRAGMA data_version");
  }

  private static int version(Connection connection) throws SQLException {
    return number(connection, "PRAGMA user_version");
  }

  /** Brings the tables from whatever version they have to the newest; the caller commits. */
  static int upgrade(Connection connection) throws SQLException {
    int before = version(connection);
    if (before == STEPS.size()) {
      return before;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP VIEW IF EXISTS temp.trial");
      for (List<String> step : STEPS.subList(before, STEPS.size())) {
        for (String sql : step) {
          statement.execute(sql);
        }
      }
      statement.execute("PRAGMA application_id = " + APPLICATION_ID);
      statement.execute("PRAGMA user_version = " + STEPS.size());
    }
    if (before < RUNGS) {
      long trials = new Seals(connection).begin();
      if (before < SEALED && trials > 0) {
        LOG.warn("{} trials of an older hilbench had no checksums; they have from now on", trials);
      }
    }
    return STEPS.size();
  }

  private static int number(Connection connection, String sql) throws SQLException {
    return Integer.parseInt(text(connection, sql));
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : "";
    }
  }
}
