package org.hilbench.board;

import com.fasterxml.jackson.annotation.JsonProperty;
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
 */
public record Simulator(
    Engine engine, String machine, Optional<String> board, OptionalLong tickHz) {
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
  }

  /** Whether another board's machine runs in place of the profile's own. */
  public boolean standIn() {
    return board.isPresent();
  }
}
