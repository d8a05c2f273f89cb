package org.hilbench.experiment;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.Sha256;
import org.hilbench.Stage;
import org.hilbench.data.DataReference;
import org.hilbench.search.StrategyServices;
import org.hilbench.worker.Pending;
import org.hilbench.worker.Progress;
import org.hilbench.worker.WorkerPool;
import org.hilbench.worker.WorkerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lends a strategy the workers of its experiment, and keeps what it learned in two folders beside
 * the store. A checkpoint is a file of its hash, in hex, and its bytes; an artifact has its hash
 * for a name. Both are written whole or not at all.
 */
final class ExperimentServices implements StrategyServices {
  private static final Logger LOG = LoggerFactory.getLogger(ExperimentServices.class);
  private static final int HASH_CHARACTERS = 64;

  private final RunFolder folder;
  private final WorkerPool workers;
  private final DataReference data;

  ExperimentServices(RunFolder folder, WorkerPool workers, DataReference data) {
    this.folder = folder;
    this.workers = workers;
    this.data = data;
  }

  @Override
  public DataReference data() {
    return data;
  }

  @Override
  public Pending<byte[]> submit(WorkerRequest task, Progress progress) {
    return workers.submit(task, progress);
  }

  @Override
  public synchronized Optional<byte[]> checkpoint(String name) throws BenchException {
    Optional<byte[]> file = folder.read(checkpointFile(name));
    Optional<byte[]> state = file.flatMap(ExperimentServices::sound);
    if (file.isPresent() && state.isEmpty()) {
      LOG.warn("{} is damaged; what it held is made again", checkpointFile(name));
    }
    return state;
  }

  private static Optional<byte[]> sound(byte[] file) {
    if (file.length < HASH_CHARACTERS) {
      return Optional.empty();
    }
    String hash = new String(file, 0, HASH_CHARACTERS, StandardCharsets.US_ASCII);
    byte[] state = Arrays.copyOfRange(file, HASH_CHARACTERS, file.length);
    return hash.equals(Sha256.hex(state)) ? Optional.of(state) : Optional.empty();
  }

  @Override
  public synchronized void keepCheckpoint(String name, byte[] state) throws BenchException {
    byte[] hash = Sha256.hex(state).getBytes(StandardCharsets.US_ASCII);
    byte[] file = Arrays.copyOf(hash, hash.length + state.length);
    System.arraycopy(state, 0, file, hash.length, state.length);
    folder.write(checkpointFile(name), file);
  }

  private Path checkpointFile(String name) {
    if (!name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}")) {
      throw new IllegalArgumentException("'" + name + "' is no name of a checkpoint");
    }
    return folder.checkpoints().resolve(name);
  }

  @Override
  public synchronized Optional<byte[]> artifact(String sha256) throws BenchException {
    Path path = artifactFile(sha256);
    Optional<byte[]> bytes = folder.read(path);
    if (bytes.isPresent() && !Sha256.hex(bytes.get()).equals(sha256)) {
      throw new BenchException(
          Stage.STORE,
          BenchException.Kind.ENVIRONMENT,
          path + " is damaged; put it back from a copy, or delete it to have it made again");
    }
    return bytes;
  }

  @Override
  public synchronized String keepArtifact(byte[] bytes) throws BenchException {
    String sha256 = Sha256.hex(bytes);
    if (artifact(sha256).isEmpty()) {
      folder.write(artifactFile(sha256), bytes);
    }
    return sha256;
  }

  private Path artifactFile(String sha256) {
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("'" + sha256 + "' is no SHA-256");
    }
    return folder.artifacts().resolve(sha256);
  }
}
