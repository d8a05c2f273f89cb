package org.hilbench.flash;

/** Bytes that go to one place of the flash; nobody changes them. */
final class Segment {
  private final long address;
  private final byte[] bytes;

  /**
   * @param address where the first byte goes
   */
  Segment(long address, byte[] bytes) {
    this.address = address;
    this.bytes = bytes;
  }

  long address() {
    return address;
  }

  byte[] bytes() {
    return bytes;
  }

  long end() {
    return address + bytes.length;
  }
}
