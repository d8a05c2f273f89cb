package org.hilbench.families;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.Memory;
import org.hilbench.protocol.Link;
import org.jspecify.annotations.Nullable;

/**
 * A linked image, whole, on a core of the Unicorn library: the board's true memories, and a {@link
 * RegisterModel} for all peripherals and the core's own registers. The core runs while somebody
 * reads the serial line.
 */
final class UnicornBoard implements Link {
  private static final long PAGE = 0x1000;
  private static final int IDLE_POLLS = 8;
  private static final int SET_CPU_MODEL = 7 | 1 << 26 | 1 << 30;
  private static final Map<String, Integer> CPU_MODELS =
      Map.of("cortex-m4", 9, "cortex-m7", 10, "cortex-m33", 11);

  private static final long CALL_MICROSECONDS = 60_000_000;

  private final Unicorn.Api api = Unicorn.library();
  private final Pointer engine;
  private final RegisterModel model;

  /** Native code holds no reference to these. */
  private final List<Object> kept = new ArrayList<>();

  private final ArrayDeque<Byte> toBoard = new ArrayDeque<>();
  private final ByteArrayOutputStream fromBoard = new ByteArrayOutputStream();
  private final long vectors;
  private int polls;
  private boolean resetting;

  UnicornBoard(BoardProfile board, RegisterModel model, Path elf) throws IOException {
    this(board, model, elf, null);
  }

  /**
   * @param flash what lies behind the image, where the firmware programs it
   */
  UnicornBoard(BoardProfile board, RegisterModel model, Path elf, @Nullable FlashModel flash)
      throws IOException {
    this.model = model;
    PointerByReference opened = new PointerByReference();
    Unicorn.check("uc_open", api.uc_open(Unicorn.ARM, Unicorn.THUMB_M, opened));
    engine = opened.getValue();
    int cpu = CPU_MODELS.getOrDefault(board.core().cpu(), 0);
    Unicorn.check("cpu model", api.uc_ctl(engine, SET_CPU_MODEL, cpu));
    for (Memory memory : board.memories()) {
      boolean programmed = flash != null && memory.equals(board.codeMemory());
      memory(memory.origin(), programmed ? flash.begin() - memory.origin() : memory.size());
    }
    if (flash != null) {
      map(flash.begin(), flash.end() - flash.begin(), flash::read, flash::write);
    }
    registers(0x4000_0000L, 0x2000_0000L);
    registers(0xe000_0000L, 0x10_0000L);
    load(Files.readAllBytes(elf), flash);
    vectors = board.codeMemory().origin();
    begin();
  }

  private void begin() {
    set(Unicorn.SP, word(vectors));
    set(Unicorn.PC, word(vectors + 4));
  }

  /** Resets the core, from within the read of a register; its memory keeps what it holds. */
  void reset() {
    resetting = true;
    pause();
  }

  /** Plain memory, such as that of a unique id. */
  void memory(long origin, long size) {
    long begin = origin / PAGE * PAGE;
    long end = (origin + size + PAGE - 1) / PAGE * PAGE;
    Unicorn.check("map", api.uc_mem_map(engine, begin, end - begin, Unicorn.ALL));
  }

  /** More registers of the model. */
  void registers(long origin, long size) {
    map(
        origin,
        size,
        (address, bytes) -> model.read(address) & 0xffffffffL,
        (address, bytes, value) -> model.write(address, (int) value));
  }

  /** A read of so many bytes. */
  interface Reading {
    long at(long address, int bytes);
  }

  /** A write of so many bytes. */
  interface Writing {
    void at(long address, int bytes, long value);
  }

  private void map(long origin, long size, Reading reading, Writing writing) {
    Unicorn.OnRead read = (uc, offset, bytes, data) -> reading.at(origin + offset, bytes);
    Unicorn.OnWrite write =
        (uc, offset, bytes, value, data) -> writing.at(origin + offset, bytes, value);
    kept.add(read);
    kept.add(write);
    Unicorn.check(
        "map registers",
        api.uc_mmio_map(engine, origin, size, read, Pointer.NULL, write, Pointer.NULL));
  }

