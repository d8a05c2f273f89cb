// The bridge's board: any STM32F4 whose pins and clock boards/ names.
#include "ina-bridge/port.h"

#include HILBENCH_FAMILY
#include "families/stm32/i2c_v1.h"
#include "families/stm32/pins.h"
#include "image/board.h"
#include "ina-bridge/stm32f4/bridge_pins.h"
#include "targets/port.h"

namespace hilbench::ina {
namespace {

constexpr uint32_t kPullDown = 2;

BitField OfUart(BitField named) { return {kBoard.uart_address + named.address - kUartBase, named.lowest, named.width}; }

}  // namespace

const char* BoardStart() {
  PortStart();
  SetPin(kBridgePins.trigger, kInput, 0);
  Write({Gpio(kBridgePins.trigger, GPIOA_PUPDR), static_cast<uint8_t>(kBridgePins.trigger.number * 2u), 2}, kPullDown);
  ChipReset();
  const Clock clock = PortClock();
  if (!clock.confirmed) {
    return clock.cause;
  }
  return PortTickHz() != 0 ? nullptr : "the core has no cycle counter";
}

uint32_t Now() { return PortNow().fine; }
uint32_t TicksASecond() { return PortTickHz(); }

bool TriggerIsHigh() { return (At(Gpio(kBridgePins.trigger, GPIOA_IDR)) >> kBridgePins.trigger.number & 1u) != 0; }

int LineRead() { return PortRead(); }

bool LineWrite(uint8_t byte) {
  if (Read(OfUart(kUartEmpty)) == 0) {
    return false;
  }
  At(kBoard.uart_address + kUartTransmit - kUartBase) = byte;
  return true;
}

bool ChipRead(uint8_t address, uint8_t reg, uint8_t* into, size_t count) {
  return I2cReadRegister(address, reg, into, count);
}

bool ChipWrite(uint8_t address, uint8_t reg, uint16_t value) {
  const uint8_t bytes[] = {reg, static_cast<uint8_t>(value >> 8), static_cast<uint8_t>(value)};
  return I2cWrite(address, bytes, sizeof(bytes));
}

void ChipReset() {
  I2cStart({kBridgePins.scl, kBridgePins.sda, kBridgePins.function, kClockPlans[0].clock_hz / kClockPlans[0].ppre1,
            Meanwhile});
}

}  // namespace hilbench::ina
