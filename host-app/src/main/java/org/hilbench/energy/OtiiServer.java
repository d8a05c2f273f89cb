package org.hilbench.energy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.hilbench.Printable;
import org.hilbench.protocol.Link;

/**
 * Requests to Qoitech's Otii server, as its TCP interface is documented: JSON objects, each ended
 * by CR LF; a request carries {@code cmd}, {@code trans_id} and {@code data}, its answer the same
 * {@code trans_id}. One thread.
 */
final class OtiiServer {
  private static final Duration SLICE = Duration.ofMillis(50);

  /** A chunk of samples is a tenth of it. */
  private static final int LONGEST_LINE = 16 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Link link;
  private final Duration patience;
  private final byte[] buffer = new byte[64 * 1024];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int at;
  private int end;
  private int requests;

  /** Owns the link. */
  OtiiServer(Link link, Duration patience) {
    this.link = link;
    this.patience = patience;
  }

  /**
   * Waits for the server's greeting.
   *
   * @throws EnergyException if none comes, or it denies the connection
   */
  void greet() throws EnergyException {
    JsonNode said = next("connecting", patience, System.nanoTime() + patience.toNanos());
    if (!said.path("type").asText().equals("information")) {
      throw refused("connecting", said);
    }
  }

  static ObjectNode data() {
    return JSON.createObjectNode();
  }

  /**
   * Sends a request and waits for its answer.
   *
   * @return what its {@code data} holds; an empty object where it has none
   * @throws EnergyException with the server's own words if it refuses
   */
  JsonNode ask(String command, ObjectNode data) throws EnergyException {
    return ask(command, data, patience);
  }

  /** As {@link #ask(String, ObjectNode)}, with another patience. */
  JsonNode ask(String command, ObjectNode data, Duration limit) throws EnergyException {
    String id = Integer.toString(++requests);
    ObjectNode request =
        JSON.createObjectNode().put("type", "request").put("cmd", command).put("trans_id", id);
    request.set("data", data);
    try {
      link.write((request + "\r\n").getBytes(StandardCharsets.UTF_8), patience);
    } catch (IOException e) {
      throw lost(e);
    }
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      JsonNode said = next(command, limit, deadline);
      String type = said.path("type").asText();
      if (type.equals("information") || type.equals("progress")) {
        continue;
      }
      if (type.equals("error")) {
        throw refused(command, said);
      }
      if (said.path("trans_id").asText().equals(id)) {
        return said.has("data") ? said.path("data") : data();
      }
    }
  }

  private JsonNode next(String command, Duration limit, long deadline) throws EnergyException {
    try {
      while (true) {
        while (at < end) {
          byte each = buffer[at++];
          if (each == '\n') {
            String text = line.toString(StandardCharsets.UTF_8).strip();
            line.reset();
            return object(text);
          }
          line.write(each);
          if (line.size() > LONGEST_LINE) {
            throw new EnergyException(
                "what answers is no Otii server: a line above " + LONGEST_LINE + " bytes");
          }
        }
        at = 0;
        end = link.read(buffer, SLICE);
        if (end < 0) {
          throw new EnergyException("the Otii server closed the connection during " + command);
        }
        if (System.nanoTime() - deadline > 0) {
          throw new EnergyException(
              "no answer of an Otii server to " + command + " within " + limit.toSeconds() + " s");
        }
      }
    } catch (JsonProcessingException e) {
      throw new EnergyException("what answers is no Otii server: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /** Whatever else JSON may be says nothing here. */
  private static JsonNode object(String text) throws JsonProcessingException, EnergyException {
    JsonNode said = JSON.readTree(text);
    if (!said.isObject()) {
      throw new EnergyException(
          "what answers is no Otii server: it said " + Printable.cut(text, 100));
    }
    return said;
  }

  private static EnergyException refused(String command, JsonNode said) {
    String code = said.path("errorcode").asText(said.toString());
    String remedy =
        code.contains("icense") || code.contains("ogged") || code.contains("login")
            ? "; log in and reserve an Automation licence in the Otii desktop application"
            : "";
    String details = said.has("data") ? " " + said.path("data") : "";
    return new EnergyException(
        "the Otii server refused " + command + ": " + Printable.words(code + details) + remedy);
  }

  private static EnergyException lost(IOException cause) {
    return new EnergyException("the Otii server went: " + cause.getMessage());
  }

  void close() {
    link.close();
  }
}
