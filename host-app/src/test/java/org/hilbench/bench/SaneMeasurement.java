package org.hilbench.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.Memory;
import org.hilbench.board.OperatingPoint;
import org.hilbench.measure.Inference;
import org.hilbench.measure.Measurement;
import org.hilbench.measure.OpCost;
import org.hilbench.measure.SramParts;
import org.hilbench.measure.Timing;
import org.hilbench.quantity.Quantity;
import org.hilbench.tflite.TfliteModel;

/** Whether every number of a measurement is one that this board can give of this model. */
final class SaneMeasurement {
  private static final double LONGEST_SECONDS = 1_000;

  private SaneMeasurement() {}

  static void check(Measurement told, TfliteModel model, BoardProfile board, int runs) {
    told.timing().ifPresent(timing -> checkTiming(timing, told, board));
    checkMemory(told.sram(), board);
    assertTrue(told.flash().total().value() <= size(board, Memory.Role.FLASH), "flash");
    assertEquals(runs, told.samples().ticks().size());
    assertEquals(model.macs(), (long) told.macs().value());
    checkOps(told, model);
    for (Inference inference : told.outputs()) {
      assertEquals(model.outputTensor().bytes(), inference.output().size());
      inference
          .kept()
          .forEach((op, bytes) -> assertEquals(bytes(model, op), bytes.size(), "op " + op));
    }
    List<Long> clocks = board.operatingPoints().stream().map(OperatingPoint::clockHz).toList();
    told.clock().clockHz().ifPresent(hz -> assertTrue(clocks.contains(hz), hz + " Hz"));
  }

  private static void checkTiming(Timing timing, Measurement told, BoardProfile board) {
    double seconds = timing.latency().value();
    double cycles = timing.cycles().value();
    assertTrue(seconds > 0 && seconds < LONGEST_SECONDS, seconds + " s");
    assertTrue(cycles >= told.macs().value() / 32, cycles + " cycles");
    double sum = told.ops().stream().mapToDouble(op -> value(op.cost().orElseThrow())).sum();
    double all = timing.instructions().map(Quantity::value).orElse(cycles);
    assertTrue(sum <= 2 * all + 64 * told.ops().size() + 2, sum + " of " + all);
    double clock = board.operatingPoint(told.operatingPoint()).clockHz();
    assertEquals(cycles / clock, seconds, 1 / clock + 1e-9 * seconds);
  }

  private static void checkMemory(SramParts sram, BoardProfile board) {
    assertTrue(sram.arenaUsed().value() >= 1, "arena");
    assertTrue(sram.arenaUsed().value() <= sram.arenaAllocated().value(), "arena");
    assertTrue(sram.stack().value() >= 1, "stack");
    assertTrue(sram.peak().value() <= size(board, Memory.Role.RAM), "peak");
  }

  private static void checkOps(Measurement told, TfliteModel model) {
    assertEquals(model.operators().size(), told.ops().size());
    for (int i = 0; i < told.ops().size(); i++) {
      OpCost op = told.ops().get(i);
      assertEquals(i, op.index());
      assertEquals(model.operators().get(i).name(), op.op());
      assertEquals(bytes(model, i), op.outputBytes());
      assertTrue(op.outputCrc() >= 0 && op.outputCrc() >>> 32 == 0, "CRC");
    }
  }

  private static double value(Quantity quantity) {
    assertTrue(quantity.value() >= 0 && Double.isFinite(quantity.value()), quantity::toString);
    return quantity.value();
  }

  private static long bytes(TfliteModel model, int op) {
    return model.tensors().get(model.operators().get(op).outputs().get(0)).bytes();
  }

  private static long size(BoardProfile board, Memory.Role role) {
    return board.memories().stream()
        .filter(memory -> memory.role() == role)
        .mapToLong(Memory::size)
        .sum();
  }
}
