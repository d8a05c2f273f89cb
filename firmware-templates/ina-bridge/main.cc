// INA226 or INA228 to USB: docs/energy-meters.md says how to wire, build and flash it.
#include "ina-bridge/bridge.h"
#include "ina-bridge/port.h"
#include "targets/cortex-m/cortex_m.h"
#include "targets/port.h"

namespace hilbench {
namespace ina {
namespace {

Bridge* g_bridge = nullptr;

}  // namespace

void Meanwhile() {
  if (g_bridge != nullptr) {
    g_bridge->Meanwhile();
  }
}

}  // namespace ina

// The host sees the line end, and the bridge starts anew.
void OnFault(const Fault&) {
  for (const char* text = "error the bridge faulted and starts again\n"; *text != '\0'; text++) {
    PortWrite(static_cast<uint8_t>(*text));
  }
  PortFlush();
  ResetProcessor();
}

}  // namespace hilbench

int main() {
  using namespace hilbench::ina;
  static Bridge bridge(HILBENCH_SHUNT_MICROOHMS, BoardStart());
  g_bridge = &bridge;
  for (;;) {
    bridge.Step();
  }
}
