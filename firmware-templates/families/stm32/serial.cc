#include "families/stm32/serial.h"

#include HILBENCH_FAMILY
#include "families/stm32/pins.h"
#include "image/board.h"
#include "targets/port.h"

namespace hilbench {
namespace {

// Where the clock is too slow for the board's rate; the last of every profile's rates, which the host tries as well.
constexpr uint32_t kSlowBaud = 115200;

uint32_t OfUart(uint32_t named) { return kBoard.uart_address + named - kUartBase; }
BitField OfUart(BitField named) { return {OfUart(named.address), named.lowest, named.width}; }

// Bounded: a line that takes nothing loses bytes, which the protocol sees, rather than the board.
void AwaitStatus(BitField status) { Await(OfUart(status), 1); }

}  // namespace

void SerialStart(uint32_t clock_hz) {
  EnableUart(kBoard.uart_address);
  const uint32_t function = UartFunction(kBoard.uart_address);
  SetPin(kPins.tx, kAlternate, function);
  SetPin(kPins.rx, kAlternate, function);
  At(OfUart(USART1_CR1)) = 0;
  const uint32_t divider = UartDivider(kBoard.uart_address, clock_hz, kBoard.uart_baud);
  At(OfUart(USART1_BRR)) = divider != 0 ? divider : UartDivider(kBoard.uart_address, clock_hz, kSlowBaud);
  At(OfUart(USART1_CR1)) = USART1_CR1_UE.Mask() | USART1_CR1_TE.Mask() | USART1_CR1_RE.Mask();
}

int PortRead() {
  PortFeedWatchdog();
  if (Read(OfUart(kUartReceived)) == 0) {
    ClearOverrun(kBoard.uart_address);
    return -1;
  }
  return static_cast<int>(At(OfUart(kUartReceive)) & 0xFF);
}

void PortWrite(uint8_t byte) {
  AwaitStatus(kUartEmpty);
  At(OfUart(kUartTransmit)) = byte;
}

void PortFlush() { AwaitStatus(kUartComplete); }

}  // namespace hilbench