  /** ELF, 32 bits: what is to be loaded, at its physical address. */
  private void load(byte[] file, @Nullable FlashModel flash) {
    ByteBuffer elf = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < elf.getShort(0x2c); i++) {
      int header = elf.getInt(0x1c) + i * elf.getShort(0x2a);
      int size = elf.getInt(header + 16);
      if (elf.getInt(header) == 1 && size > 0) {
        byte[] bytes = new byte[size];
        elf.get(elf.getInt(header + 4), bytes);
        load(Integer.toUnsignedLong(elf.getInt(header + 12)), bytes, flash);
      }
    }
  }

  /** The image's last bytes may share a page of Unicorn's with the slot. */
  private void load(long address, byte[] bytes, @Nullable FlashModel flash) {
    boolean shares =
        flash != null && address < flash.end() && address + bytes.length > flash.begin();
    int plain = shares ? (int) Math.max(0, flash.begin() - address) : bytes.length;
    if (plain > 0) {
      store(address, Arrays.copyOf(bytes, plain));
    }
    if (shares) {
      flash.load(address + plain, Arrays.copyOfRange(bytes, plain, bytes.length));
    }
  }

  void store(long address, byte[] bytes) {
    com.sun.jna.Memory memory = new com.sun.jna.Memory(bytes.length);
    memory.write(0, bytes, 0, bytes.length);
    Unicorn.check("write", api.uc_mem_write(engine, address, memory, bytes.length));
  }

  byte at(long address) {
    com.sun.jna.Memory memory = new com.sun.jna.Memory(1);
    Unicorn.check("read", api.uc_mem_read(engine, address, memory, 1));
    return memory.getByte(0);
  }

  private int word(long address) {
    com.sun.jna.Memory memory = new com.sun.jna.Memory(4);
    Unicorn.check("read", api.uc_mem_read(engine, address, memory, 4));
    return memory.getInt(0);
  }

  private void set(int register, int value) {
    Unicorn.check("set", api.uc_reg_write(engine, register, new IntByReference(value)));
  }

  /** Calls a function of one word; the board goes on nowhere after that. */
  int call(long function, int argument) {
    long back = vectors + 16; // which nothing runs
    set(Unicorn.R0, argument);
    set(Unicorn.LR, (int) back | 1);
    Unicorn.check("call", api.uc_emu_start(engine, function | 1, back, CALL_MICROSECONDS, 0));
    if (counter() != back) {
      throw new AssertionError(String.format(Locale.ROOT, "did not return: pc 0x%08x", counter()));
    }
    IntByReference result = new IntByReference();
    Unicorn.check("get", api.uc_reg_read(engine, Unicorn.R0, result));
    return result.getValue();
  }

  /** Whether something is on its way to the board. */
  boolean isSpokenTo() {
    return !toBoard.isEmpty();
  }

  long counter() {
    IntByReference value = new IntByReference();
    Unicorn.check("get", api.uc_reg_read(engine, Unicorn.PC, value));
    return Integer.toUnsignedLong(value.getValue());
  }

  /** Whether a byte waits for the board; after some looks in vain the core stops. */
  boolean hasByte() {
    if (toBoard.isEmpty() && ++polls > IDLE_POLLS) {
      pause();
    }
    return !toBoard.isEmpty();
  }

  /**
   * Stops the core, from within the read of a register: what a time-out stops in the middle of an
   * IT block does not go on rightly.
   */
  void pause() {
    Unicorn.check("stop", api.uc_emu_stop(engine));
  }

  int nextByte() {
    polls = 0;
    return toBoard.isEmpty() ? 0 : toBoard.remove() & 0xff;
  }

  /** The board sends. */
  void sent(int value) {
    polls = 0;
    fromBoard.write(value);
  }

  @Override
  public void write(byte[] bytes, Duration limit) {
    for (byte each : bytes) {
      toBoard.add(each);
    }
  }

  @Override
  public int read(byte[] into, Duration wait) throws IOException {
    polls = 0;
    if (resetting) {
      resetting = false;
      begin();
    }
    int error = api.uc_emu_start(engine, counter() | 1, 0xffff_fffeL, wait.toNanos() / 1000, 0);
    if (error != 0) {
      throw new IOException(
          String.format(
              Locale.ROOT, "the core stopped: Unicorn's error %d at 0x%08x", error, counter()));
    }
    byte[] came = fromBoard.toByteArray();
    int count = Math.min(came.length, into.length);
    System.arraycopy(came, 0, into, 0, count);
    fromBoard.reset();
    fromBoard.write(came, count, came.length - count);
    return count;
  }

  @Override
  public void close() {
    api.uc_close(engine);
  }
}
