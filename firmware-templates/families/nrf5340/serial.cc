// UARTE of nRF5340 (Product Specification, UARTE), a byte at a time: the bytes that come while one is taken wait in the
// receiver's FIFO.
#include "families/nrf/serial.h"

#include "families/nrf/pins.h"
#include "image/board.h"
#include "targets/port.h"

namespace hilbench {
namespace {

HILBENCH_BENCH_BSS volatile uint8_t g_received;
HILBENCH_BENCH_BSS volatile uint8_t g_outgoing;
bool g_sent = false;

uint32_t Address(volatile uint8_t* byte) { return reinterpret_cast<uint32_t>(byte); }

// The product specification's values.
constexpr uint32_t BaudCode(uint32_t baud) {
  return baud == 1000000 ? 0x10000000 : baud == 921600 ? 0x0F000000 : baud == 460800 ? 0x07400000 : 0x01D60000;
}

void Receive() {
  At(UARTE0_S_EVENTS_ENDRX) = 0;
  At(UARTE0_S_TASKS_STARTRX) = 1;
}

}  // namespace

void SerialStart() {
  constexpr uint32_t kUarteOn = 8;
  MakeOutput(kPins.tx, true);
  MakeInput(kPins.rx);
  Write(UARTE0_S_ENABLE_ENABLE, 0);
  At(UARTE0_S_PSEL_TXD) = PinSelection(kPins.tx);
  At(UARTE0_S_PSEL_RXD) = PinSelection(kPins.rx);
  At(UARTE0_S_BAUDRATE) = BaudCode(kBoard.uart_baud);
  Write(UARTE0_S_ENABLE_ENABLE, kUarteOn);
  At(UARTE0_S_RXD_PTR) = Address(&g_received);
  At(UARTE0_S_RXD_MAXCNT) = 1;
  At(UARTE0_S_TXD_PTR) = Address(&g_outgoing);
  At(UARTE0_S_TXD_MAXCNT) = 1;
  Receive();
}

bool SerialHasByte() { return Read(UARTE0_S_EVENTS_ENDRX_EVENTS_ENDRX) != 0; }

int PortRead() {
  PortFeedWatchdog();
  if (!SerialHasByte()) {
    return -1;
  }
  const int byte = g_received;
  Receive();
  return byte;
}

void PortWrite(uint8_t byte) {
  PortFlush();
  g_outgoing = byte;
  At(UARTE0_S_EVENTS_ENDTX) = 0;
  At(UARTE0_S_TASKS_STARTTX) = 1;
  g_sent = true;
}

void PortFlush() {
  if (g_sent) {
    Await(UARTE0_S_EVENTS_ENDTX_EVENTS_ENDTX, 1);
  }
}

}  // namespace hilbench
