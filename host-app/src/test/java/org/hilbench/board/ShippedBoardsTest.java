package org.hilbench.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedBoardsTest {
  private final Path directory = ShippedBoards.directory();

  @Test
  void everyFolderHoldsAProfileThatLoads() throws BenchException, IOException {
    BoardProfiles profiles = BoardProfiles.load(directory);
    try (Stream<Path> folders = Files.list(directory).filter(Files::isDirectory)) {
      Set<String> names =
          folders.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
      assertEquals(names, Set.copyOf(profiles.ids()));
    }
  }

  @Test
  void everyBoardCanBeRunWithoutHardware() throws BenchException {
    BoardProfiles profiles = BoardProfiles.load(directory);
    for (BoardProfile board : profiles.all()) {
      assertFalse(board.simulators().isEmpty(), board.id());
      for (Simulator simulator : board.simulators()) {
        BoardProfile runnable = profiles.runnable(board, simulator);
        assertEquals(board.id(), runnable.id());
        assertEquals(board.codeMemory().size(), runnable.codeMemory().size());
        assertEquals(board.dataMemory().size(), runnable.dataMemory().size());
        assertEquals(board.core(), runnable.core());
      }
    }
  }

  @Test
  void theSimulatedBoardsHaveTheMachinesAddresses() throws BenchException {
    BoardProfiles profiles = BoardProfiles.load(directory);
    BoardProfile m4 = profiles.find("mps2-an386");
    assertEquals(0, m4.codeMemory().origin());
    assertEquals(0x20000000L, m4.dataMemory().origin());
    assertEquals(4 << 20, m4.dataMemory().size());
    assertEquals(0x40004000L, m4.uart().address());
    assertEquals(OptionalLong.of(0x40000000L), m4.timeSource().address());
    BoardProfile m33 = profiles.find("mps2-an505");
    assertEquals(0x10000000L, m33.codeMemory().origin());
    assertEquals(0x38000000L, m33.dataMemory().origin());
    assertEquals(2 << 20, m33.dataMemory().size());
    assertEquals(
        List.of("-mcpu=cortex-m33", "-mthumb", "-mfpu=fpv5-sp-d16", "-mfloat-abi=hard"),
        m33.core().compilerFlags());
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        BoardProfile.class,
        Memory.class,
        OperatingPoint.class,
        TypicalPower.class,
        Uart.class,
        TimeSource.class,
        FlashTool.class,
        Simulator.class,
        CycleModel.class,
        KernelCycles.class,
        CycleFactor.class
      })
  void theSchemaCommentsExactlyTheComponentsOf(Class<?> type) throws IOException {
    JsonNode root = new YAMLMapper().readTree(directory.resolve("board.schema.yaml").toFile());
    JsonNode schema =
        type == BoardProfile.class ? root : root.path("$defs").path(type.getSimpleName());
    RecordComponent[] components = type.getRecordComponents();
    Set<String> keys = new TreeSet<>();
    schema.path("properties").fieldNames().forEachRemaining(keys::add);
    assertEquals(names(Arrays.stream(components)), keys);
    Set<String> required = new TreeSet<>();
    schema.path("required").forEach(key -> required.add(key.asText()));
    assertEquals(names(Arrays.stream(components).filter(this::mustBeWritten)), required);
    assertFalse(schema.path("additionalProperties").asBoolean(true), "unknown keys are errors");
    for (String key : keys) {
      assertTrue(commented(root, schema.path("properties").path(key)), key + " is not commented");
    }
  }

  private boolean mustBeWritten(RecordComponent component) {
    return component.getType() != Optional.class && component.getType() != OptionalLong.class;
  }

  private static boolean commented(JsonNode root, JsonNode property) {
    String reference = property.path("$ref").asText();
    JsonNode described = reference.isEmpty() ? property : root.at(reference.substring(1));
    return described.path("description").asText().length() >= 15;
  }

  private static Set<String> names(Stream<RecordComponent> components) {
    return components.map(RecordComponent::getName).collect(Collectors.toCollection(TreeSet::new));
  }
}
