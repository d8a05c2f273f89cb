package org.hilbench.families;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hilbench.families.RegisterHeader.Claim;

/** The flash controller of an STM32, by its reference manual: locks, busy times, error flags. */
final class StmFlashModel extends FlashModel {
  /**
   * Where a controller has what; fields by their names in the registers of the first bank.
   *
   * @param clear the register whose ones clear flags of the status
   * @param erase field of the control register that chooses an erase of one unit
   * @param misplaced error flag of a write that begins nowhere or has the wrong width
   * @param notErased of one onto cells that are not erased
   * @param sequence of one without PG
   */
  private record Layout(
      String keys,
      String control,
      String status,
      String clear,
      String erase,
      String start,
      String busy,
      String misplaced,
      String notErased,
      String sequence,
      int writeBytes,
      List<Long> bankOffsets) {}

  /** The unit that a bank's control register names. */
  private interface Geometry {
    Unit unit(int bank, int control);
  }

  /** One that is erased at once. */
  private record Unit(long begin, int bytes) {}

  private static final long ORIGIN = 0x0800_0000L;
  private static final int KEY1 = 0x45670123;
  private static final int KEY2 = 0xcdef89ab;

  private final Family family;
  private final Layout layout;
  private final Geometry geometry;
  private final List<Controller> controllers;
  private final long bankBytes;
  private final Set<Unit> writeProtected = new HashSet<>();
  private boolean absent;

  private StmFlashModel(
      long begin, long end, Family family, Layout layout, Geometry geometry, long bankBytes) {
    super(begin, end);
    this.family = family;
    this.layout = layout;
    this.geometry = geometry;
    this.bankBytes = bankBytes;
    this.controllers =
        java.util.stream.IntStream.range(0, layout.bankOffsets().size())
            .mapToObj(Controller::new)
            .toList();
  }

  @Override
  void attach(RegisterModel model) {
    controllers.forEach(controller -> controller.attach(model));
  }

  @Override
  boolean closed() {
    return controllers.stream().noneMatch(controller -> controller.unlocked);
  }

  /** The unit that begins here takes no change. */
  void protect(long begin, long bytes) {
    writeProtected.add(new Unit(begin, (int) bytes));
  }

  /** As in a simulator: registers that read 0, cells that take nothing. */
  void vanish() {
    absent = true;
  }

  @Override
  void mend() {
    super.mend();
    writeProtected.clear();
    absent = false;
  }

  @Override
  void reset() {
    super.reset();
    controllers.forEach(Controller::reset);
  }

  @Override
  void write(long address, int bytes, long value) {
    if (!absent) {
      int bank = layout.bankOffsets().size() == 1 ? 0 : (int) ((address - ORIGIN) / bankBytes);
      controllers.get(bank).write(address, bytes, (int) value);
    }
  }

  private int bit(String field) {
    return RegisterModel.mask(family.field(field));
  }

  /** What a field of a register holds. */
  private static int value(Family family, String field, int register) {
    Claim claim = family.field(field);
    return (register & RegisterModel.mask(claim)) >>> claim.lowest();
  }

  /** That of one bank, or the only one. */
  private final class Controller {
    private final int bank;
    private final ByteBuffer gathered =
        ByteBuffer.allocate(layout.writeBytes()).order(ByteOrder.LITTLE_ENDIAN);
    private long gatheredAt;
    private int control;
    private int flags;
    private boolean unlocked;
    private boolean firstKey;
    private boolean jammed;

    private Controller(int bank) {
      this.bank = bank;
    }

    private void reset() {
      control = 0;
      flags = 0;
      unlocked = false;
      firstKey = false;
      jammed = false;
      gathered.clear();
    }

    private void attach(RegisterModel model) {
      model.onWrite(address(layout.keys()), this::key);
      model.onWrite(address(layout.control()), this::control);
      model.onRead(
          address(layout.control()),
          () -> absent ? 0 : control | (unlocked ? 0 : bit(layout.control() + ".LOCK")));
      model.onRead(
          address(layout.status()),
          () -> absent ? 0 : flags | (busy() ? bit(layout.status() + layout.busy()) : 0));
      model.onWrite(address(layout.clear()), ones -> flags &= ~ones);
    }

    private long address(String register) {
      return family.field(register).address() + layout.bankOffsets().get(bank);
    }

    private void key(int value) {
      if (jammed || absent) {
        return;
      }
      if (unlocked || value != (firstKey ? KEY2 : KEY1)) {
        forbid("a wrong key", value);
        jammed = true;
        unlocked = false;
      } else {
        unlocked = firstKey;
        firstKey = !firstKey;
      }
    }

    private void control(int value) {
      int lock = bit(layout.control() + ".LOCK");
      if (!unlocked || absent) {
        return; // takes no effect
      }
      if (working() && (value & lock) == 0) {
        forbid("a write to the control register of a busy controller", value);
        return;
      }
      unlocked = (value & lock) == 0;
      int start = bit(layout.control() + layout.start());
      control = value & ~lock & ~start;
      if ((value & start) != 0) {
        start();
      }
    }

    private void start() {
      if ((control & bit(layout.control() + layout.erase())) == 0
          || (control & bit(layout.control() + ".PG")) != 0) {
        forbid("a start of nothing", control);
        flag(layout.sequence());
        return;
      }
      Unit unit = geometry.unit(bank, control);
      if (writeProtected.contains(unit)) {
        flag(".WRPERR");
      } else {
        erase(unit.begin(), unit.bytes());
      }
    }

