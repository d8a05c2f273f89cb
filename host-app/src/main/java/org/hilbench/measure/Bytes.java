package org.hilbench.measure;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.zip.CRC32;
import org.hilbench.Sha256;

/** Bytes that do not change, compared by content; base64 in JSON. */
public final class Bytes {
  private final byte[] bytes;

  private Bytes(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Bytes of(byte[] bytes) {
    return new Bytes(bytes.clone());
  }

  @JsonCreator
  public static Bytes ofBase64(String text) {
    return new Bytes(Base64.getDecoder().decode(text));
  }

  @JsonValue
  public String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  public byte[] toArray() {
    return bytes.clone();
  }

  public int size() {
    return bytes.length;
  }

  public byte at(int index) {
    return bytes[index];
  }

  /** CRC-32 as the protocol and zlib have it. */
  public long crc32() {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  /** Lower-case hexadecimal. */
  public String sha256() {
    return Sha256.hex(bytes);
  }

  /** Index of the first byte that differs from the other's, or the shorter size; -1 if equal. */
  public int firstDifference(Bytes other) {
    return Arrays.mismatch(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return bytes.length + " bytes, CRC-32 " + String.format(Locale.ROOT, "%08x", crc32());
  }
}
