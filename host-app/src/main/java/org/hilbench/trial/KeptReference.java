package org.hilbench.trial;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.Sha256;
import org.hilbench.measure.Bytes;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.verify.ReferenceAnswers;
import org.hilbench.verify.ReferenceRunner;
import org.hilbench.verify.ReferenceWire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps answers in a folder, by model, inputs and the program that computed them: the second time
 * nothing is run. A file that is not as it was written is computed again. Safe for several
 * processes; a folder that cannot be used costs time alone.
 */
public final class KeptReference implements ReferenceRunner {
  private static final Logger LOG = LoggerFactory.getLogger(KeptReference.class);
  private static final int KEPT = 256;
  private static final int MOST_BYTES = 1 << 20;
  private static final int CHECKSUM_BYTES = 32;

  private final ReferenceRunner source;
  private final Path folder;
  private final String program;

  /**
   * @param source computes what is not kept
   * @param program what the answers depend on beside model and inputs: the kernels' versions
   */
  public KeptReference(ReferenceRunner source, Path folder, String program) {
    this.source = source;
    this.folder = folder;
    this.program = program;
  }

  @Override
  public ReferenceAnswers answers(TfliteModel model, List<Bytes> inputs) throws BenchException {
    Path file = folder.resolve(key(model, inputs));
    Optional<byte[]> kept = read(file);
    if (kept.isPresent()) {
      return ReferenceWire.answers(model, inputs, kept.get());
    }
    ReferenceAnswers answers = source.answers(model, inputs);
    keep(file, ReferenceWire.encode(answers));
    return answers;
  }

  private String key(TfliteModel model, List<Bytes> inputs) {
    MessageDigest digest = Sha256.digest();
    digest.update((program + "\n" + model.sha256() + "\n").getBytes(StandardCharsets.UTF_8));
    for (Bytes input : inputs) {
      digest.update(input.sha256().getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static Optional<byte[]> read(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES + CHECKSUM_BYTES) {
        return Optional.empty();
      }
      byte[] all = Files.readAllBytes(file);
      int length = Math.max(0, all.length - CHECKSUM_BYTES);
      byte[] answer = Arrays.copyOf(all, length);
      byte[] checksum = Arrays.copyOfRange(all, length, all.length);
      boolean whole = MessageDigest.isEqual(checksum, checksum(file, answer));
      return whole ? Optional.of(answer) : Optional.empty();
    } catch (IOException e) {
      LOG.debug("the kept answer {} cannot be read", file, e);
      return Optional.empty();
    }
  }

  /** Over the name too, so that one answer under another's name is none. */
  private static byte[] checksum(Path file, byte[] answer) {
    MessageDigest digest = Sha256.digest();
    digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
    return digest.digest(answer);
  }

  private void keep(Path file, byte[] answer) {
    if (answer.length > MOST_BYTES) {
      return;
    }
    try {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      Path work = Files.createTempFile(folder, "work-", "");
      byte[] all = Arrays.copyOf(answer, answer.length + CHECKSUM_BYTES);
      System.arraycopy(checksum(file, answer), 0, all, answer.length, CHECKSUM_BYTES);
      Files.write(work, all);
      Files.move(work, file, StandardCopyOption.ATOMIC_MOVE);
      forgetOldest();
    } catch (IOException | UnsupportedOperationException e) {
      LOG.debug("the answer {} is not kept", file, e);
    }
  }

  /** What a killed process left half written grows old, too. */
  private void forgetOldest() throws IOException {
    List<Path> oldest;
    try (Stream<Path> files = Files.list(folder)) {
      oldest =
          files.sorted(Comparator.comparing(KeptReference::age).reversed()).skip(KEPT).toList();
    }
    for (Path file : oldest) {
      Files.deleteIfExists(file);
    }
  }

  private static FileTime age(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0); // another process took it away
    }
  }
}
