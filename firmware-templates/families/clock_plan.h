// One operating point of a board profile, as a family's clock code takes it. The numbers are the
// profile's `settings`; what a family does not use is 0.
#ifndef HILBENCH_FAMILIES_CLOCK_PLAN_H
#define HILBENCH_FAMILIES_CLOCK_PLAN_H

#include <cstdint>

namespace hilbench {

struct ClockPlan {
  uint32_t clock_hz;
  uint32_t wait_states;
  uint32_t hse;         // Hz of the external clock; 0: the part's own oscillator
  uint32_t bypass;      // 1: HSE is a clock signal, 0: a crystal
  uint32_t pllm;        // divider before the PLL
  uint32_t plln;        // multiplier
  uint32_t pllp;        // divider behind it: P on F4, F7, H7, R on L4, U5
  uint32_t ppre1;       // APB1 divider
  uint32_t ppre2;       // APB2 divider
  uint32_t hpre;        // AHB divider (H7)
  uint32_t vos;         // voltage scale as the register takes it (F4, F7), or its number (H7, U5)
  uint32_t vosbits;     // width of that field on F4 (1 or 2)
  uint32_t overdrive;   // F446, F7
  uint32_t range;       // L4: 1 or 2
  uint32_t boost;       // L4+: range 1 boost
  uint32_t wrhighfreq;  // H7
  uint32_t mboost;      // U5: divider that feeds the EPOD booster
  uint32_t dcdc;        // nRF: 1 for the DC/DC converter
  uint32_t hclk;        // nRF5340: HCLK field, 0 for 128 MHz
};

// Why a clock is not confirmed: bits, so that every cause is kept.
enum ClockCause : uint32_t {
  kClockConfirmed = 0,
  kSourceNotReady = 1u << 0,    // the source in use has no ready bit: no silicon, nothing was written
  kVoltageNotReady = 1u << 1,   // the regulator did not reach its scale
  kOscillatorFailed = 1u << 2,  // HSE, MSI or HFXO did not start
  kLatencyNotTaken = 1u << 3,   // wait states did not read back
  kPllNotLocked = 1u << 4,
  kSwitchFailed = 1u << 5,  // the core does not run from the PLL
  kOverdriveFailed = 1u << 6,
  kBadPlan = 1u << 7,  // a number that the part cannot be set to
};

// Sets the clock and returns why it is not confirmed. After a failure the core runs from the
// oscillator of its reset, and no faster clock was switched to.
uint32_t SetClock(const ClockPlan& plan);

}  // namespace hilbench

#endif
