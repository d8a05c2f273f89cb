package org.hilbench.lab;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.board.StrictYaml;

/**
 * {@code lab.yaml}: read whole, written whole. Two programs that change it do so one after the
 * other, and a reader never sees half a file.
 */
public final class LabFile {
  /** Environment variable that names another file. */
  public static final String FILE_VARIABLE = "HILBENCH_LAB";

  private static final String NAME = "lab.yaml";
  private static final String HEAD =
      "# What stands on this desk: hilbench boards --adopt writes it, docs/lab.md explains it.\n"
          + "# A board that is listed here may be overwritten by hilbench, any other is left"
          + " alone.\n";
  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .addModule(new Jdk8Module())
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
          .build();

  private final Path file;

  public LabFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  /** {@code HILBENCH_LAB} where it is set, else {@code lab.yaml} of the checkout. */
  public static LabFile locate(Path repository, Map<String, String> environment) {
    String named = environment.get(FILE_VARIABLE);
    return new LabFile(named == null ? repository.resolve(NAME) : Path.of(named));
  }

  public Path path() {
    return file;
  }

  /** The file's keys; either may be left out. */
  record Document(Optional<List<Adoption>> boards, Optional<List<MeterEntry>> meters) {
    Document {
      boards = boards.map(List::copyOf);
      meters = meters.map(List::copyOf);
      new Lab(boards.orElse(List.of()), meters.orElse(List.of()));
    }

    Lab lab() {
      return new Lab(boards.orElse(List.of()), meters.orElse(List.of()));
    }
  }

  /**
   * What it says; nothing where there is no such file.
   *
   * @throws BenchException of kind USAGE that names key, value and what is allowed
   */
  public Lab read() throws BenchException {
    if (!Files.exists(file)) {
      return Lab.EMPTY;
    }
    String text = StrictYaml.text(file);
    return saysNothing(text) ? Lab.EMPTY : StrictYaml.parse(text, NAME, Document.class).lab();
  }

  /** Whether nothing stands in it but comments: an empty desk, not a malformed one. */
  private static boolean saysNothing(String text) {
    return text.lines()
        .map(String::strip)
        .allMatch(line -> line.isEmpty() || line.startsWith("#") || line.equals("---"));
  }

  /**
   * Changes it. Comments in it are lost.
   *
   * @throws BenchException if it cannot be read or written; it is then as it was
   */
  public Lab change(UnaryOperator<Lab> change) throws BenchException {
    try {
      Path folder = Files.createDirectories(folder());
      try (FileChannel lock =
          FileChannel.open(
              folder.resolve("." + file.getFileName() + ".lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE)) {
        lock.lock();
        Lab changed = change.apply(read());
        write(folder, changed);
        return changed;
      }
    } catch (IOException e) {
      throw new BenchException(
          Stage.FLASH,
          BenchException.Kind.ENVIRONMENT,
          "cannot write " + file + " (" + e + "); set " + FILE_VARIABLE + " to a file that can be",
          e);
    }
  }

  private void write(Path folder, Lab lab) throws IOException {
    Document document = new Document(Optional.of(lab.boards()), Optional.of(lab.meters()));
    Path whole = Files.createTempFile(folder, ".lab", ".tmp");
    try {
      Files.writeString(whole, HEAD + YAML.writeValueAsString(document));
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  private Path folder() {
    Path parent = file.getParent();
    return parent == null ? Path.of("/") : parent;
  }
}
