package org.hilbench.board;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hilbench.Sha256;

/**
 * A kind of board: committed facts, none about one desk. Read from {@code
 * board-profiles/<id>/board.yaml}, whose keys are these components; {@code board.schema.yaml}
 * comments every one.
 *
 * @param target the folder of {@code firmware-templates/targets} that runs on it
 * @param memories true sizes; the first flash holds the image, the first RAM stack, .data and .bss
 * @param operatingPoints the first is the default
 * @param usb probes that come with the board; empty where it is only simulated
 * @param trigger the pin that is high exactly around the timed inferences, for energy meters
 * @param flash tools in the order they are tried
 * @param simulators in the order they are tried when no such board is attached
 */
public record BoardProfile(
    String id,
    String name,
    String part,
    Core core,
    String target,
    List<Memory> memories,
    List<OperatingPoint> operatingPoints,
    Uart uart,
    TimeSource timeSource,
    List<UsbId> usb,
    Optional<String> trigger,
    List<FlashTool> flash,
    List<Simulator> simulators,
    CycleModel cycleModel,
    List<String> sources) {

  private static final JsonMapper CANONICAL =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private static final int ALIGNMENT = 32;

  public BoardProfile {
    Checks.word("id", id);
    Checks.word("target", target);
    memories = List.copyOf(memories);
    operatingPoints = List.copyOf(operatingPoints);
    usb = List.copyOf(usb);
    flash = List.copyOf(flash);
    simulators = List.copyOf(simulators);
    sources = List.copyOf(sources);
    trigger.ifPresent(pin -> Pins.check("trigger", pin));
    checkMemories(memories);
    checkOperatingPoints(operatingPoints);
    if (flash.isEmpty() && simulators.isEmpty()) {
      throw new IllegalArgumentException(
          "flash and simulators are both empty; name at least one way to run an image");
    }
  }

  /** SHA-256 of all that it says, hexadecimal: equal profiles have equal ones on any machine. */
  public String sha256() {
    try {
      return Sha256.hex(CANONICAL.writeValueAsBytes(this));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a profile was read from text", e);
    }
  }

  /** The memory that holds the image. */
  public Memory codeMemory() {
    return first(memories, Memory.Role.FLASH);
  }

  /** The memory that holds the stack, .data and .bss. */
  public Memory dataMemory() {
    return first(memories, Memory.Role.RAM);
  }

  /** Memories that the tensor arena may lie in, in the profile's order; at least one. */
  public List<Memory> arenaMemories() {
    return memories.stream().filter(Memory::arena).toList();
  }

  /** The memory that the arena lies in: the largest of {@link #arenaMemories}. */
  public Memory arenaMemory() {
    return arenaMemories().stream().max(Comparator.comparingLong(Memory::size)).orElseThrow();
  }

  public OperatingPoint defaultOperatingPoint() {
    return operatingPoints.get(0);
  }

  /**
   * The operating point of this name.
   *
   * @throws IllegalArgumentException naming those that exist
   */
  public OperatingPoint operatingPoint(String name) {
    return operatingPoints.stream()
        .filter(point -> point.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "operating point '"
                        + name
                        + "' is unknown on "
                        + id
                        + "; known: "
                        + names(operatingPoints)));
  }

  /**
   * This board as {@code machine} can run it: the machine's target, serial port, timer and address
   * map, with <i>this</i> board's memory sizes, core, operating points and cycle model. RAMs are
   * laid one behind the other.
   *
   * @throws IllegalArgumentException if the cores differ or a memory is larger than the machine's
   */
  public BoardProfile standInOn(BoardProfile machine) {
    if (!machine.core.cpu().equals(core.cpu())) {
      throw new IllegalArgumentException(
          machine.id
              + " is a "
              + machine.core.cpu()
              + " and cannot stand in for "
              + id
              + ", a "
              + core.cpu());
    }
    List<Memory> placed = new ArrayList<>();
    place(Memory.Role.FLASH, machine.codeMemory(), placed);
    place(Memory.Role.RAM, machine.dataMemory(), placed);
    return new BoardProfile(
        id,
        name,
        part,
        core,
        machine.target,
        placed,
        operatingPoints,
        machine.uart,
        machine.timeSource,
        List.of(),
        Optional.empty(),
        List.of(),
        machine.simulators,
        cycleModel,
        sources);
  }

  private void place(Memory.Role role, Memory into, List<Memory> placed) {
    long address = into.origin();
    for (Memory memory : memories) {
      if (memory.role() == role) {
        Memory moved = memory.at(address);
        if (moved.end() > into.end()) {
          throw new IllegalArgumentException(
              id + "'s " + memory.name() + " ends behind the machine's " + into.name());
        }
        placed.add(moved);
        address = (moved.end() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
      }
    }
  }

  private static void checkMemories(List<Memory> memories) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < memories.size(); i++) {
      Memory memory = memories.get(i);
      if (!names.add(memory.name())) {
        throw new IllegalArgumentException("memories: two are named " + memory.name());
      }
      for (Memory other : memories.subList(0, i)) {
        if (memory.overlaps(other)) {
          throw new IllegalArgumentException(
              "memories: " + memory.name() + " and " + other.name() + " overlap");
        }
      }
    }
    for (Memory.Role role : List.of(Memory.Role.FLASH, Memory.Role.RAM)) {
      if (memories.stream().noneMatch(memory -> memory.role() == role)) {
        throw new IllegalArgumentException("memories: none has role " + role);
      }
    }
    if (memories.stream().noneMatch(Memory::arena)) {
      throw new IllegalArgumentException(
          "memories: none has arena: true; the tensor arena needs a place");
    }
  }

  private static void checkOperatingPoints(List<OperatingPoint> points) {
    if (points.isEmpty()) {
      throw new IllegalArgumentException("operatingPoints is empty; the first is the default");
    }
    if (points.stream().map(OperatingPoint::name).distinct().count() < points.size()) {
      throw new IllegalArgumentException("operatingPoints: two share a name: " + names(points));
    }
  }

  private static Memory first(List<Memory> memories, Memory.Role role) {
    return memories.stream().filter(memory -> memory.role() == role).findFirst().orElseThrow();
  }

  private static String names(List<OperatingPoint> points) {
    return points.stream().map(OperatingPoint::name).collect(Collectors.joining(", "));
  }
}
