package org.hilbench.flash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the smallest ELF that a Cortex-M loader takes: a vector table and some code. */
final class TestElf {
  private static final int HEADERS = 52 + 32;

  private TestElf() {}

  static Path write(Path file, long address, int stack, int size) throws IOException {
    ByteBuffer elf = ByteBuffer.allocate(HEADERS + size).order(ByteOrder.LITTLE_ENDIAN);
    elf.putInt(0, 0x464c457f).put(4, (byte) 1).put(5, (byte) 1).put(6, (byte) 1);
    elf.putShort(16, (short) 2).putShort(18, (short) 40).putInt(20, 1);
    elf.putInt(28, 52).putShort(40, (short) 52).putShort(42, (short) 32).putShort(44, (short) 1);
    elf.putInt(52, 1).putInt(56, HEADERS).putInt(60, (int) address).putInt(64, (int) address);
    elf.putInt(68, size).putInt(72, size).putInt(76, 5).putInt(80, 4);
    elf.putInt(HEADERS, stack).putInt(HEADERS + 4, (int) address + 9);
    for (int i = HEADERS + 8; i < elf.capacity(); i++) {
      elf.put(i, (byte) (i * 7));
    }
    return Files.write(file, elf.array());
  }
}
