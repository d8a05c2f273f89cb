// Which pins of a board the bridge uses; boards/ defines them.
#ifndef HILBENCH_INA_BRIDGE_PINS_H
#define HILBENCH_INA_BRIDGE_PINS_H

#include "families/board_facts.h"

namespace hilbench::ina {

struct BridgePins {
  Pin scl;
  Pin sda;
  uint32_t function;  // alternate function of I2C1 on both
  Pin trigger;        // in
};

extern const BridgePins kBridgePins;

}  // namespace hilbench::ina

#endif
