package org.hilbench.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class GoldenVectorsTest {
  static Stream<List<String>> crcs() {
    return GoldenVectors.of("crc");
  }

  static Stream<List<String>> encodings() {
    return GoldenVectors.of("cobs");
  }

  static Stream<List<String>> packets() {
    return GoldenVectors.of("packet");
  }

  static Stream<List<String>> streams() {
    return GoldenVectors.of("line");
  }

  static Stream<List<String>> numbers() {
    return GoldenVectors.of("uint");
  }

  @ParameterizedTest
  @MethodSource("crcs")
  void theCrcIsThatOfTheVectors(List<String> words) {
    CRC32 crc = new CRC32();
    crc.update(GoldenVectors.hex(words.get(0)));
    assertEquals(words.get(1), String.format(Locale.ROOT, "%08x", crc.getValue()));
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void cobsGoesBothWays(List<String> words) {
    byte[] plain = GoldenVectors.hex(words.get(0));
    byte[] encoded = GoldenVectors.hex(words.get(1));
    assertArrayEquals(encoded, Cobs.encode(plain));
    assertArrayEquals(plain, Cobs.decode(encoded, encoded.length).orElseThrow());
  }

  @Test
  void whatIsNotCobsDoesNotDecode() {
    List<byte[]> bad =
        GoldenVectors.of("nocobs").map(words -> GoldenVectors.hex(words.get(0))).toList();
    assertTrue(bad.size() > 2);
    bad.forEach(bytes -> assertEquals(Optional.empty(), Cobs.decode(bytes, bytes.length)));
  }

  @Test
  void aFieldThatRunsOverTheEndIsRefused() throws ProtocolException {
    for (List<String> words : GoldenVectors.of("fields").toList()) {
      byte[] bytes = GoldenVectors.hex(words.get(0));
      if (words.get(1).equals("ok")) {
        assertArrayEquals(bytes, Fields.parse(bytes).toBytes());
      } else {
        assertThrows(ProtocolException.class, () -> Fields.parse(bytes));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void integersOfAnyLengthAreRead(List<String> words) throws ProtocolException {
    Fields fields = Fields.parse(GoldenVectors.hex(words.get(1)));
    Tag tag = tag(Integer.parseInt(words.get(0)));
    if (!words.get(2).equals("-")) {
      assertEquals(Long.parseLong(words.get(2)), fields.number(tag));
    } else if (fields.find(tag).isEmpty()) {
      assertEquals(OptionalLong.empty(), fields.findNumber(tag));
    } else {
      assertThrows(ProtocolException.class, () -> fields.findNumber(tag));
    }
  }

  @ParameterizedTest
  @MethodSource("packets")
  void packetsGoBothWays(List<String> words) throws ProtocolException {
    Packet packet =
        new Packet(
            Integer.parseInt(words.get(0)),
            Integer.parseInt(words.get(1)),
            Long.parseLong(words.get(2)),
            Fields.parse(GoldenVectors.hex(words.get(3))));
    byte[] frame = GoldenVectors.hex(words.get(4));
    assertArrayEquals(frame, packet.toFrame());
    assertEquals(List.of(packet), decode(new FrameDecoder(), frame));
  }

  @ParameterizedTest
  @MethodSource("streams")
  void aLineGivesItsGoodPacketsAndNoOther(List<String> words) {
    List<Packet> packets = decode(new FrameDecoder(), GoldenVectors.hex(words.get(0)));
    assertEquals(Integer.parseInt(words.get(1)), packets.size());
  }

  static List<Packet> decode(FrameDecoder decoder, byte[] line) {
    List<Packet> packets = new ArrayList<>();
    for (byte next : line) {
      decoder.accept(next).ifPresent(packets::add);
    }
    return packets;
  }

  private static Tag tag(int code) {
    return Stream.of(Tag.values()).filter(tag -> tag.code() == code).findFirst().orElseThrow();
  }
}
