#include "families/clock_cause.h"

#include "families/clock_plan.h"

namespace hilbench {

const char* ClockCauseText(uint32_t cause) {
  switch (cause) {
    case kClockConfirmed: return nullptr;
    case kSourceNotReady: return "the oscillator in use has no ready bit";
    case kVoltageNotReady: return "the regulator did not reach its voltage";
    case kOscillatorFailed: return "the oscillator did not start";
    case kLatencyNotTaken: return "flash wait states or cache did not read back";
    case kPllNotLocked: return "the PLL did not lock";
    case kSwitchFailed: return "the core did not switch to its clock";
    case kOverdriveFailed: return "the over-drive did not start";
    default: return "the operating point's numbers do not fit the part";
  }
}

}  // namespace hilbench
