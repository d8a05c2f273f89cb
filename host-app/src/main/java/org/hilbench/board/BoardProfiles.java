package org.hilbench.board;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.Stage;

/**
 * The known boards: every {@code <id>/board.yaml} of a folder, read, validated and checked against
 * each other. Immutable.
 */
public final class BoardProfiles {
  /** Environment variable that names another folder of profiles. */
  public static final String DIRECTORY_VARIABLE = "HILBENCH_BOARDS";

  private final Path directory;
  private final Map<String, BoardProfile> byId;

  private BoardProfiles(Path directory, Map<String, BoardProfile> byId) {
    this.directory = directory;
    this.byId = Collections.unmodifiableMap(byId);
  }

  /**
   * Loads every profile below {@code directory}.
   *
   * @throws BenchException of kind USAGE that names file, key, value and what is allowed
   */
  public static BoardProfiles load(Path directory) throws BenchException {
    Map<String, BoardProfile> byId = new TreeMap<>();
    for (Path folder : folders(directory)) {
      BoardProfile profile = BoardYaml.read(folder);
      byId.put(profile.id(), profile);
    }
    BoardProfiles profiles = new BoardProfiles(directory, byId);
    for (BoardProfile profile : profiles.all()) {
      profiles.checkSimulators(profile);
    }
    return profiles;
  }

  /** {@code HILBENCH_BOARDS} where it is set, else {@code board-profiles} of the checkout. */
  public static Path directory(Path repository, Map<String, String> environment) {
    String named = environment.get(DIRECTORY_VARIABLE);
    return named == null ? repository.resolve("board-profiles") : Path.of(named);
  }

  /** In the order of their ids. */
  public Collection<BoardProfile> all() {
    return byId.values();
  }

  public Collection<String> ids() {
    return byId.keySet();
  }

  /**
   * The board of this id.
   *
   * @throws BenchException of kind USAGE that lists the known ones
   */
  public BoardProfile find(String id) throws BenchException {
    BoardProfile profile = byId.get(id);
    if (profile == null) {
      throw BenchException.usage(
          Stage.BUILD, "board '" + id + "' is unknown; known: " + String.join(", ", ids()));
    }
    return profile;
  }

  /**
   * The profile to link and run on {@code simulator}: the board itself where the machine models it,
   * else the board laid out on the machine that stands in.
   */
  public BoardProfile runnable(BoardProfile profile, Simulator simulator) throws BenchException {
    return simulator.board().isEmpty() ? profile : profile.standInOn(find(simulator.board().get()));
  }

  private void checkSimulators(BoardProfile profile) throws BenchException {
    for (Simulator simulator : profile.simulators()) {
      try {
        runnable(profile, simulator);
        checkMemories(profile, simulator);
      } catch (BenchException | IllegalArgumentException e) {
        throw BenchException.usage(
            Stage.BUILD, BoardYaml.label(profile.id()) + ": simulators: " + e.getMessage());
      }
    }
  }

  private static void checkMemories(BoardProfile profile, Simulator simulator) {
    for (String name : simulator.memories().orElse(Map.of()).values()) {
      if (profile.memories().stream().noneMatch(memory -> memory.name().equals(name))) {
        throw new IllegalArgumentException("memories: the board has none of name " + name);
      }
    }
  }

  private static List<Path> folders(Path directory) throws BenchException {
    if (!Files.isDirectory(directory)) {
      throw BenchException.usage(
          Stage.BUILD,
          "no board profiles at "
              + directory
              + "; set "
              + DIRECTORY_VARIABLE
              + " to the folder that holds <id>/board.yaml");
    }
    try (Stream<Path> children = Files.list(directory)) {
      List<Path> found =
          children.filter(child -> Files.exists(child.resolve("board.yaml"))).sorted().toList();
      if (found.isEmpty()) {
        throw BenchException.usage(Stage.BUILD, directory + " holds no <id>/board.yaml");
      }
      return found;
    } catch (IOException e) {
      throw new BenchException(
          Stage.BUILD, BenchException.Kind.ENVIRONMENT, "cannot list " + directory + ": " + e, e);
    }
  }

  @Override
  public String toString() {
    return directory + ": " + String.join(", ", ids());
  }
}
