// UART of nRF52840 (Product Specification, UART): six bytes of FIFO, polled.
#include "families/nrf/serial.h"

#include "families/nrf/pins.h"
#include "image/board.h"
#include "targets/port.h"

namespace hilbench {
namespace {

bool g_sent = false;

// The product specification's values.
constexpr uint32_t BaudCode(uint32_t baud) {
  return baud == 1000000 ? 0x10000000 : baud == 921600 ? 0x0EBED000 : baud == 460800 ? 0x075F7000 : 0x01D7E000;
}

}  // namespace

void SerialStart() {
  constexpr uint32_t kUartOn = 4;
  MakeOutput(kPins.tx, true);
  MakeInput(kPins.rx);
  Write(UART0_ENABLE_ENABLE, 0);
  At(UART0_PSEL_TXD) = PinSelection(kPins.tx);
  At(UART0_PSEL_RXD) = PinSelection(kPins.rx);
  At(UART0_BAUDRATE) = BaudCode(kBoard.uart_baud);
  Write(UART0_ENABLE_ENABLE, kUartOn);
  At(UART0_EVENTS_RXDRDY) = 0;
  At(UART0_EVENTS_TXDRDY) = 0;
  At(UART0_TASKS_STARTRX) = 1;
  At(UART0_TASKS_STARTTX) = 1;
}

bool SerialHasByte() { return Read(UART0_EVENTS_RXDRDY_EVENTS_RXDRDY) != 0; }

int PortRead() {
  PortFeedWatchdog();
  if (!SerialHasByte()) {
    return -1;
  }
  At(UART0_EVENTS_RXDRDY) = 0;
  return static_cast<int>(At(UART0_RXD) & 0xFF);
}

void PortWrite(uint8_t byte) {
  PortFlush();
  At(UART0_EVENTS_TXDRDY) = 0;
  At(UART0_TXD) = byte;
  g_sent = true;
}

void PortFlush() {
  if (g_sent) {
    Await(UART0_EVENTS_TXDRDY_EVENTS_TXDRDY, 1);
  }
}

}  // namespace hilbench
