package org.hilbench.firmware;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.Memory;

/** Renders firmware-templates/image/firmware.ld.in with a board's true memories. */
final class LinkerScript {
  /** Room for the deepest kernel with a margin; the device reports what was used. */
  static final int STACK_BYTES = 4096;

  /** Less cannot hold the planner's own records, whatever the model. */
  static final int LEAST_ARENA_BYTES = 2048;

  private final BoardProfile board;

  LinkerScript(BoardProfile board) {
    this.board = board;
  }

  String render(Path templates, List<Path> kernelArchives, TflmBuild tflm) throws IOException {
    return Files.readString(templates.resolve("image/firmware.ld.in"))
        .replace("@MEMORIES@", memories())
        .replace("@CODE@", board.codeMemory().name())
        .replace("@DATA@", board.dataMemory().name())
        .replace("@ARENA@", board.arenaMemory().name())
        .replace("@SLOT@", slot())
        .replace("@STACK_BYTES@", Integer.toString(STACK_BYTES))
        .replace("@LEAST_ARENA_BYTES@", Integer.toString(LEAST_ARENA_BYTES))
        .replace("@KERNEL_SECTIONS@", kernelSections(kernelArchives, tflm));
  }

  /** The size of a region, for the report of an overflow. */
  Optional<Long> size(String region) {
    return board.memories().stream()
        .filter(memory -> memory.name().equals(region))
        .map(Memory::size)
        .findFirst();
  }

  private String memories() {
    return board.memories().stream()
        .map(
            memory ->
                String.format(
                    Locale.ROOT,
                    "  %s (%s) : ORIGIN = 0x%08x, LENGTH = %d",
                    memory.name(),
                    memory.role() == Memory.Role.FLASH ? "rx" : "rwx",
                    memory.origin(),
                    memory.size()))
        .collect(Collectors.joining("\n"));
  }

  /** Symbols that bound the slot in flash; empty where the firmware does not program it. */
  private String slot() {
    List<String> lines =
        board
            .codeMemory()
            .eraseUnit()
            .map(
                unit ->
                    List.of(
                        String.format(Locale.ROOT, "__erase_unit = %d;", unit),
                        "__slot_end = ORIGIN(CODE_MEMORY) + LENGTH(CODE_MEMORY);",
                        String.format(
                            Locale.ROOT,
                            "__slot_start = MIN(ALIGN(__image_end, %d), __slot_end);",
                            unit),
                        "ASSERT(__slot_start >= __image_end, \"the slot overlaps the image\")"))
            .orElse(List.of("__erase_unit = 0;", "__slot_end = 0;", "__slot_start = 0;"));
    return lines.stream().map(line -> "  " + line).collect(Collectors.joining("\n"));
  }

  private static String kernelSections(List<Path> archives, TflmBuild tflm) {
    Stream<String> whole =
        Stream.concat(Stream.of("libkernels.a"), archives.stream().map(LinkerScript::name))
            .map(name -> name + ":*");
    Stream<String> objects =
        tflm.archive().stream()
            .flatMap(
                archive ->
                    tflm.kernelObjects().stream().map(object -> name(archive) + ":" + object));
    return Stream.concat(whole, objects)
        .map(files -> "    *" + files + "(.text .text.* .rodata .rodata.*)")
        .collect(Collectors.joining("\n"));
  }

  private static String name(Path archive) {
    return String.valueOf(archive.getFileName());
  }
}
