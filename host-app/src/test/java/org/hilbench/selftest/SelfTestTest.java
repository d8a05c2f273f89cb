package org.hilbench.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.bench.ImageBuilder;
import org.hilbench.bench.Meters;
import org.hilbench.bench.Place;
import org.hilbench.bench.SimulatedPlaces;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.BoardProfiles;
import org.hilbench.device.DeviceException;
import org.hilbench.exec.ExecRunner;
import org.hilbench.firmware.KernelSet;
import org.hilbench.firmware.Workshop;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.reference.HostInterpreter;
import org.hilbench.reference.Kernels;
import org.hilbench.selftest.Finding.Result;
import org.hilbench.testkit.SharedData;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("sim")
class SelfTestTest {
  @Test
  void theKnownBytesAreWhatTensorFlowLitesReferenceGives() throws BenchException {
    KnownModel known = KnownModel.load();
    try (HostInterpreter host = HostInterpreter.open(known.model().bytes(), Kernels.REFERENCE)) {
      byte[] output = host.invoke(known.input());
      assertTrue(known.gives(output));
      output[0]++;
      assertTrue(!known.gives(output), "one other bit is seen");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mps2-an386", "mps2-an500", "mps2-an505"})
  void aSimulatedBoardPassesWhatItCan(String id) throws BenchException {
    Map<String, Finding> findings = findings(id, Optional.empty());
    assertTrue(
        findings.values().stream().noneMatch(one -> one.result() == Result.FAIL),
        findings::toString);
    for (String what : List.of("build", "flash", "identity", "echo", "known model")) {
      assertEquals(Result.PASS, result(findings, what), what);
    }
    for (String what : List.of("cycle counter", "stack paint", "fault on purpose")) {
      assertEquals(Result.PASS, result(findings, what), what);
    }
    assertEquals(Result.SKIPPED, result(findings, "clock against the host"));
    assertEquals(Result.SKIPPED, result(findings, "trigger"));
  }

  @Test
  void anImageThatCannotBeFlashedFailsThereAndNothingElseIsTried() throws BenchException {
    Place.Opener broken =
        image -> {
          throw new BenchException(
              Stage.FLASH, BenchException.Kind.ENVIRONMENT, "no probe with serial 1");
        };
    Map<String, Finding> findings = findings("mps2-an386", Optional.of(broken));
    assertEquals(List.of("build", "flash"), List.copyOf(findings.keySet()));
    assertEquals(Result.FAIL, result(findings, "flash"));
  }

  @Test
  void aBoardThatIsSilentIsNotCalledOneThatCannotBeFlashed() throws BenchException {
    Place.Opener silent =
        image -> {
          throw new DeviceException.TimedOut(
              "serial:/dev/ttyACM0 did not answer HELLO within 10 s");
        };
    Map<String, Finding> findings = findings("mps2-an386", Optional.of(silent));
    assertEquals(List.of("build", "flash", "answer"), List.copyOf(findings.keySet()));
    assertEquals(Result.PASS, result(findings, "flash"));
    assertEquals(Result.FAIL, result(findings, "answer"));
  }

  @Test
  void aStandInSaysThatItHasNotTheBoardsClocks() throws BenchException {
    Map<String, Finding> findings = findings("nucleo-f446re", Optional.empty(), KernelSet.HILBENCH);
    assertEquals(Result.PASS, result(findings, "known model"));
    List<Finding> points =
        findings.values().stream().filter(one -> one.what().startsWith("operating point")).toList();
    assertTrue(points.size() > 1, points::toString);
    for (Finding point : points) {
      assertEquals(Result.SKIPPED, point.result(), point::toString);
      assertTrue(point.found().startsWith("qemu mps2-an386 stands in"), point::found);
    }
  }

  private static Result result(Map<String, Finding> findings, String what) {
    Finding found = findings.get(what);
    if (found == null) {
      throw new AssertionError(what + " is not among " + findings.keySet());
    }
    return found.result();
  }

  private static Map<String, Finding> findings(String id, Optional<Place.Opener> opener)
      throws BenchException {
    return findings(id, opener, KernelSet.REFERENCE);
  }

  private static Map<String, Finding> findings(
      String id, Optional<Place.Opener> opener, KernelSet kernels) throws BenchException {
    ExecRunner runner = new ExecRunner();
    Assumptions.assumeTrue(runner.find("qemu-system-arm").isPresent(), "absent: qemu-system-arm");
    BoardProfiles boards = BoardProfiles.load(SharedData.repository().resolve("board-profiles"));
    BoardProfile board = boards.find(id);
    Place place = new SimulatedPlaces(boards, runner).find(board, MeasurementJob.ON_QEMU);
    Place tried =
        opener
            .map(own -> new Place(place.name(), place.links(), place.standIn(), own))
            .orElse(place);
    return SelfTest.of(board, tried, ImageBuilder.of(Workshop.builder()), kernels, Meters.NONE)
        .stream()
        .collect(Collectors.toMap(Finding::what, one -> one, (a, b) -> a, LinkedHashMap::new));
  }
}
