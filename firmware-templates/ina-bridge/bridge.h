// The bridge: finds the chip, tells its rate, and sends a line a conversion.
#ifndef HILBENCH_INA_BRIDGE_H
#define HILBENCH_INA_BRIDGE_H

#include "ina-bridge/chip.h"
#include "ina-bridge/lines.h"

namespace hilbench::ina {

// The address with A0 and A1 at ground (SBOS547 and SBOS886, "Serial Bus Address").
constexpr uint8_t kChipAddress = 0x40;

class Bridge {
 public:
  // `cannot`: why the board cannot measure, or nullptr.
  Bridge(uint32_t shunt_microohms, const char* cannot) : shunt_microohms_(shunt_microohms), cannot_(cannot) {}

  // One round: what the host says, and a sample if one is ready.
  void Step();

  // What is done while the bus is slow: the trigger is looked at, and a waiting byte leaves.
  void Meanwhile();

 private:
  void Obey(Order order);
  void Identify();
  void Start();
  void Sampled();
  bool Configure();
  bool Find();
  bool Ready(bool* ready);
  bool AwaitReady();
  void Say(size_t length);
  void Fail(const char* why);
  bool TriggerOfThisConversion();

  const uint32_t shunt_microohms_;
  const char* const cannot_;
  const Chip* chip_ = nullptr;
  OrderReader orders_;
  Outbox outbox_;
  char line_[kLongestLine];

  bool sampling_ = false;
  bool first_ = false;        // the conversion that was under way at `start` is not counted
  uint32_t number_ = 0;       // of the next sample
  uint32_t last_ready_ = 0;   // when the last conversion was seen to be complete
  uint32_t cycle_ticks_ = 0;  // of one conversion, as measured
  uint32_t looks_ = 0;        // at the trigger during this conversion,
  uint32_t looks_high_ = 0;   // and how often it was high
};

}  // namespace hilbench::ina

#endif
