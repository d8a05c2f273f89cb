package org.hilbench.families;

import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;

/**
 * A Cortex-M from the Unicorn library (libunicorn2), whose peripherals are a {@link RegisterModel}.
 */
final class Unicorn implements AutoCloseable {
  static final int ARM = 1;
  static final int THUMB_M = 1 << 4 | 1 << 5;
  static final int ALL = 7;
  static final int R0 = 66;
  static final int SP = 12;
  static final int LR = 10;
  static final int PC = 11;
  private static final long CODE = 0x0800_0000L;
  private static final long RAM = 0x2000_0000L;
  private static final long SIZE = 0x1_0000L;
  private static final long PLAN = RAM + 0x100;
  private static final long RETURN = CODE + SIZE - 16;
  private static final long MICROSECONDS = 20_000_000;

  /** The functions of unicorn.h that are used. */
  interface Api extends Library {
    int uc_open(int arch, int mode, PointerByReference engine);

    int uc_close(Pointer engine);

    int uc_mem_map(Pointer engine, long address, long size, int permissions);

    int uc_mem_write(Pointer engine, long address, Pointer bytes, long size);

    int uc_mmio_map(
        Pointer engine, long address, long size, OnRead read, Pointer a, OnWrite write, Pointer b);

    int uc_reg_write(Pointer engine, int register, IntByReference value);

    int uc_reg_read(Pointer engine, int register, IntByReference value);

    int uc_mem_read(Pointer engine, long address, Pointer bytes, long size);

    int uc_ctl(Pointer engine, int control, int value);

    int uc_emu_stop(Pointer engine);

    int uc_emu_start(Pointer engine, long begin, long until, long timeout, long count);
  }

  /** A read of a peripheral. */
  interface OnRead extends Callback {
    long invoke(Pointer engine, long offset, int size, Pointer data);
  }

  /** A write to a peripheral. */
  interface OnWrite extends Callback {
    void invoke(Pointer engine, long offset, int size, long value, Pointer data);
  }

  private final Api api;
  private final Pointer engine;
  private final OnRead read;
  private final OnWrite write;

  /** Aborts the test where the library is not installed. */
  Unicorn(RegisterModel model, long peripherals, long size) {
    this.api = library();
    PointerByReference opened = new PointerByReference();
    check("uc_open", api.uc_open(ARM, THUMB_M, opened));
    this.engine = opened.getValue();
    this.read = (uc, offset, bytes, data) -> model.read(peripherals + offset) & 0xffffffffL;
    this.write = (uc, offset, bytes, value, data) -> model.write(peripherals + offset, (int) value);
    check("map code", api.uc_mem_map(engine, CODE, SIZE, ALL));
    check("map RAM", api.uc_mem_map(engine, RAM, SIZE, ALL));
    check(
        "map peripherals",
        api.uc_mmio_map(engine, peripherals, size, read, Pointer.NULL, write, Pointer.NULL));
  }

  static Api library() {
    try {
      return Native.load("libunicorn.so.2", Api.class);
    } catch (UnsatisfiedLinkError e) {
      Assumptions.abort("libunicorn2 is not installed: sudo apt-get install libunicorn2");
      throw e;
    }
  }

  /** Calls a function of one pointer with these words behind it, and returns its result. */
  int call(byte[] code, long function, int[] words) {
    store(CODE, code);
    Memory plan = new Memory(4L * words.length);
    plan.write(0, words, 0, words.length);
    check("write plan", api.uc_mem_write(engine, PLAN, plan, plan.size()));
    set(R0, PLAN);
    set(SP, RAM + SIZE - 64);
    set(LR, RETURN | 1);
    check("run", api.uc_emu_start(engine, function | 1, RETURN, MICROSECONDS, 0));
    if (register(PC) != RETURN) {
      throw new AssertionError(
          String.format(Locale.ROOT, "did not return: pc 0x%08x", register(PC)));
    }
    return (int) register(R0);
  }

  private void store(long address, byte[] bytes) {
    Memory memory = new Memory(bytes.length);
    memory.write(0, bytes, 0, bytes.length);
    check("write code", api.uc_mem_write(engine, address, memory, bytes.length));
  }

  private void set(int register, long value) {
    check("set register", api.uc_reg_write(engine, register, new IntByReference((int) value)));
  }

  private long register(int register) {
    IntByReference value = new IntByReference();
    check("read register", api.uc_reg_read(engine, register, value));
    return Integer.toUnsignedLong(value.getValue());
  }

  static void check(String what, int error) {
    if (error != 0) {
      throw new AssertionError(what + ": Unicorn's error " + error);
    }
  }

  @Override
  public void close() {
    api.uc_close(engine);
  }
}
