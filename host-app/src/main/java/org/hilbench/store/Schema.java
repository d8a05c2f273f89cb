package org.hilbench.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.hilbench.BenchException;

/**
 * The tables, as the steps that lead from an empty file to today's. A step that was released is
 * never changed; a new version adds one.
 */
final class Schema {
  /** "hilb": marks the file as ours ({@code PRAGMA application_id}). */
  static final int APPLICATION_ID = 0x68696c62;

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
              """));

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

  private static int version(Connection connection) throws SQLException {
    return number(connection, "PRAGMA user_version");
  }

  /** Brings the tables from whatever version they have to the newest; the caller commits. */
  static int upgrade(Connection connection) throws SQLException {
    if (version(connection) == STEPS.size()) {
      return STEPS.size();
    }
    try (Statement statement = connection.createStatement()) {
      for (List<String> step : STEPS.subList(version(connection), STEPS.size())) {
        for (String sql : step) {
          statement.execute(sql);
        }
      }
      statement.execute("PRAGMA application_id = " + APPLICATION_ID);
      statement.execute("PRAGMA user_version = " + STEPS.size());
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
