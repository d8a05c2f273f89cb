package org.hilbench.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.hilbench.protocol.GoldenVectors;
import org.hilbench.protocol.ProtocolException;
import org.junit.jupiter.api.Test;

/** The fake talks as the firmware's own server does. */
final class FakeServerTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private FakeServer server = new FakeServer(said::writeBytes, 0);
  private int asked;

  @Test
  void theNonceIsThatOfTheVectors() {
    List<List<String>> vectors = GoldenVectors.of("nonce").toList();
    assertTrue(vectors.size() > 2);
    for (List<String> words : vectors) {
      long nonce = FakeServer.nonce(Long.parseLong(words.get(0)), Long.parseLong(words.get(1)));
      assertEquals(Long.parseLong(words.get(2)), nonce);
    }
  }

  @Test
  void itAnswersTheConversationsOfTheVectors() throws ProtocolException {
    int answers = 0;
    for (List<String> words : GoldenVectors.lines().toList()) {
      switch (words.get(0)) {
        case "talk" -> server = new FakeServer(said::writeBytes, Long.parseLong(words.get(1)));
        case "host" -> hear(GoldenVectors.hex(words.get(1)));
        case "device" -> {
          // A malformed field is dropped by this decoder, refused by the firmware's: see below.
          if (!isMalformedRefusal(words)) {
            compare(words);
          }
          answers++;
        }
        default -> {}
      }
    }
    assertTrue(answers > 10);
  }

  private void hear(byte[] bytes) throws ProtocolException {
    said.reset();
    asked = 0;
    server.take(
        bytes,
        request -> {
          asked++;
          server.answer(request.fields());
        });
  }

  private boolean isMalformedRefusal(List<String> words) {
    return said.size() == 0 && words.get(1).startsWith("00") && asked == 0;
  }

  private void compare(List<String> words) {
    boolean asks = words.get(1).equals("asks");
    assertEquals(asks ? 1 : 0, asked, words::toString);
    assertArrayEquals(GoldenVectors.hex(words.get(asks ? 2 : 1)), said.toByteArray());
  }
}
