package org.hilbench.bench;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.BoardProfiles;
import org.hilbench.firmware.ContentReference;
import org.hilbench.firmware.KernelSet;
import org.hilbench.measure.Ingredients;

/**
 * What this bench has to build firmware of. A job that asks for anything else is refused by name.
 * Safe for many threads.
 */
final class Stock {
  private static final List<KernelSet> SHIPPED =
      List.of(KernelSet.HILBENCH, KernelSet.REFERENCE, KernelSet.EXTERNAL);

  private final BoardProfiles profiles;
  private final ImageBuilder builder;

  /** Folders of kernels that were named here. */
  private final Set<KernelSet> named = ConcurrentHashMap.newKeySet();

  Stock(BoardProfiles profiles, ImageBuilder builder) {
    this.profiles = profiles;
    this.builder = builder;
  }

  /** What an image has here; kernels that are a folder of this machine are known from now on. */
  Ingredients ingredients(String boardId, KernelSet kernels) throws BenchException {
    BoardProfile board = profiles.find(boardId);
    named.add(kernels);
    return new Ingredients(
        reference(board), builder.kernels(kernels, board.core()), builder.runtime(board.core()));
  }

  /**
   * The profile that is asked for.
   *
   * @throws BenchException if there is none of that id (USAGE), or it says something else here
   *     (ENVIRONMENT)
   */
  BoardProfile board(Ingredients asked) throws BenchException {
    BoardProfile board = profiles.find(asked.board().name());
    requireSame("board", reference(board), asked.board());
    return board;
  }

  /**
   * The set that is asked for.
   *
   * @throws BenchException (ENVIRONMENT) if it or its runtime is another one here
   */
  KernelSet kernels(Ingredients asked, BoardProfile board) throws BenchException {
    requireSame("runtime", builder.runtime(board.core()), asked.runtime());
    List<KernelSet> sets = called(asked.kernels().name());
    for (KernelSet set : sets) {
      if (builder.kernels(set, board.core()).isSameAs(asked.kernels())) {
        return set;
      }
    }
    if (sets.isEmpty()) {
      throw lacking("has no kernels of that name", "kernels", asked.kernels());
    }
    ContentReference here = builder.kernels(sets.get(0), board.core());
    throw lacking("has kernels " + here, "kernels", asked.kernels());
  }

  private List<KernelSet> called(String name) {
    return Stream.concat(SHIPPED.stream(), named.stream())
        .distinct()
        .filter(set -> set.name().equals(name))
        .toList();
  }

  private static ContentReference reference(BoardProfile board) {
    return new ContentReference(board.id(), board.sha256());
  }

  private static void requireSame(String what, ContentReference here, ContentReference asked)
      throws BenchException {
    if (!here.isSameAs(asked)) {
      throw lacking("has " + what + " " + here, what, asked);
    }
  }

  private static BenchException lacking(String has, String what, ContentReference asked) {
    return new BenchException(
        Stage.BUILD,
        BenchException.Kind.ENVIRONMENT,
        "this bench "
            + has
            + ", the job asks for "
            + what
            + " "
            + asked
            + "; give it to a bench that has it, or bring both to the same version");
  }
}
