package org.hilbench.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.hilbench.Sha256;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The table {@code seal}: one entry for each write to the experiment, in order, with the SHA-256 of
 * the entry before and of all that was written. The first is a random number, so that no two
 * experiments have an entry in common. A row that is edited, swapped, dropped, added or copied from
 * elsewhere differs from its entry. It guards against damage and careless edits, not against who
 * computes the entries anew.
 *
 * <p>The bytes of artifacts are not read here: their own SHA-256, which is sealed, is compared when
 * they are.
 */
final class Seals {
  private static final String TRIAL =
      // All that the table has, which is other columns in an older version.
      "SELECT * FROM main.trial WHERE arrival = ?";
  private static final String MADE =
      "SELECT id, stage, key, parts, name, sha256 FROM artifact JOIN made ON artifact = id"
          + " WHERE trial = ? ORDER BY id";

  private final Connection connection;

  Seals(Connection connection) {
    this.connection = connection;
  }

  /** What an entry seals. */
  private enum Kind {
    /** A random number. */
    IDENTITY,
    EXPERIMENT("SELECT id, record FROM experiment WHERE id = ?"),
    TRIAL(Seals.TRIAL, MADE),
    READING("SELECT trial, int8 FROM test_reading WHERE trial = ?");

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes lists that never change
    private final List<String> selects;

    Kind(String... selects) {
      this.selects = List.of(selects);
    }
  }

  /** Whether this file has them: older ones do not. */
  boolean present() throws SQLException {
    return count("SELECT count(*) FROM sqlite_schema WHERE name = 'seal'") > 0;
  }

  void experiment() throws SQLException {
    add(Kind.EXPERIMENT, 1);
  }

  /** Of the trial of this arrival, with what it made. */
  void trial(long arrival) throws SQLException {
    add(Kind.TRIAL, arrival);
  }

  /** Of the test accuracy of the trial of this arrival. */
  void reading(long arrival) throws SQLException {
    add(Kind.READING, arrival);
  }

  /**
   * Seals what is there anew: an older hilbench stored it, without checksums or in other columns.
   * Returns how many trials.
   */
  long begin() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM seal");
    }
    insert(
        Kind.IDENTITY,
        0,
        Sha256.hex(UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII)));
    addAll(Kind.EXPERIMENT, "SELECT id FROM experiment");
    addAll(Kind.READING, "SELECT trial FROM test_reading ORDER BY trial");
    return addAll(Kind.TRIAL, "SELECT arrival FROM trial ORDER BY arrival");
  }

  private long addAll(Kind kind, String ids) throws SQLException {
    long added = 0;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(ids)) {
      while (row.next()) {
        add(kind, row.getLong(1));
        added++;
      }
    }
    return added;
  }

  private void add(Kind kind, long of) throws SQLException {
    insert(kind, of, sealed(last(), kind, of));
  }

  private void insert(Kind kind, long of, String sha256) throws SQLException {
    String sql = "INSERT INTO seal (kind, of, sha256) VALUES (?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, kind.name());
      insert.setLong(2, of);
      insert.setString(3, sha256);
      insert.executeUpdate();
    }
  }

  private String last() throws SQLException {
    String sql = "SELECT sha256 FROM seal ORDER BY entry DESC LIMIT 1";
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      if (!row.next()) {
        throw damaged("its checksums are gone");
      }
      return row.getString(1);
    }
  }

  /**
   * Compares everything with its entry.
   *
   * @throws SQLException (SQLITE_CORRUPT) naming what differs first
   */
  void verify() throws SQLException {
    String before = "";
    long entries = 0;
    String sql = "SELECT entry, kind, of, sha256 FROM seal ORDER BY entry";
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        Kind kind = kind(row.getString(2), entries);
        if (row.getLong(1) != ++entries) {
          throw damaged("its list of checksums has a gap before " + row.getLong(1));
        }
        String sha256 = String.valueOf(row.getString(4));
        if (kind != Kind.IDENTITY && !sha256.equals(sealed(before, kind, row.getLong(3)))) {
          throw damaged(words(kind, row.getLong(3)) + " differs from its checksum");
        }
        before = sha256;
      }
    }
    requireNothingElse(entries);
  }

  private Kind kind(@Nullable String name, long before) throws SQLException {
    for (Kind kind : Kind.values()) {
      if (kind.name().equals(name) && (kind == Kind.IDENTITY) == (before == 0)) {
        return kind;
      }
    }
    throw damaged("its list of checksums has " + name + " at place " + before);
  }

  /** What no entry seals was not stored by us. */
  private void requireNothingElse(long entries) throws SQLException {
    long sealed =
        1
            + count("SELECT count(*) FROM experiment")
            + count("SELECT count(*) FROM trial")
            + count("SELECT count(*) FROM test_reading");
    if (entries != sealed) {
      throw damaged("it holds " + (sealed - 1) + " records and " + (entries - 1) + " checksums");
    }
    long strays =
        count("SELECT count(*) FROM artifact WHERE id NOT IN (SELECT artifact FROM made)")
            + count("SELECT count(*) FROM made WHERE trial NOT IN (SELECT arrival FROM trial)")
            + count("SELECT count(*) FROM made WHERE artifact NOT IN (SELECT id FROM artifact)");
    if (strays > 0) {
      throw damaged("it holds " + strays + " artifacts that no trial made");
    }
  }

  /** Over the entry before, and every column of what is sealed, each with its length. */
  private String sealed(String before, Kind kind, long of) throws SQLException {
    MessageDigest digest = Sha256.digest();
    add(digest, before);
    add(digest, kind.name());
    for (String sql : kind.selects) {
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        select.setLong(1, of);
        addRows(digest, select);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void addRows(MessageDigest digest, PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      int columns = row.getMetaData().getColumnCount();
      while (row.next()) {
        for (int column = 1; column <= columns; column++) {
          Object value = row.getObject(column);
          add(digest, value instanceof byte[] bytes ? Sha256.hex(bytes) : String.valueOf(value));
        }
      }
    }
  }

  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }

  /** Such as {@code trial 3}, or {@code trial 3 on rung 1}. */
  private String words(Kind kind, long of) throws SQLException {
    if (kind == Kind.EXPERIMENT) {
      return "what the search was asked for";
    }
    String what = kind == Kind.READING ? "the test accuracy of trial " : "trial ";
    String sql = "SELECT number, rung FROM trial WHERE arrival = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, of);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? what + row.getLong(1) + (row.getLong(2) == 0 ? "" : " on rung " + row.getLong(2))
            : what + "number " + of + " in the order of arrival";
      }
    }
  }

  private long count(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static SQLiteException damaged(String what) {
    return new SQLiteException(what, SQLiteErrorCode.SQLITE_CORRUPT);
  }
}
