package org.hilbench.energy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An Otii server with an Arc, on a port of this machine. A recording holds one waveform: idle, a
 * high trigger with a known current, idle.
 */
final class OtiiEmulator implements AutoCloseable {
  static final double IDLE_AMPERES = 0.0021;
  static final double BUSY_AMPERES = 0.0137;
  static final int IDLE_SAMPLES = 4_000;
  static final int BUSY_SAMPLES = 50_000;
  static final double RATE_HZ = 50_000;
  private static final double BEGIN = 0.125;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ServerSocket server;
  private final String refusal;
  private final List<String> requests = new ArrayList<>();

  /**
   * @param refusal errorcode that recordings are refused with; empty: none
   */
  OtiiEmulator(String refusal) throws IOException {
    this.refusal = refusal;
    this.server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "otii-emulator");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  private void serve() {
    boolean open = true;
    while (open) {
      open = servesOne();
    }
  }

  /** One client, to its end; false when the test is over. */
  private boolean servesOne() {
    try (Socket socket = server.accept();
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      OutputStream out = socket.getOutputStream();
      send(
          out,
          JSON.createObjectNode()
              .put("type", "information")
              .put("info", "connected")
              .set("data", JSON.createObjectNode().put("protocol_version", "0.1")));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        send(out, answer(JSON.readTree(line)));
      }
      return true;
    } catch (IOException e) {
      return !server.isClosed();
    }
  }

  private static void send(OutputStream out, JsonNode message) throws IOException {
    out.write((message + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private JsonNode answer(JsonNode request) {
    String command = request.path("cmd").asText();
    synchronized (this) {
      requests.add(command + " " + request.path("data"));
    }
    ObjectNode answer =
        JSON.createObjectNode()
            .put("type", "response")
            .put("cmd", command)
            .put("trans_id", request.path("trans_id").asText());
    if (command.equals("project_start_recording") && !refusal.isEmpty()) {
      return answer.put("type", "error").put("errorcode", refusal);
    }
    return answer.set("data", data(command, request.path("data")));
  }

  private static ObjectNode data(String command, JsonNode asked) {
    ObjectNode data = JSON.createObjectNode();
    boolean digital = asked.path("channel").asText().equals("i1");
    switch (command) {
      case "otii_get_devices" -> {
        ArrayNode devices = data.putArray("devices");
        devices.addObject().put("device_id", "Sim1").put("name", "S").put("type", "Simulator");
        devices.addObject().put("device_id", "Arc7").put("name", "Arc").put("type", "Arc");
      }
      case "otii_get_active_project" -> data.put("project_id", -1);
      case "otii_create_project" -> data.put("project_id", 3);
      case "project_get_last_recording" -> data.put("recording_id", 9).put("name", "Recording 1");
      case "recording_get_channel_data_count" ->
          data.put("count", digital ? 2 : 2 * IDLE_SAMPLES + BUSY_SAMPLES);
      case "recording_get_channel_data" -> {
        if (digital) {
          edges(data);
        } else {
          samples(data, asked.path("index").asInt(), asked.path("count").asInt());
        }
      }
      default -> {}
    }
    return data;
  }

  private static void edges(ObjectNode data) {
    ArrayNode values = data.put("data_type", "digital").putArray("values");
    double rise = BEGIN + IDLE_SAMPLES / RATE_HZ;
    values.addObject().put("timestamp", rise).put("value", true);
    values.addObject().put("timestamp", rise + BUSY_SAMPLES / RATE_HZ).put("value", false);
  }

  private static void samples(ObjectNode data, int index, int count) {
    data.put("data_type", "analog")
        .put("timestamp", BEGIN + index / RATE_HZ)
        .put("interval", 1 / RATE_HZ);
    ArrayNode values = data.putArray("values");
    for (int i = index; i < index + count; i++) {
      boolean busy = i >= IDLE_SAMPLES && i < IDLE_SAMPLES + BUSY_SAMPLES;
      values.add(busy ? BUSY_AMPERES : IDLE_AMPERES);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
