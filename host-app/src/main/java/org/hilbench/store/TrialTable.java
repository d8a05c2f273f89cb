package org.hilbench.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hilbench.UnknownNameException;
import org.hilbench.search.TrialKey;
import org.hilbench.trial.Trial;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The tables {@code experiment} and {@code trial}, whose records are JSON. */
final class TrialTable {
  private final Connection connection;
  private final JsonMapper json;

  /**
   * @param json {@link TrialJson#mapper}
   */
  TrialTable(Connection connection, JsonMapper json) {
    this.connection = connection;
    this.json = json;
  }

  void begin(ExperimentRecord experiment) throws SQLException {
    String sql = "INSERT INTO experiment (id, record) VALUES (1, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, written(experiment));
      insert.executeUpdate();
    }
  }

  Optional<ExperimentRecord> experiment() throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("SELECT record FROM experiment")) {
      return records(select, ExperimentRecord.class).stream().findFirst();
    }
  }

  /** Returns the trial's place in the order of arrival. */
  long add(Trial trial) throws SQLException {
    String sql =
        "INSERT INTO trial (number, rung, ask, architecture, outcome, record)"
            + " VALUES (?, ?, ?, ?, ?, ?) RETURNING arrival";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setInt(1, trial.number());
      insert.setInt(2, trial.rung());
      insert.setObject(3, trial.finalVersion() ? null : trial.ask().getAsInt());
      insert.setString(4, trial.architecture().canonicalHash());
      insert.setString(5, trial.outcome().word());
      insert.setString(6, written(trial));
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /**
   * The trial is read first, so that a reading it cannot take is refused. Returns its place in the
   * order of arrival.
   */
  long addTestReading(TrialKey key, double int8) throws SQLException {
    Trial stored =
        trials().stream()
            .filter(trial -> trial.key().equals(key))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("there is no " + key));
    stored.withTest(int8);
    String sql =
        "INSERT INTO test_reading (trial, int8)"
            + " SELECT arrival, ? FROM trial WHERE number = ? AND rung = ? RETURNING trial";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setDouble(1, int8);
      insert.setInt(2, key.number());
      insert.setInt(3, key.rung());
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  List<Trial> trials() throws SQLException {
    String sql = "SELECT record FROM trial ORDER BY number, rung";
    Map<TrialKey, Double> readings = testReadings();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      return records(select, Trial.class).stream()
          .map(trial -> withReading(trial, readings.get(trial.key())))
          .toList();
    }
  }

  private static Trial withReading(Trial trial, @Nullable Double reading) {
    return reading == null ? trial : trial.withTest(reading);
  }

  private Map<TrialKey, Double> testReadings() throws SQLException {
    String sql =
        "SELECT number, rung, int8 FROM test_reading"
            + " JOIN trial ON trial.arrival = test_reading.trial";
    Map<TrialKey, Double> readings = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        readings.put(key(row), row.getDouble("int8"));
      }
    }
    return readings;
  }

  List<TrialKey> arrivals() throws SQLException {
    String sql = "SELECT number, rung FROM trial WHERE ask IS NOT NULL ORDER BY arrival";
    List<TrialKey> keys = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        keys.add(key(row));
      }
    }
    return keys;
  }

  private static TrialKey key(ResultSet row) throws SQLException {
    return new TrialKey(row.getInt("number"), row.getInt("rung"));
  }

  private <T> List<T> records(PreparedStatement select, Class<T> type) throws SQLException {
    List<T> records = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        records.add(json.readValue(row.getString(1), type));
      }
      return records;
    } catch (JsonProcessingException e) {
      boolean foreign = e.getCause() instanceof UnknownNameException;
      SQLiteErrorCode code =
          foreign ? SQLiteErrorCode.SQLITE_MISMATCH : SQLiteErrorCode.SQLITE_CORRUPT;
      String reason = type.getSimpleName() + " record: " + e.getOriginalMessage();
      throw (SQLException) new SQLiteException(reason, code).initCause(e);
    }
  }

  private String written(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON form: " + value, e);
    }
  }
}