    private void write(long address, int bytes, int value) {
      if (working()) {
        forbid("a write to busy flash", address);
      } else if (!unlocked || (control & bit(layout.control() + ".PG")) == 0) {
        forbid("a write without PG", address);
        flag(layout.sequence());
      } else if (bytes != 4 || !inOrder(address)) {
        forbid("a write of " + bytes + " bytes, or out of order,", address);
        flag(layout.misplaced());
        gathered.clear();
      } else {
        gathered.putInt(value);
        if (!gathered.hasRemaining()) {
          programGathered();
        }
      }
    }

    /** The words of a unit come one after the other, from its first. */
    private boolean inOrder(long address) {
      if (gathered.position() == 0) {
        gatheredAt = address;
        return address % layout.writeBytes() == 0;
      }
      return address == gatheredAt + gathered.position();
    }

    private void programGathered() {
      byte[] value = gathered.array().clone();
      gathered.clear();
      if (writeProtected.stream()
          .anyMatch(
              unit -> gatheredAt >= unit.begin() && gatheredAt - unit.begin() < unit.bytes())) {
        flag(".WRPERR");
      } else if (!isErased(gatheredAt, value.length)) {
        forbid("programmed what was not erased", gatheredAt);
        flag(layout.notErased());
      } else {
        program(gatheredAt, value);
      }
    }

    private void flag(String name) {
      flags |= bit(layout.status() + name);
    }
  }

  static StmFlashModel of(Family family, long begin, long end, int eraseUnit) {
    return switch (family.target()) {
      case "stm32f4" ->
          new StmFlashModel(
              begin,
              end,
              family,
              oneBank(
                  "FLASH.KEYR", "FLASH.CR", "FLASH.SR", ".SER", ".STRT", ".PGPERR", ".PGSERR", 4),
              (bank, control) -> sector(value(family, "FLASH.CR.SNB", control), F4),
              0);
      case "stm32f7" ->
          new StmFlashModel(
              begin,
              end,
              family,
              oneBank(
                  "FLASH.KEYR", "FLASH.CR", "FLASH.SR", ".SER", ".STRT", ".PGPERR", ".ERSERR", 4),
              (bank, control) -> sector(value(family, "FLASH.CR.SNB", control), F7),
              0);
      case "stm32l4" ->
          new StmFlashModel(
              begin,
              end,
              family,
              oneBank(
                  "FLASH.KEYR", "FLASH.CR", "FLASH.SR", ".PER", ".START", ".SIZERR", ".PROGERR", 8),
              (bank, control) -> page(family, "FLASH.CR", control, 256, eraseUnit),
              0);
      case "stm32u5" ->
          new StmFlashModel(
              begin,
              end,
              family,
              oneBank(
                  "FLASH.NSKEYR",
                  "FLASH.NSCR",
                  "FLASH.NSSR",
                  ".PER",
                  ".STRT",
                  ".SIZERR",
                  ".PROGERR",
                  16),
              (bank, control) -> page(family, "FLASH.NSCR", control, 128, eraseUnit),
              0);
      case "stm32h7" ->
          new StmFlashModel(
              begin,
              end,
              family,
              new Layout(
                  "FLASH.BANK1_KEYR",
                  "FLASH.BANK1_CR",
                  "FLASH.BANK1_SR",
                  "FLASH.BANK1_CCR",
                  ".SER",
                  ".START",
                  ".QW",
                  ".INCERR",
                  ".STRBERR",
                  ".PGSERR",
                  32,
                  List.of(0L, 0x100L)),
              (bank, control) ->
                  new Unit(
                      ORIGIN
                          + bank * 0x10_0000L
                          + value(family, "FLASH.BANK1_CR.SNB", control) * 0x2_0000L,
                      0x2_0000),
              0x10_0000L);
      default -> throw new IllegalArgumentException("no flash model of " + family.target());
    };
  }

  private static Layout oneBank(
      String keys,
      String control,
      String status,
      String erase,
      String start,
      String misplaced,
      String notErased,
      int writeBytes) {
    String sequence = notErased.equals(".PROGERR") ? ".PGSERR" : notErased;
    return new Layout(
        keys,
        control,
        status,
        status,
        erase,
        start,
        ".BSY",
        misplaced,
        notErased,
        sequence,
        writeBytes,
        List.of(0L));
  }

  /** KiB of the sectors of STM32F405, F407 and F446 (RM0090, RM0390). */
  private static final List<Integer> F4 =
      List.of(16, 16, 16, 16, 64, 128, 128, 128, 128, 128, 128, 128);

  /** Of STM32F746 (RM0385). */
  private static final List<Integer> F7 = List.of(32, 32, 32, 32, 128, 256, 256, 256);

  private static Unit sector(int number, List<Integer> kib) {
    int before = kib.subList(0, number).stream().mapToInt(Integer::intValue).sum();
    return new Unit(ORIGIN + before * 1024L, kib.get(number) * 1024);
  }

  /** Of STM32L4 and L4+ (RM0351, RM0432) and U5 (RM0456): bank and page in it. */
  private static Unit page(Family family, String control, int register, int aBank, int bytes) {
    long page =
        value(family, control + ".BKER", register) * (long) aBank
            + value(family, control + ".PNB", register);
    return new Unit(ORIGIN + page * bytes, bytes);
  }
}
