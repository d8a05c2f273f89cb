package org.hilbench.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hilbench.device.SocketLink;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.exec.ExecRunner;
import org.hilbench.protocol.Link;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtiiMeterTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final int INFERENCES = 10;

  @TempDir Path folder;

  @Test
  void aKnownWaveformThroughTheServersProtocolGivesItsEnergyWithinHalfAPercent() throws Exception {
    try (OtiiEmulator emulator = new OtiiEmulator("");
        OtiiMeter meter = OtiiMeter.open(link(emulator), 3000, 3600)) {
      assertEquals("Qoitech Otii Arc, source, 3000 mV", meter.name());
      meter.start();
      PowerTrace trace = meter.stop();
      assertEquals(2 * OtiiEmulator.IDLE_SAMPLES + OtiiEmulator.BUSY_SAMPLES, trace.samples());
      InferenceEnergy energy = InferenceEnergy.of(trace, INFERENCES);
      double joules =
          OtiiEmulator.BUSY_AMPERES * 3 * OtiiEmulator.BUSY_SAMPLES / OtiiEmulator.RATE_HZ;
      assertEquals(joules / INFERENCES, energy.joules(), 0.005 * joules / INFERENCES);
      assertEquals(OtiiEmulator.BUSY_SAMPLES, energy.samples());
      assertEquals(OtiiEmulator.RATE_HZ, energy.sampleRateHz(), 1e-6);
      List<String> requests = emulator.requests();
      assertTrue(requests.contains("arc_set_main_voltage {\"device_id\":\"Arc7\",\"value\":3.0}"));
      int voltage = requests.indexOf("arc_set_main_voltage {\"device_id\":\"Arc7\",\"value\":3.0}");
      int power = requests.indexOf("arc_set_main {\"device_id\":\"Arc7\",\"enable\":true}");
      assertTrue(voltage >= 0 && voltage < power, requests::toString);
    }
  }

  @Test
  void theServersRefusalIsToldWithItsRemedy() throws Exception {
    try (OtiiEmulator emulator = new OtiiEmulator("No license");
        OtiiMeter meter = OtiiMeter.open(link(emulator), 3000, 3600)) {
      String told = assertThrows(EnergyException.class, meter::start).getMessage();
      assertTrue(told.contains("No license") && told.contains("Automation licence"), told);
    }
  }

  @Test
  void aSupplyAboveTheBoardsIsRefusedBeforeAByteIsSent() throws Exception {
    try (OtiiEmulator emulator = new OtiiEmulator("");
        Link link = link(emulator)) {
      String told =
          assertThrows(EnergyException.class, () -> OtiiMeter.open(link, 3700, 3600)).getMessage();
      assertTrue(told.contains("1200..3600 mV"), told);
      assertEquals(List.of(), emulator.requests());
    }
  }

  /** The package otii_tcp_client, an independent client, must read the emulator as we do. */
  @Test
  void anIndependentClientReadsTheSameFromTheEmulator() throws Exception {
    ExecRunner runner = new ExecRunner();
    Assumptions.assumeTrue(
        runner.find("python3").isPresent()
            && runner.run(Command.of("python3", "-c", "import otii_tcp_client")).ok(),
        "python3 with the package otii_tcp_client is not installed: no independent client");
    Path script = Files.writeString(folder.resolve("client.py"), CLIENT);
    try (OtiiEmulator emulator = new OtiiEmulator("")) {
      CommandResult result =
          runner.run(
              Command.of("python3", script.toString(), Integer.toString(emulator.port()))
                  .withTimeout(Duration.ofSeconds(60)));
      assertTrue(result.ok(), result.tail());
      String[] words = result.stdout().strip().split(" ");
      assertEquals(OtiiEmulator.BUSY_AMPERES, Double.parseDouble(words[0]), 1e-6);
      assertEquals(OtiiEmulator.BUSY_SAMPLES, Integer.parseInt(words[1]));
    }
  }

  private static Link link(OtiiEmulator emulator) throws Exception {
    return SocketLink.connect("127.0.0.1", emulator.port(), LIMIT);
  }

  private static final String CLIENT =
      """
      import sys
      from otii_tcp_client import otii_client
      client = otii_client.OtiiClient()
      otii = client.connect(port=int(sys.argv[1]), licensing=otii_client.LicensingMode.MANUAL)
      arc = otii.get_devices()[-1]
      project = otii.create_project()
      arc.set_main_voltage(3.0)
      arc.enable_channel("mc", True)
      arc.enable_channel("i1", True)
      arc.set_main(True)
      project.start_recording()
      project.stop_recording()
      recording = project.get_last_recording()
      data = recording.get_channel_data(
          arc.id, "mc", 0, recording.get_channel_data_count(arc.id, "mc"))
      edges = recording.get_channel_data(arc.id, "i1", 0, 2)["values"]
      at = [round((e["timestamp"] - data["timestamp"]) / data["interval"]) for e in edges]
      busy = data["values"][at[0]:at[1]]
      print(sum(busy) / len(busy), len(busy))
      """;
}
