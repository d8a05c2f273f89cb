#include "families/stm32/i2c_v1.h"

#include "families/stm32/pins.h"

namespace hilbench {
namespace {

constexpr uint32_t kBusHz = 400'000;
constexpr uint32_t kLongestRiseNs = 300;  // I2C-bus specification, fast mode
constexpr uint32_t kFailures = I2C1_SR1_AF.Mask() | I2C1_SR1_BERR.Mask() | I2C1_SR1_ARLO.Mask();

void Nothing() {}
void (*g_meanwhile)() = Nothing;

void OpenDrain(Pin pin, uint32_t function) {
  SetPin(pin, kAlternate, function);
  Write({Gpio(pin, GPIOA_OTYPER), pin.number, 1}, 1);
}

// False as soon as the bus has failed, and if the flag never comes.
bool AwaitFlag(BitField flag) {
  for (uint32_t i = 0; i < kPatience; i++) {
    const uint32_t status = At(I2C1_SR1);
    if ((status & kFailures) != 0) {
      return false;
    }
    if ((status & flag.Mask()) != 0) {
      return true;
    }
    g_meanwhile();
  }
  return false;
}

// A STOP that was asked for has happened.
bool AwaitStopped() {
  for (uint32_t i = 0; i < kPatience; i++) {
    if (Read(I2C1_CR1_STOP) == 0) {
      return true;
    }
    g_meanwhile();
  }
  return false;
}

void Stop() { Write(I2C1_CR1_STOP, 1); }

// START and the address; ADDR stands then and holds the clock until ClearAddress.
bool Address(uint8_t address, uint32_t reads) {
  Write(I2C1_CR1_START, 1);
  if (!AwaitFlag(I2C1_SR1_SB)) {
    return false;
  }
  At(I2C1_DR) = static_cast<uint32_t>(address) << 1 | reads;
  return AwaitFlag(I2C1_SR1_ADDR);
}

// Reading SR1, which was done, then SR2 clears ADDR.
void ClearAddress() { Read(I2C1_SR2_BUSY); }

bool Send(uint8_t byte) {
  At(I2C1_DR) = byte;
  return AwaitFlag(I2C1_SR1_BTF);
}

bool SendAll(uint8_t address, const uint8_t* bytes, size_t count) {
  if (!AwaitStopped() || !Address(address, 0)) {
    return false;
  }
  ClearAddress();
  for (size_t i = 0; i < count; i++) {
    if (!Send(bytes[i])) {
      return false;
    }
  }
  return true;
}

uint8_t Received() { return static_cast<uint8_t>(At(I2C1_DR)); }

// "Master receiver", two bytes: NACK and POS are set before ADDR is cleared.
bool ReceiveTwo(uint8_t* into) {
  Write(I2C1_CR1_ACK, 0);
  Write(I2C1_CR1_POS, 1);
  ClearAddress();
  if (!AwaitFlag(I2C1_SR1_BTF)) {
    return false;
  }
  Stop();
  into[0] = Received();
  into[1] = Received();
  return true;
}

// "Master receiver", the last three bytes: NACK is set while the clock is held behind the second.
bool ReceiveThree(uint8_t* into) {
  ClearAddress();
  if (!AwaitFlag(I2C1_SR1_BTF)) {
    return false;
  }
  Write(I2C1_CR1_ACK, 0);
  into[0] = Received();
  if (!AwaitFlag(I2C1_SR1_BTF)) {
    return false;
  }
  Stop();
  into[1] = Received();
  into[2] = Received();
  return true;
}

bool Receive(uint8_t address, uint8_t reg, uint8_t* into, size_t count) {
  if (!SendAll(address, &reg, 1)) {
    return false;
  }
  Write(I2C1_CR1_ACK, 1);
  Write(I2C1_CR1_POS, 0);
  return Address(address, 1) && (count == 2 ? ReceiveTwo(into) : ReceiveThree(into));
}

// Leaves the bus free, whatever happened on it.
bool Ended(bool well) {
  if (!well) {
    At(I2C1_SR1) = At(I2C1_SR1) & ~kFailures;
    Stop();
  }
  return well;
}

}  // namespace

void I2cStart(const I2cFacts& facts) {
  constexpr uint32_t kMegahertz = 1'000'000;
  g_meanwhile = facts.meanwhile;
  Settle(RCC_APB1ENR_I2C1EN, 1);
  OpenDrain(facts.scl, facts.function);
  OpenDrain(facts.sda, facts.function);
  At(I2C1_CR1) = I2C1_CR1_SWRST.Mask();
  At(I2C1_CR1) = 0;
  const uint32_t megahertz = facts.clock_hz / kMegahertz;
  Write(I2C1_CR2_FREQ, megahertz);
  // Low for two parts, high for one: CCR is a third of the period (I2C_CCR, fast mode, DUTY = 0).
  At(I2C1_CCR) = I2C1_CCR_F_S.Mask() | (facts.clock_hz + 3 * kBusHz - 1) / (3 * kBusHz);
  Write(I2C1_TRISE_TRISE, megahertz * kLongestRiseNs / 1000 + 1);
  Write(I2C1_CR1_PE, 1);
}

bool I2cWrite(uint8_t address, const uint8_t* bytes, size_t count) {
  const bool well = SendAll(address, bytes, count);
  if (well) {
    Stop();
  }
  return Ended(well);
}

bool I2cReadRegister(uint8_t address, uint8_t reg, uint8_t* into, size_t count) {
  return Ended(Receive(address, reg, into, count));
}

}  // namespace hilbench
