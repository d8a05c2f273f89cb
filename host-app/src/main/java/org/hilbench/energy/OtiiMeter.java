package org.hilbench.energy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.hilbench.Printable;
import org.hilbench.protocol.Link;

/**
 * Qoitech's Otii Arc or Ace as a source meter, through the Otii server's TCP interface. The trigger
 * goes to GPI1 of its expansion port, whose level is set to the supply.
 */
public final class OtiiMeter implements EnergyMeter {
  /** Where the server listens unless it was told otherwise. */
  public static final int PORT = 1905;

  private static final int LEAST_MILLIVOLTS = 1_200;
  private static final int MOST_MILLIVOLTS = 5_000;
  private static final int CHUNK = 40_000;

  /** Six minutes at the Ace's 50 kHz. */
  private static final int MOST_SAMPLES = 20_000_000;

  private static final String CURRENT = "mc";
  private static final String TRIGGER = "i1";
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration LONG = Duration.ofSeconds(30);

  private final OtiiServer server;
  private final String device;
  private final String type;
  private final int project;
  private final int millivolts;

  private OtiiMeter(OtiiServer server, String device, String type, int project, int millivolts) {
    this.server = server;
    this.device = device;
    this.type = type;
    this.project = project;
    this.millivolts = millivolts;
  }

  /**
   * Sets up the one device that the server has, and switches the board's supply on. Owns the link.
   *
   * @param millivolts of the supply
   * @param most what the board's profile allows; a higher supply is refused before it is set
   * @throws EnergyException if the voltage is not allowed, the server does not answer or refuses,
   *     or has no device or several
   */
  public static OtiiMeter open(Link link, int millivolts, int most) throws EnergyException {
    Supply.require(millivolts, LEAST_MILLIVOLTS, Math.min(most, MOST_MILLIVOLTS));
    OtiiServer server = new OtiiServer(link, PATIENCE);
    server.greet();
    JsonNode device = onlyDevice(server);
    OtiiMeter meter =
        new OtiiMeter(
            server,
            device.path("device_id").asText(),
            device.path("type").asText(),
            project(server),
            millivolts);
    meter.setUp();
    return meter;
  }

  private static JsonNode onlyDevice(OtiiServer server) throws EnergyException {
    JsonNode answer = server.ask("otii_get_devices", OtiiServer.data().put("timeout", 10), LONG);
    List<JsonNode> meters = new ArrayList<>();
    for (JsonNode each : answer.path("devices")) {
      if (List.of("Arc", "Ace").contains(each.path("type").asText())) {
        meters.add(each);
      }
    }
    if (meters.size() != 1) {
      throw new EnergyException(
          "the Otii server must have one Arc or Ace; it has "
              + meters.stream()
                  .map(each -> Printable.cut(each.path("name").asText(), 60))
                  .toList());
    }
    return meters.get(0);
  }

  private static int project(OtiiServer server) throws EnergyException {
    int active =
        server.ask("otii_get_active_project", OtiiServer.data()).path("project_id").asInt(-1);
    return active >= 0
        ? active
        : server.ask("otii_create_project", OtiiServer.data()).path("project_id").asInt();
  }

  private void setUp() throws EnergyException {
    double volts = millivolts / 1000.0;
    server.ask("arc_add_to_project", ofDevice(), LONG);
    server.ask("arc_set_main_voltage", ofDevice().put("value", volts));
    server.ask("arc_set_exp_voltage", ofDevice().put("value", volts));
    server.ask("arc_enable_exp_port", ofDevice().put("enable", true));
    for (String channel : List.of(CURRENT, TRIGGER)) {
      server.ask("arc_enable_channel", ofDevice().put("channel", channel).put("enable", true));
    }
    server.ask("arc_set_main", ofDevice().put("enable", true));
  }

  private ObjectNode ofDevice() {
    return OtiiServer.data().put("device_id", device);
  }

  @Override
  public String name() {
    return "Qoitech Otii " + type + ", source, " + millivolts + " mV";
  }

  @Override
  public void start() throws EnergyException {
    server.ask("project_start_recording", OtiiServer.data().put("project_id", project));
  }

  @Override
  public PowerTrace stop() throws EnergyException {
    server.ask("project_stop_recording", OtiiServer.data().put("project_id", project));
    int recording =
        server
            .ask("project_get_last_recording", OtiiServer.data().put("project_id", project))
            .path("recording_id")
            .asInt(-1);
    if (recording < 0) {
      throw new EnergyException("the Otii server kept no recording");
    }
    List<JsonNode> current = chunks(recording, CURRENT);
    if (current.isEmpty() || !(current.get(0).path("interval").asDouble() > 0)) {
      throw new EnergyException("the Otii recorded no sample");
    }
    return trace(current, chunks(recording, TRIGGER));
  }

  private List<JsonNode> chunks(int recording, String channel) throws EnergyException {
    int count =
        server
            .ask("recording_get_channel_data_count", of(recording, channel))
            .path("count")
            .asInt();
    if (count < 0 || count > MOST_SAMPLES) {
      throw new EnergyException(
          "the Otii recorded "
              + count
              + " samples of "
              + channel
              + ", possible are 0 to "
              + MOST_SAMPLES
              + "; run fewer inferences");
    }
    List<JsonNode> chunks = new ArrayList<>();
    for (int index = 0; index < count; index += CHUNK) {
      ObjectNode part =
          of(recording, channel).put("index", index).put("count", Math.min(CHUNK, count - index));
      JsonNode chunk = server.ask("recording_get_channel_data", part, LONG);
      if (chunk.path("values").size() > CHUNK) {
        throw new EnergyException(
            "the Otii server sent " + chunk.path("values").size() + " samples, asked for " + CHUNK);
      }
      chunks.add(chunk);
    }
    return chunks;
  }

  private ObjectNode of(int recording, String channel) {
    return ofDevice().put("recording_id", recording).put("channel", channel);
  }

  private PowerTrace trace(List<JsonNode> current, List<JsonNode> edges) throws EnergyException {
    double interval = current.get(0).path("interval").asDouble();
    double begin = current.get(0).path("timestamp").asDouble();
    List<Double> amperes = new ArrayList<>();
    for (JsonNode chunk : current) {
      chunk.path("values").forEach(value -> amperes.add(value.asDouble()));
    }
    BitSet trigger = new BitSet();
    for (JsonNode chunk : edges) {
      for (JsonNode edge : chunk.path("values")) {
        // The digital channel tells changes; each holds until the next.
        long sample = Math.round((edge.path("timestamp").asDouble() - begin) / interval);
        int from = (int) Math.max(0, Math.min(sample, amperes.size()));
        trigger.set(from, amperes.size(), edge.path("value").asBoolean());
      }
    }
    double[] values = amperes.stream().mapToDouble(Double::doubleValue).toArray();
    return new PowerTrace(name(), 1 / interval, millivolts / 1000.0, values, trigger);
  }

  @Override
  public void close() {
    server.close();
  }
}
