package org.hilbench.store;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.search.TrialKey;
import org.hilbench.space.Spaces;
import org.hilbench.trial.Artifact;
import org.hilbench.trial.StageKey;
import org.hilbench.trial.Trial;
import org.jspecify.annotations.Nullable;

/**
 * An experiment in one SQLite file. One process may write it ({@link #open}); any may read it
 * meanwhile ({@link #openToRead}).
 */
public final class SqliteTrialStore implements TrialStore {
  /** Name of the file in the folder of an experiment. */
  public static final String FILE_NAME = "experiment.db";

  private final SqliteFile file;
  private final @Nullable ExperimentLock lock;
  private final JsonMapper json;

  SqliteTrialStore(SqliteFile file, @Nullable ExperimentLock lock, Spaces spaces) {
    this.file = file;
    this.lock = lock;
    this.json = TrialJson.mapper(spaces);
  }

  private TrialTable table(Connection connection) {
    return new TrialTable(connection, json);
  }

  /** One whose networks are of the standard spaces. */
  public static SqliteTrialStore open(Path folder) throws BenchException {
    return open(folder, Spaces.standard());
  }

  /**
   * Opens the experiment in this folder to write; makes both where they are missing.
   *
   * @param spaces of its networks
   * @throws BenchException already open in another process (named), corrupt or not ours (the file
   *     is left as it is), not writable
   */
  public static SqliteTrialStore open(Path folder, Spaces spaces) throws BenchException {
    Path path = makeFolder(folder).resolve(FILE_NAME);
    ExperimentLock lock = ExperimentLock.take(path);
    try {
      return new SqliteTrialStore(SqliteFile.open(path), lock, spaces);
    } catch (BenchException e) {
      lock.close();
      throw e;
    }
  }

  /** One whose networks are of the standard spaces. */
  public static SqliteTrialStore openToRead(Path folder) throws BenchException {
    return openToRead(folder, Spaces.standard());
  }

  /** Opens the experiment in this folder to read, also while another process writes it. */
  public static SqliteTrialStore openToRead(Path folder, Spaces spaces) throws BenchException {
    return new SqliteTrialStore(
        SqliteFile.openToRead(folder.toAbsolutePath().normalize().resolve(FILE_NAME)),
        null,
        spaces);
  }

  private static Path makeFolder(Path folder) throws BenchException {
    try {
      return Files.createDirectories(folder).toRealPath();
    } catch (IOException e) {
      throw new BenchException(
          Stage.STORE,
          BenchException.Kind.ENVIRONMENT,
          "cannot make the folder " + folder + " (" + e + "); choose another --out",
          e);
    }
  }

  @Override
  public Optional<ExperimentRecord> experiment() throws BenchException {
    return file.read(connection -> table(connection).experiment());
  }

  @Override
  public void begin(ExperimentRecord experiment) throws BenchException {
    file.write(
        "the experiment was not begun",
        connection -> {
          table(connection).begin(experiment);
          new Seals(connection).experiment();
          return experiment;
        });
  }

  @Override
  public void append(Trial trial, List<Artifact> artifacts) throws BenchException {
    file.write(
        trial.key() + " was not stored",
        connection -> {
          long arrival = table(connection).add(trial);
          new ArtifactTable(connection).add(arrival, artifacts);
          new Seals(connection).trial(arrival);
          return arrival;
        });
  }

  @Override
  public void recordTest(TrialKey trial, double int8) throws BenchException {
    file.write(
        "the test accuracy of " + trial + " was not stored",
        connection -> {
          long arrival = table(connection).addTestReading(trial, int8);
          new Seals(connection).reading(arrival);
          return arrival;
        });
  }

  @Override
  public List<Trial> trials() throws BenchException {
    return file.read(connection -> table(connection).trials());
  }

  @Override
  public List<TrialKey> arrivals() throws BenchException {
    return file.read(connection -> table(connection).arrivals());
  }

  @Override
  public List<Artifact> artifacts(TrialKey trial) throws BenchException {
    return file.read(connection -> new ArtifactTable(connection).madeBy(trial));
  }

  @Override
  public Optional<Artifact> artifact(StageKey key, String name) throws BenchException {
    return file.read(connection -> new ArtifactTable(connection).find(key, name));
  }

  @Override
  public void close() {
    file.close();
    if (lock != null) {
      lock.close();
    }
  }
}
