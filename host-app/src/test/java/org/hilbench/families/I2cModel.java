package org.hilbench.families;

/**
 * I2C1 of an STM32F4 as master at 400 kHz, with a chip behind it, as RM0390 describes its flags and
 * when they come. A transfer that a real chip would not understand fails the test: a byte that is
 * read last must not be acknowledged.
 */
final class I2cModel {
  private static final int ADDRESS = 0x40;
  private static final double BIT = 2.5e-6;
  private static final double BYTE = 9 * BIT;
  private static final int SB = 1;
  private static final int ADDR = 2;
  private static final int BTF = 4;
  private static final int FAILED = 1 << 10;

  private final RegisterModel model;
  private final SimulatedTime time;
  private final InaChipModel chip;
  private final RegisterHeader.Claim start;
  private final RegisterHeader.Claim stop;
  private final RegisterHeader.Claim ack;
  private final RegisterHeader.Claim pos;

  private int flags;
  private int comes;
  private double comesAt;
  private double stopsAt;
  private boolean reading;
  private int pointer = -1;
  private int written;
  private int writtenBytes;
  private byte[] sent = {};
  private int taken;
  private boolean refused;

  private I2cModel(RegisterModel model, Family family, SimulatedTime time, InaChipModel chip) {
    this.model = model;
    this.time = time;
    this.chip = chip;
    this.start = family.field("I2C1.CR1.START");
    this.stop = family.field("I2C1.CR1.STOP");
    this.ack = family.field("I2C1.CR1.ACK");
    this.pos = family.field("I2C1.CR1.POS");
  }

  static void attach(RegisterModel model, Family family, SimulatedTime time, InaChipModel chip) {
    I2cModel bus = new I2cModel(model, family, time, chip);
    model.onWrite(bus.start.address(), value -> bus.control());
    model.onRead(bus.start.address(), bus::controlled);
    model.onRead(family.field("I2C1.SR1.SB").address(), bus::status);
    model.onRead(family.field("I2C1.SR2.BUSY").address(), bus::clearAddress);
    long data = family.field("I2C1.DR").address();
    model.onWrite(data, bus::send);
    model.onRead(data, bus::receive);
  }

  private void control() {
    if (model.get(start) == 1) {
      later(SB, 2 * BIT);
    }
    if (model.get(stop) == 1) {
      finish();
      stopsAt = time.seconds() + 2 * BIT;
    }
  }

  private int controlled() {
    time.pass(1e-6);
    if (model.get(stop) == 1 && time.seconds() >= stopsAt) {
      model.reset(stop, 0);
    }
    return model.value(start.address());
  }

  private void later(int flag, double delay) {
    comes = flag;
    comesAt = time.seconds() + delay;
  }

  private int status() {
    time.pass(4.5e-6);
    if (comes != 0 && time.seconds() >= comesAt) {
      flags |= comes;
      if (comes == SB) {
        model.reset(start, 0);
      }
      comes = 0;
    }
    return flags;
  }

  private void send(int value) {
    if ((flags & SB) != 0) {
      flags &= ~SB;
      reading = (value & 1) == 1;
      if (!reading) {
        writtenBytes = 0;
      }
      later(value >> 1 == ADDRESS ? ADDR : FAILED, BYTE);
      return;
    }
    flags &= ~BTF;
    if (writtenBytes == 0) {
      pointer = value;
      written = 0;
    } else {
      written = written << 8 | value;
    }
    writtenBytes++;
    later(BTF, BYTE);
  }

  /** SR2: while the chip sends, two bytes fill the data and the shift register. */
  private int clearAddress() {
    if ((flags & ADDR) != 0) {
      flags &= ~ADDR;
      if (reading) {
        sent = chip.read(pointer, time.seconds());
        taken = 0;
        refused = model.get(ack) == 0 && model.get(pos) == 1;
        later(BTF, 2 * BYTE);
      }
    }
    return 0;
  }

  private int receive() {
    boolean more = !refused && taken + 2 < sent.length;
    flags &= ~BTF;
    if (more) {
      refused = model.get(ack) == 0;
      later(BTF, BYTE);
    }
    return taken < sent.length ? sent[taken++] & 0xff : 0xff;
  }

  private void finish() {
    if (reading && !refused) {
      throw new AssertionError("the last byte of register " + pointer + " was acknowledged");
    }
    if (!reading && writtenBytes == 3) {
      chip.write(pointer, written, time.seconds());
    }
  }
}
