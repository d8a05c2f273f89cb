package org.hilbench.families;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Flash behind an image, and what every controller does: an operation takes some looks at its
 * status, erasing gives ones, and only erased cells are programmed. What a manual forbids is noted.
 */
abstract class FlashModel {
  /** How many looks at the status an operation takes. */
  private static final int ERASE_LOOKS = 100;

  private static final int PROGRAM_LOOKS = 3;

  private final long begin;
  private final byte[] cells;
  private final List<Long> erased = new ArrayList<>();
  private final List<String> forbidden = new ArrayList<>();
  private final Set<Long> worn = new HashSet<>();
  private Runnable beforeErase = () -> {};
  private Runnable afterErase = () -> {};
  private Runnable end = () -> {};
  private int looksLeft;
  private int programmed;
  private boolean stuck;

  /**
   * @param begin where the model begins, behind all code
   * @param end behind the part's flash
   */
  FlashModel(long begin, long end) {
    this.begin = begin;
    this.cells = new byte[(int) (end - begin)];
    new SplittableRandom(7).nextBytes(cells); // of something before
  }

  long begin() {
    return begin;
  }

  long end() {
    return begin + cells.length;
  }

  /** Begins of the units that were erased, in order. */
  List<Long> erased() {
    return List.copyOf(erased);
  }

  /** Units that were programmed. */
  int programmed() {
    return programmed;
  }

  /** What was done that the manual forbids. */
  List<String> forbidden() {
    return List.copyOf(forbidden);
  }

  byte[] at(long address, int count) {
    int from = (int) (address - begin);
    return Arrays.copyOfRange(cells, from, from + count);
  }

  /** As a flash tool writes the image. */
  void load(long address, byte[] bytes) {
    System.arraycopy(bytes, 0, cells, (int) (address - begin), bytes.length);
  }

  /** Told before each erase. */
  void beforeErase(Runnable told) {
    beforeErase = told;
  }

  /** Told after each erase. */
  void afterErases(Runnable told) {
    afterErase = told;
  }

  /** A cell whose lowest bit stays 0. */
  void wear(long address) {
    worn.add(address);
  }

  /** From now on no operation ends. */
  void stick() {
    stuck = true;
  }

  void mend() {
    stuck = false;
    worn.clear();
  }

  /** A reset ends what was under way. */
  void reset() {
    looksLeft = 0;
    stuck = false;
  }

  long read(long address, int bytes) {
    finish(); // the core stalls
    long value = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      value = (value << 8) | (cells[(int) (address - begin) + i] & 0xff);
    }
    return value;
  }

  /** Takes its registers. */
  abstract void attach(RegisterModel model);

  /** Whether nothing can be written now. */
  abstract boolean closed();

  abstract void write(long address, int bytes, long value);

  void forbid(String what, long address) {
    forbidden.add(String.format(Locale.ROOT, "%s at 0x%08x", what, address));
  }

  /** One look at the status. */
  boolean busy() {
    if (looksLeft > 0 && !stuck && --looksLeft == 0) {
      end.run();
    }
    return looksLeft > 0;
  }

  boolean working() {
    return looksLeft > 0;
  }

  private void finish() {
    if (looksLeft > 0) {
      looksLeft = 0;
      end.run();
    }
  }

  void erase(long unit, int bytes) {
    beforeErase.run();
    erased.add(unit);
    if (unit < begin || unit + bytes > end()) {
      forbid("erased the image", unit);
      return;
    }
    looksLeft = ERASE_LOOKS;
    end =
        () -> {
          int from = (int) (unit - begin);
          Arrays.fill(cells, from, from + bytes, (byte) 0xff);
          wearOut(unit, bytes);
          afterErase.run();
        };
  }

  boolean isErased(long address, int bytes) {
    for (byte cell : at(address, bytes)) {
      if (cell != -1) {
        return false;
      }
    }
    return true;
  }

  void program(long address, byte[] value) {
    programmed++;
    looksLeft = PROGRAM_LOOKS;
    end =
        () -> {
          for (int i = 0; i < value.length; i++) {
            cells[(int) (address - begin) + i] &= value[i];
          }
          wearOut(address, value.length);
        };
  }

  private void wearOut(long from, int count) {
    for (long address : worn) {
      if (address >= from && address < from + count) {
        cells[(int) (address - begin)] &= ~1;
      }
    }
  }
}
