// What the host app renders of a real board beside image/image.h: pins, and a plan for each clock.
#ifndef HILBENCH_FAMILIES_BOARD_FACTS_H
#define HILBENCH_FAMILIES_BOARD_FACTS_H

#include <cstdint>

#include "families/clock_plan.h"

namespace hilbench {

struct Pin {
  uint8_t port;    // 0 for A or P0
  uint8_t number;  // kNoPin where the board has none
};
constexpr uint8_t kNoPin = 0xFF;

struct BoardPins {
  Pin tx;
  Pin rx;
  Pin trigger;
};

extern const BoardPins kPins;
extern const ClockPlan kClockPlans[];  // one for each of kBoard.points, in their order

}  // namespace hilbench

#endif
