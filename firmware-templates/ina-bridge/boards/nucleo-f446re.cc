// NUCLEO-F446RE as a bridge: the ST-LINK's virtual COM port (USART2 on PA2, PA3), I2C1 on PB8 (D15, SCL) and PB9 (D14,
// SDA), function 4 (DS10693, alternate functions), the trigger into PA10 (D2). The clock is the profile's point 84mhz,
// from the 8 MHz of the ST-LINK's crystal.
#include "families/board_facts.h"
#include "image/board.h"
#include "ina-bridge/stm32f4/bridge_pins.h"

namespace hilbench {
namespace {

const OperatingPoint kPoints[] = {{"84mhz", 84000000u}};

}  // namespace

const BoardFacts kBoard = {0x40004400u, 921600u, 0, 0, kPoints, 1};
const BoardPins kPins = {{0, 2}, {0, 3}, {0, kNoPin}};
const ClockPlan kClockPlans[] = {
    {84000000u, 2u, 8000000u, 1u, 4u, 168u, 4u, 2u, 1u, 0u, 1u, 2u, 0u, 0u, 0u, 0u, 0u, 0u, 0u}};

namespace ina {

const BridgePins kBridgePins = {{1, 8}, {1, 9}, 4, {0, 10}};

}  // namespace ina
}  // namespace hilbench
