package org.hilbench.families;

import org.hilbench.board.BoardProfile;

/** The serial ports of the families, as their reference manuals describe them. */
final class SerialModel {
  private static final int RECEIVED = 1 << 5;
  private static final int SENT = 1 << 6 | 1 << 7;

  private final UnicornBoard line;
  private final RegisterModel model;
  private final Family family;
  private boolean armed;

  private SerialModel(UnicornBoard line, RegisterModel model, Family family) {
    this.line = line;
    this.model = model;
    this.family = family;
  }

  static void attach(BoardProfile board, Family family, RegisterModel model, UnicornBoard line) {
    SerialModel serial = new SerialModel(line, model, family);
    long base = board.uart().address();
    switch (board.target()) {
      case "stm32f4" -> serial.usart(base, base + 4, base + 4);
      case "nrf52840" -> serial.uart();
      case "nrf5340" -> serial.uarte();
      default -> serial.usart(base + 0x1c, base + 0x24, base + 0x28);
    }
  }

  private void usart(long status, long receive, long transmit) {
    model.onRead(status, () -> SENT | (line.hasByte() ? RECEIVED : 0));
    model.onRead(receive, line::nextByte);
    model.onWrite(transmit, line::sent);
  }

  private void uart() {
    RegisterHeader.Claim sent = family.field("UART0.EVENTS_TXDRDY.EVENTS_TXDRDY");
    model.onWrite(family.field("UART0.TASKS_STARTRX").address(), value -> armed = true);
    model.onRead(
        family.field("UART0.EVENTS_RXDRDY").address(), () -> armed && line.hasByte() ? 1 : 0);
    model.onRead(family.field("UART0.RXD").address(), line::nextByte);
    model.onWrite(
        family.field("UART0.TXD").address(),
        value -> {
          line.sent(value);
          model.reset(sent, 1);
        });
  }

  private void uarte() {
    RegisterHeader.Claim received = family.field("UARTE0_S.EVENTS_ENDRX.EVENTS_ENDRX");
    RegisterHeader.Claim sent = family.field("UARTE0_S.EVENTS_ENDTX.EVENTS_ENDTX");
    model.onWrite(family.field("UARTE0_S.TASKS_STARTRX").address(), value -> armed = true);
    model.onRead(
        received.address(),
        () -> {
          if (armed && line.hasByte()) {
            armed = false;
            line.store(pointer("UARTE0_S.RXD_PTR"), new byte[] {(byte) line.nextByte()});
            model.reset(received, 1);
          }
          return model.get(received);
        });
    model.onWrite(
        family.field("UARTE0_S.TASKS_STARTTX").address(),
        value -> {
          line.sent(line.at(pointer("UARTE0_S.TXD_PTR")));
          model.reset(sent, 1);
        });
  }

  private long pointer(String register) {
    return Integer.toUnsignedLong(model.value(family.field(register).address()));
  }
}
