package org.hilbench.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hilbench.Sha256;
import org.hilbench.Stage;
import org.hilbench.search.TrialKey;
import org.hilbench.trial.Artifact;
import org.hilbench.trial.StageKey;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The tables {@code artifact} and {@code made}. */
final class ArtifactTable {
  private static final String COLUMNS = "stage, parts, key, name, sha256, bytes";

  private final Connection connection;

  ArtifactTable(Connection connection) {
    this.connection = connection;
  }

  /** Stores what is not there yet, and that the trial of this arrival made it. */
  void add(long arrival, List<Artifact> artifacts) throws SQLException {
    String insert =
        "INSERT INTO artifact (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
    String made =
        "INSERT INTO made (trial, artifact) SELECT ?, id FROM artifact WHERE key = ? AND name = ?";
    try (PreparedStatement row = connection.prepareStatement(insert);
        PreparedStatement link = connection.prepareStatement(made)) {
      for (Artifact artifact : artifacts) {
        row.setString(1, artifact.key().stage().name());
        row.setString(2, artifact.key().parts());
        row.setString(3, artifact.key().hash());
        row.setString(4, artifact.name());
        row.setString(5, Sha256.hex(artifact.bytes()));
        row.setBytes(6, artifact.bytes());
        row.executeUpdate();
        link.setLong(1, arrival);
        link.setString(2, artifact.key().hash());
        link.setString(3, artifact.name());
        link.executeUpdate();
      }
    }
  }

  Optional<Artifact> find(StageKey key, String name) throws SQLException {
    String sql = "SELECT " + COLUMNS + " FROM artifact WHERE key = ? AND name = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, key.hash());
      select.setString(2, name);
      return rows(select).stream().findFirst();
    }
  }

  List<Artifact> madeBy(TrialKey trial) throws SQLException {
    String sql =
        "SELECT "
            + COLUMNS
            + " FROM artifact WHERE id IN (SELECT made.artifact FROM made JOIN trial"
            + " ON made.trial = trial.arrival WHERE number = ? AND rung = ?) ORDER BY name, id";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, trial.number());
      select.setInt(2, trial.rung());
      return rows(select);
    }
  }

  private static List<Artifact> rows(PreparedStatement select) throws SQLException {
    List<Artifact> artifacts = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        artifacts.add(artifact(row));
      }
    }
    return artifacts;
  }

  private static Artifact artifact(ResultSet row) throws SQLException {
    Artifact artifact = new Artifact(key(row), row.getString("name"), row.getBytes("bytes"));
    if (!Sha256.hex(artifact.bytes()).equals(row.getString("sha256"))) {
      throw new SQLiteException(
          artifact + " differs from its SHA-256", SQLiteErrorCode.SQLITE_CORRUPT);
    }
    return artifact;
  }

  private static StageKey key(ResultSet row) throws SQLException {
    try {
      Stage stage = Stage.valueOf(row.getString("stage"));
      return new StageKey(stage, row.getString("parts"), row.getString("key"));
    } catch (IllegalArgumentException e) {
      throw (SQLException)
          new SQLiteException("artifact: " + e.getMessage(), SQLiteErrorCode.SQLITE_CORRUPT)
              .initCause(e);
    }
  }
}
