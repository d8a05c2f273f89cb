package org.hilbench.firmware;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sections and symbols of a 32-bit little-endian ELF file. Follows System V ABI, chapter 4.
 *
 * <p>It reads what the project's own linker wrote; it is no verifier for foreign files.
 */
final class ElfFile {
  private static final int MAGIC = 0x464c457f;
  private static final int SECTION_TABLE = 0x20;
  private static final int SECTION_SIZE = 0x2e;
  private static final int SYMBOL_TABLE = 2;
  private static final int SYMBOL_SIZE = 16;

  /** Index, name, type and place of a section. */
  private record Section(int name, int type, int offset, int size, int link) {}

  private final ByteBuffer bytes;
  private final Map<String, Long> sizes = new HashMap<>();
  private final Map<String, Long> symbols = new HashMap<>();

  private ElfFile(byte[] content) {
    bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    if (content.length < 0x34 || bytes.getInt(0) != MAGIC) {
      throw new IllegalArgumentException("not an ELF file");
    }
    Section names = section(Short.toUnsignedInt(bytes.getShort(SECTION_SIZE + 4)));
    for (int i = 0; i < Short.toUnsignedInt(bytes.getShort(SECTION_SIZE + 2)); i++) {
      Section section = section(i);
      sizes.put(text(names.offset() + section.name()), Integer.toUnsignedLong(section.size()));
      if (section.type() == SYMBOL_TABLE) {
        readSymbols(section);
      }
    }
  }

  static ElfFile parse(byte[] content) {
    return new ElfFile(content);
  }

  /** Bytes of a section; 0 where the file has none of that name. */
  long size(String section) {
    return sizes.getOrDefault(section, 0L);
  }

  /** Value of a symbol, an address for most. */
  Optional<Long> symbol(String name) {
    return Optional.ofNullable(symbols.get(name));
  }

  private Section section(int index) {
    int at = bytes.getInt(SECTION_TABLE) + index * bytes.getShort(SECTION_SIZE);
    return new Section(
        bytes.getInt(at),
        bytes.getInt(at + 4),
        bytes.getInt(at + 16),
        bytes.getInt(at + 20),
        bytes.getInt(at + 24));
  }

  private void readSymbols(Section table) {
    int names = section(table.link()).offset();
    for (int at = table.offset(); at < table.offset() + table.size(); at += SYMBOL_SIZE) {
      symbols.put(text(names + bytes.getInt(at)), Integer.toUnsignedLong(bytes.getInt(at + 4)));
    }
  }

  private String text(int from) {
    int end = from;
    while (bytes.get(end) != 0) {
      end++;
    }
    return new String(bytes.array(), from, end - from, StandardCharsets.UTF_8);
  }
}
