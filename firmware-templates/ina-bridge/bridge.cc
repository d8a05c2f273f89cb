#include "ina-bridge/bridge.h"

#include "ina-bridge/port.h"

namespace hilbench::ina {
namespace {

// Over which the rate is measured: a quarter of a second, so that looking at the chip every 70 us errs by 0.03 %. The
// chips' own conversion times are true to 10 % only (SBOS547, "Electrical Characteristics", ADC conversion time: 140 us
// typical, 154 us at most).
constexpr uint32_t kRateConversions = 512;
constexpr uint32_t kMicrosASecond = 1'000'000;

}  // namespace

void Bridge::Step() {
  Meanwhile();
  const int byte = LineRead();
  if (byte >= 0) {
    Obey(orders_.Take(static_cast<uint8_t>(byte)));
  }
  if (sampling_) {
    bool ready = false;
    if (!Ready(&ready)) {
      Fail("the chip stopped answering: check its supply and wires");
    } else if (ready) {
      Sampled();
    }
  }
}

void Bridge::Meanwhile() {
  looks_++;
  looks_high_ += TriggerIsHigh() ? 1 : 0;
  if (!outbox_.Empty() && LineWrite(outbox_.Peek())) {
    outbox_.Next();
  }
}

void Bridge::Obey(Order order) {
  switch (order) {
    case Order::kIdentify:
      sampling_ = false;
      Identify();
      break;
    case Order::kStart: Start(); break;
    case Order::kStop: sampling_ = false; break;
    case Order::kNone: break;
  }
}

void Bridge::Identify() {
  if (cannot_ != nullptr) {
    Fail(cannot_);
    return;
  }
  if (!Find() || !Configure() || !AwaitReady()) {
    Fail("no INA226 or INA228 answers at address 0x40: check SDA, SCL, supply and ground");
    return;
  }
  const uint32_t begin = Now();
  for (uint32_t i = 0; i < kRateConversions; i++) {
    if (!AwaitReady()) {
      Fail("the chip does not convert");
      return;
    }
  }
  const uint64_t ticks = Now() - begin;
  cycle_ticks_ = static_cast<uint32_t>(ticks / kRateConversions);
  const uint64_t millihertz = 1000ull * kRateConversions * TicksASecond() / ticks;
  Say(IdentityLine(chip_->name, static_cast<uint32_t>(millihertz), line_));
}

bool Bridge::Find() {
  ChipReset();
  for (size_t i = 0; i < kChipCount; i++) {
    uint8_t bytes[2];
    const Chip& chip = kChips[i];
    if (ChipRead(kChipAddress, chip.id_register, bytes, 2) && ((bytes[0] << 8 | bytes[1]) & chip.id_mask) == chip.id) {
      chip_ = &chip;
      return true;
    }
  }
  return false;
}

bool Bridge::Configure() {
  for (const Setting& setting : chip_->settings) {
    if (!ChipWrite(kChipAddress, setting.reg, setting.value)) {
      return false;
    }
  }
  return true;
}

bool Bridge::Ready(bool* ready) {
  uint8_t bytes[2];
  if (!ChipRead(kChipAddress, chip_->ready_register, bytes, 2)) {
    return false;
  }
  *ready = ((bytes[0] << 8 | bytes[1]) & chip_->ready_mask) != 0;
  return true;
}

// For four conversions at most.
bool Bridge::AwaitReady() {
  const uint32_t most = TicksASecond() / kMicrosASecond * chip_->cycle_us * 4;
  const uint32_t begin = Now();
  bool ready = false;
  while (!ready) {
    if (!Ready(&ready) || Now() - begin > most) {
      return false;
    }
  }
  return true;
}

void Bridge::Start() {
  if (cycle_ticks_ == 0) {
    Fail("ask for its id first: the rate is not known");
    return;
  }
  sampling_ = true;
  first_ = true;
  number_ = 0;
}

// The chip holds the results until the next conversion is complete, so they are read now.
void Bridge::Sampled() {
  const uint32_t now = Now();
  const bool trigger = TriggerOfThisConversion();
  uint8_t shunt[3];
  uint8_t bus[3];
  if (!ChipRead(kChipAddress, chip_->shunt_register, shunt, chip_->sample_bytes) ||
      !ChipRead(kChipAddress, chip_->bus_register, bus, chip_->sample_bytes)) {
    Fail("the chip stopped answering: check its supply and wires");
    return;
  }
  const uint32_t since = now - last_ready_;
  last_ready_ = now;
  if (first_) {
    first_ = false;
    return;
  }
  const int32_t steps = Steps(*chip_, shunt);
  if (AtItsLimit(*chip_, steps)) {
    Fail("the current is beyond the range of this shunt: use a smaller one");
    return;
  }
  // Conversions that were missed are counted, so that the host sees the gap.
  const uint32_t cycles = (since + cycle_ticks_ / 2) / cycle_ticks_;
  number_ += cycles > 1 ? cycles - 1 : 0;
  const Sample sample = {number_, MicroVolts(*chip_, Steps(*chip_, bus)), MicroAmperes(*chip_, steps, shunt_microohms_),
                         trigger};
  number_++;
  Say(SampleLine(sample, line_));
}

// High if it was so for most of the conversion: a sample that an edge falls into goes to the nearer side.
bool Bridge::TriggerOfThisConversion() {
  const bool high = 2 * looks_high_ >= looks_ && looks_high_ > 0;
  looks_ = 0;
  looks_high_ = 0;
  return high;
}

// A line that does not fit is left out; its number is missing then, and the host sees that.
void Bridge::Say(size_t length) { outbox_.Put(line_, length); }

void Bridge::Fail(const char* why) {
  sampling_ = false;
  Say(ErrorLine(why, line_));
}

}  // namespace hilbench::ina
