package org.hilbench.families;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.Memory;
import org.hilbench.device.DeviceException;
import org.hilbench.device.ModelPlace;
import org.hilbench.device.Patience;
import org.hilbench.device.ProtocolDevice;
import org.hilbench.device.RunOrder;
import org.hilbench.device.Upload;
import org.hilbench.exec.Command;
import org.hilbench.exec.ExecRunner;
import org.hilbench.firmware.FirmwareImage;
import org.hilbench.firmware.KernelSet;
import org.hilbench.firmware.ResidentRequest;
import org.hilbench.firmware.Workshop;
import org.hilbench.oracle.RandomNetworks;
import org.hilbench.reference.HostInterpreter;
import org.hilbench.reference.Kernels;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A resident image, whole, that takes models over its serial line into the flash behind it: on a
 * model of its part's flash controller, which does what the manual says and no more.
 */
class FlashSlotTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Patience PATIENCE = new Patience(LIMIT, LIMIT, LIMIT);
  private static final int HEADER_BYTES = 64;

  /** Between two looks at the cycle counter: 6 s are two thousand looks at 180 MHz. */
  private static final int CYCLES_A_LOOK = 500_000;

  /** Where the parts have them; all of it is read in a HELLO. */
  private static final Map<String, Long> UNIQUE_IDS =
      Map.of(
          "stm32f4", 0x1fff7a10L,
          "stm32f7", 0x1ff0f420L,
          "stm32l4", 0x1fff7590L,
          "stm32h7", 0x1ff1e800L,
          "stm32u5", 0x0bfa0700L,
          "nrf52840", 0x10000060L,
          "nrf5340", 0x00ff0204L);

  /** What is on again after each change of flash. */
  private static final Map<String, List<String>> CACHES =
      Map.of(
          "stm32f4", List.of("FLASH.ACR.DCEN", "FLASH.ACR.ICEN"),
          "stm32l4", List.of("FLASH.ACR.DCEN", "FLASH.ACR.ICEN"),
          "stm32f7", List.of("FLASH.ACR.ARTEN"),
          "stm32u5", List.of("ICACHE.CR.EN"),
          "nrf52840", List.of("NVMC.ICACHECNF.CACHEEN"),
          "nrf5340", List.of("CACHE_S.ENABLE.ENABLE"));

  static List<String> boards() {
    return List.of(
        "nucleo-f446re",
        "stm32f4-discovery",
        "nucleo-f746zg",
        "nucleo-h743zi2",
        "nucleo-l4r5zi",
        "b-l475e-iot01a",
        "nucleo-u575zi-q",
        "nrf52840dk",
        "nrf5340dk");
  }

  private int cycles;
  private boolean fed;

  @ParameterizedTest
  @MethodSource("boards")
  void aModelGoesOverTheLineIntoTheSlotAndRunsThere(String id) throws Exception {
    Bench bench = new Bench(id);
    TfliteModel first = network(1);
    TfliteModel second = network(2);
    try (UnicornBoard cortex = bench.start()) {
      ProtocolDevice device = bench.greet(cortex);
      assertEquals(
          bench.end - bench.slot - HEADER_BYTES, device.identity().flashSlotBytes().orElseThrow());
      bench.flash.beforeErase(
          () -> {
            assertTrue(fed, "the watchdog was fed since the erase before");
            assertTrue(!cortex.isSpokenTo(), "bytes are on the line during an erase");
            fed = false;
          });

      for (TfliteModel model : List.of(first, second)) {
        int before = bench.flash.erased().size();
        device.upload(flash(model));
        assertEquals(Optional.of(ModelPlace.FLASH), device.identity().modelPlace());
        runs(device, model);
        assertArrayEquals(
            model.bytes(), bench.flash.at(bench.slot + HEADER_BYTES, model.bytes().length));
        assertEquals(
            bench.units(model), bench.flash.erased().subList(before, bench.flash.erased().size()));
      }
      assertEquals(List.of(), bench.flash.forbidden());
      assertTrue(bench.closed(), "locked again, caches on");
      assertTrue(bench.cacheForgot(), "caches hold what was there before");

      int programmed = bench.flash.programmed();
      int erased = bench.flash.erased().size();
      device.upload(ram(first));
      runs(device, first);
      device.upload(flash(second));
      runs(device, second);
      assertEquals(programmed, bench.flash.programmed(), "it lies there already");
      assertEquals(erased, bench.flash.erased().size());
    }
    int erased = bench.flash.erased().size();
    bench.flash.beforeErase(() -> {});
    try (UnicornBoard cortex = bench.start()) {
      ProtocolDevice device = bench.greet(cortex);
      device.upload(flash(second));
      runs(device, second);
      assertEquals(erased, bench.flash.erased().size(), "after a reset too");
      device.upload(flash(first));
      runs(device, first);
      assertEquals(List.of(), bench.flash.forbidden());
    }
  }

  @ParameterizedTest
  @MethodSource("boards")
  void flashThatFailsIsToldInWordsAndRamStaysTheWay(String id) throws Exception {
    Bench bench = new Bench(id);
    TfliteModel model = network(1);
    try (UnicornBoard cortex = bench.start()) {
      ProtocolDevice device = bench.greet(cortex);

      bench.flash.wear(bench.slot + 1024);
      fails(device, model, "erasing flash: a word reads otherwise than erased", bench.slot + 1024);
      bench.flash.mend();

      if (bench.flash instanceof StmFlashModel controller) {
        controller.protect(bench.slot, bench.unit());
        fails(device, model, "write protected (WRPERR)", bench.slot);
        controller.mend();
        controller.vanish();
        fails(device, model, "the flash controller does not answer", bench.slot);
        controller.mend();
      }

      device.upload(flash(model));
      runs(device, model);
      TfliteModel other = network(2);
      bench.flash.stick();
      fails(device, other, "the flash controller stays busy", bench.slot);
      device.upload(ram(other));
      runs(device, other);
    }
  }

  /** A cell that cannot hold a one is seen when the model is read back. */
  @ParameterizedTest
  @MethodSource("boards")
  void aModelThatReadsBackOtherwiseIsNone(String id) throws Exception {
    Bench bench = new Bench(id);
    TfliteModel model = network(1);
    try (UnicornBoard cortex = bench.start()) {
      ProtocolDevice device = bench.greet(cortex);
      long at = bench.slot + HEADER_BYTES + oddByte(model.bytes());
      List<Long> erased = new ArrayList<>();
      bench.flash.beforeErase(() -> erased.add(at));
      bench.flash.afterErases(() -> bench.flash.wear(at));
      fails(device, model, "programming flash: a byte reads otherwise than written", at);
      bench.flash.afterErases(() -> {});
      bench.flash.mend();
      device.upload(flash(model));
      runs(device, model);
      assertEquals(2 * bench.units(model).size(), erased.size(), "half a model is none");
    }
  }

  @ParameterizedTest
  @MethodSource("boards")
  void theDriverErasesNothingOutsideOfTheSlot(String id) throws Exception {
    Bench bench = new Bench(id);
    Memory memory = bench.board.codeMemory();
    long unit = memory.eraseUnit().orElseThrow();
    try (UnicornBoard cortex = bench.start()) {
      ProtocolDevice device = bench.greet(cortex);
      assertTrue(device.identity().flashSlotBytes().isPresent());
      long erase = bench.symbol("_ZN8hilbench14PortEraseFlashE");
      List<Long> outside =
          List.of(
              memory.origin(),
              bench.slot - unit,
              bench.end,
              0L,
              bench.slot + 4,
              bench.slot + unit / 2);
      for (long address : outside) {
        assertEquals(0, cortex.call(erase, (int) address), Long.toHexString(address));
      }
      assertEquals(List.of(), bench.flash.erased());
      assertEquals(List.of(), bench.flash.forbidden());
      assertTrue(bench.closed());
      assertEquals((int) unit, cortex.call(erase, (int) (bench.end - unit)), "the last one");
      assertEquals(List.of(bench.end - unit), bench.flash.erased());
    }
  }

  /** Numbers of pages mean others then, maybe those of the image. */
  @ParameterizedTest
  @CsvSource({
    "nucleo-l4r5zi, FLASH.OPTR.BFB2, 1, option BFB2",
    "nucleo-l4r5zi, FLASH.OPTR.DBANK, 0, option DBANK",
    "b-l475e-iot01a, FLASH.OPTR.BFB2, 1, option BFB2",
    "nucleo-h743zi2, FLASH.OPTCR.SWAP_BANK, 1, option SWAP_BANK",
    "nucleo-u575zi-q, FLASH.OPTR.SWAP_BANK, 1, option SWAP_BANK"
  })
  void banksThatLieOtherwiseByOptionAreLeftAlone(String id, String option, int value, String why)
      throws Exception {
    Bench bench = new Bench(id);
    try (UnicornBoard cortex = bench.start()) {
      ProtocolDevice device = bench.greet(cortex);
      bench.registers.reset(bench.family.field(option), value);
      fails(device, network(1), why, bench.slot);
      assertEquals(List.of(), bench.flash.erased());
      assertEquals(List.of(), bench.flash.forbidden());
      assertTrue(bench.flash.closed());
    }
  }

  private static int oddByte(byte[] model) {
    for (int i = 0; i < model.length; i++) {
      if ((model[i] & 1) != 0) {
        return i;
      }
    }
    throw new AssertionError("no odd byte");
  }

  private static void fails(ProtocolDevice device, TfliteModel model, String why, long at) {
    DeviceException.FlashFailed failed =
        assertThrows(DeviceException.FlashFailed.class, () -> device.upload(flash(model)));
    String words = String.valueOf(failed.getMessage());
    assertTrue(words.contains(why), words);
    assertEquals(at, failed.address(), words);
  }

  private void runs(ProtocolDevice device, TfliteModel network) throws Exception {
    byte[] input = new byte[(int) network.inputTensor().bytes()];
    new SplittableRandom(5).nextBytes(input);
    device.input(input);
    device.run(RunOrder.timed(0, 1, false, LIMIT));
    try (HostInterpreter host = HostInterpreter.open(network.bytes(), Kernels.REFERENCE)) {
      assertArrayEquals(host.invoke(input), device.output());
    }
  }

  private static Upload ram(TfliteModel model) {
    int input = (int) model.inputTensor().bytes();
    return new Upload(model.bytes(), model.sha256(), input, model.operators().size());
  }

  private static Upload flash(TfliteModel model) {
    return ram(model).into(ModelPlace.FLASH);
  }

  /** The n-th of the small ones. */
  private static TfliteModel network(int n) throws Exception {
    SplittableRandom random = new SplittableRandom(6);
    int left = n;
    for (int draw = 0; draw < 2000; draw++) {
      TfliteModel model =
          TfliteModel.parse(
              TfliteWriter.write(
                  RandomNetworks.quantized(RandomNetworks.ofTheSpace(random), random)));
      if (model.bytes().length < 20_000 && model.macs() < 400_000 && --left == 0) {
        return model;
      }
    }
    throw new AssertionError("no small networks among many");
  }

  /** A board whose flash outlasts its resets. */
  private final class Bench {
    final BoardProfile board;
    final FirmwareImage image;
    final Family family;
    final FlashModel flash;
    final long slot;
    final long end;

    Bench(String id) throws Exception {
      board = FamilyStartUpTest.singlePrecision(Workshop.board(id));
      family = Family.of(board);
      image =
          Workshop.built(Workshop.builder().build(new ResidentRequest(board, KernelSet.REFERENCE)));
      Memory memory = board.codeMemory();
      long unit = memory.eraseUnit().orElseThrow();
      end = memory.end();
      slot = (imageEnd() + unit - 1) / unit * unit;
      long begin = slot / 4096 * 4096;
      flash =
          family.hasSwitch()
              ? StmFlashModel.of(family, begin, end, (int) unit)
              : new NvmcModel(family, begin, end);
    }

    UnicornBoard start() throws Exception {
      registers = family.model(3);
      FamilyStartUpTest.core(registers);
      registers.onRead(0xe0001004L, () -> cycles += CYCLES_A_LOOK);
      long feed = family.field(watchdog()).address();
      int food = family.hasSwitch() ? 0xaaaa : 0x6e524635;
      registers.onWrite(feed, value -> fed |= value == food);
      if (unit() == 4096 && family.hasSwitch()) {
        registers.reset(family.field("FLASH.OPTR.DBANK"), 1); // as delivered
      }
      flash.reset();
      flash.attach(registers);
      UnicornBoard cortex = new UnicornBoard(board, registers, image.elf(), flash);
      cortex.memory(UNIQUE_IDS.getOrDefault(board.target(), 0L) & ~0xffffL, 0x10000);
      SerialModel.attach(board, family, registers, cortex);
      return cortex;
    }

    private String watchdog() {
      return switch (board.target()) {
        case "nrf52840" -> "WDT.RR";
        case "nrf5340" -> "WDT0_S.RR";
        default -> "IWDG.KR";
      };
    }

    long unit() {
      return board.codeMemory().eraseUnit().orElseThrow();
    }

    private RegisterModel registers = new RegisterModel();

    ProtocolDevice greet(UnicornBoard cortex) throws Exception {
      return ProtocolDevice.greet(cortex, board.id(), PATIENCE, new SplittableRandom(1));
    }

    boolean closed() {
      boolean cached =
          CACHES.getOrDefault(board.target(), List.of()).stream()
              .allMatch(cache -> registers.get(family.field(cache)) == 1);
      return cached && flash.closed();
    }

    /** Whether a cache that holds data of flash was emptied, by line on a Cortex-M7. */
    boolean cacheForgot() {
      boolean byLine = board.core().cpu().equals("cortex-m7");
      long register = byLine ? 0xe000ef5cL : family.field(emptied()).address();
      int mask = byLine ? -1 : RegisterModel.mask(family.field(emptied()));
      int wanted = byLine ? (int) slot : board.target().equals("nrf52840") ? 0 : mask;
      return registers.changes().stream()
          .anyMatch(change -> change.address() == register && (change.after() & mask) == wanted);
    }

    private String emptied() {
      return switch (board.target()) {
        case "stm32u5" -> "ICACHE.CR.CACHEINV";
        case "nrf52840" -> "NVMC.ICACHECNF.CACHEEN";
        case "nrf5340" -> "CACHE_S.INVALIDATE.INVALIDATE";
        default -> "FLASH.ACR.DCRST";
      };
    }

    /** Begins of those that a model takes. */
    List<Long> units(TfliteModel model) {
      List<Long> units = new ArrayList<>();
      for (long at = slot; at < slot + HEADER_BYTES + model.bytes().length; at += unit()) {
        units.add(at);
      }
      return units;
    }

    /** Behind the last byte that the file loads into flash. */
    private long imageEnd() throws IOException {
      ByteBuffer elf =
          ByteBuffer.wrap(Files.readAllBytes(image.elf())).order(ByteOrder.LITTLE_ENDIAN);
      long last = 0;
      for (int i = 0; i < elf.getShort(0x2c); i++) {
        int header = elf.getInt(0x1c) + i * elf.getShort(0x2a);
        long from = Integer.toUnsignedLong(elf.getInt(header + 12));
        if (elf.getInt(header) == 1 && from < board.codeMemory().end()) {
          last = Math.max(last, from + elf.getInt(header + 16));
        }
      }
      return last;
    }

    long symbol(String prefix) throws Exception {
      Path elf = image.elf();
      String symbols =
          new ExecRunner().run(Command.of("arm-none-eabi-nm", elf.toString())).stdout();
      String line = symbols.lines().filter(each -> each.contains(prefix)).findFirst().orElseThrow();
      return Long.parseLong(line.substring(0, 8), 16);
    }
  }
}
