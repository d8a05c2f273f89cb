package org.hilbench.families;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * Registers that remember what is written, with ready bits that follow their enables after some
 * reads, and a log of every change.
 */
final class RegisterModel {
  /** One write that reached a register. */
  record Change(long address, int before, int after) {}

  /** A status field that follows a control field: it shows {@code value} of it, delayed. */
  private static final class Follower {
    final RegisterHeader.Claim status;
    final RegisterHeader.Claim control;
    final int delay;
    int reads;

    Follower(RegisterHeader.Claim status, RegisterHeader.Claim control, int delay) {
      this.status = status;
      this.control = control;
      this.delay = delay;
    }
  }

  private final Map<Long, Integer> registers = new HashMap<>();
  private final Map<Long, Integer> ignored = new HashMap<>();
  private final List<Follower> followers = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private final Map<Long, Consumer<Integer>> tasks = new HashMap<>();
  private final Map<Long, IntSupplier> answers = new HashMap<>();

  /** The register holds this when the code starts. */
  void reset(RegisterHeader.Claim field, int value) {
    put(field, value);
  }

  /** After {@code delay} reads of the status, it shows what the control field was set to. */
  void follow(RegisterHeader.Claim status, RegisterHeader.Claim control, int delay) {
    followers.add(new Follower(status, control, delay));
    put(status, get(control));
  }

  /** Writing 1 to a task register sets this field. */
  void task(long address, RegisterHeader.Claim event) {
    tasks.put(address, value -> put(event, value & 1));
  }

  /** Every write to this register is told, after it was noted. */
  void onWrite(long address, Consumer<Integer> told) {
    tasks.merge(address, told, Consumer::andThen);
  }

  /** Every read of this register is answered so. */
  void onRead(long address, IntSupplier answer) {
    answers.put(address, answer);
  }

  /** Writes do not change these bits: a defect, or a register that the part does not have. */
  void ignoreWrites(RegisterHeader.Claim field) {
    ignored.merge(field.address(), mask(field), (a, b) -> a | b);
  }

  List<Change> changes() {
    return changes;
  }

  int read(long address) {
    for (Follower follower : followers) {
      if (follower.status.address() == address && get(follower.status) != get(follower.control)) {
        if (++follower.reads > follower.delay) {
          put(follower.status, get(follower.control));
          follower.reads = 0;
        }
      }
    }
    IntSupplier answer = answers.get(address);
    return answer == null ? value(address) : answer.getAsInt();
  }

  /** What the register holds. */
  int value(long address) {
    return registers.getOrDefault(address, 0);
  }

  void write(long address, int value) {
    int before = registers.getOrDefault(address, 0);
    int kept = ignored.getOrDefault(address, 0) | statusBits(address);
    int after = (before & kept) | (value & ~kept);
    registers.put(address, after);
    changes.add(new Change(address, before, after));
    Consumer<Integer> task = tasks.get(address);
    if (task != null) {
      task.accept(value);
    }
  }

  private int statusBits(long address) {
    int bits = 0;
    for (Follower follower : followers) {
      if (follower.status.address() == address) {
        bits |= mask(follower.status);
      }
    }
    return bits;
  }

  int get(RegisterHeader.Claim field) {
    return (registers.getOrDefault(field.address(), 0) & mask(field)) >>> field.lowest();
  }

  private void put(RegisterHeader.Claim field, int value) {
    int others = registers.getOrDefault(field.address(), 0) & ~mask(field);
    registers.put(field.address(), others | ((value << field.lowest()) & mask(field)));
  }

  /** The last change that gave the field this value where it had another; -1 if there is none. */
  int lastTime(RegisterHeader.Claim field, int value) {
    for (int i = changes.size() - 1; i >= 0; i--) {
      Change change = changes.get(i);
      if (change.address() == field.address()
          && (change.after() & mask(field)) >>> field.lowest() == value
          && (change.before() & mask(field)) != (change.after() & mask(field))) {
        return i;
      }
    }
    return -1;
  }

  static int mask(RegisterHeader.Claim field) {
    return (field.width() == 32 ? -1 : (1 << field.width()) - 1) << field.lowest();
  }
}
