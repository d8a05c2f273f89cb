package org.hilbench.board;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A simulated machine that may run instead of the board.
 *
 * @param machine QEMU's machine or Renode's platform
 * @param board the profile whose own image runs on that machine, where that is another board than
 *     the one simulated: a stand-in of the same core, linked with the true sizes of the one that it
 *     stands in for. Absent where the machine models the board itself.
 * @param tickHz ticks a second of the machine's model of the counter that the firmware falls back
 *     to without a cycle counter; absent where the firmware knows them
 * @param uart Renode's name of the serial port that the bench talks over; without it the platform
 *     is named only
 * @param memories names of the board's memories by Renode's, where Renode's are to get the board's
 *     sizes
 */
public record Simulator(
    Engine engine,
    String machine,
    Optional<String> board,
    OptionalLong tickHz,
    Optional<String> uart,
    Optional<Map<String, String>> memories) {
  /** Programs that simulate a microcontroller. */
  public enum Engine {
    @JsonProperty("qemu")
    QEMU,
    @JsonProperty("renode")
    RENODE
  }

  public Simulator {
    if (machine.isBlank()) {
      throw new IllegalArgumentException("machine is empty; name the machine or platform");
    }
    board.ifPresent(id -> Checks.word("board", id));
    if (tickHz.isPresent() && tickHz.getAsLong() <= 0) {
      throw new IllegalArgumentException("tickHz " + tickHz.getAsLong() + " is not a rate");
    }
    memories = memories.map(Map::copyOf);
    if (engine == Engine.RENODE) {
      checkRenode(machine, board, uart, memories);
    } else if (uart.isPresent() || memories.isPresent()) {
      throw new IllegalArgumentException("uart and memories are for engine renode only");
    }
  }

  private static void checkRenode(
      String machine,
      Optional<String> board,
      Optional<String> uart,
      Optional<Map<String, String>> memories) {
    if (!machine.matches("[\\w./-]+\\.repl")) {
      throw new IllegalArgumentException("machine '" + machine + "' is not a .repl file of Renode");
    }
    if (board.isPresent()) {
      throw new IllegalArgumentException("board: on Renode a board runs its own image");
    }
    uart.filter(name -> !name.matches("sysbus\\.\\w+"))
        .ifPresent(
            name -> {
              throw new IllegalArgumentException("uart '" + name + "' is not sysbus.NAME");
            });
    for (String name : memories.orElse(Map.of()).keySet()) {
      if (!name.matches("\\w+")) {
        throw new IllegalArgumentException("memories: '" + name + "' is not a name of Renode's");
      }
    }
  }

  /** Whether another board's machine runs in place of the profile's own. */
  public boolean standIn() {
    return board.isPresent();
  }
}
