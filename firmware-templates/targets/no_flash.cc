// A target whose flash nobody programs at run time.
#include "targets/port.h"

namespace hilbench {

uint32_t PortEraseFlash(uint32_t) { return 0; }
uint32_t PortFlashWriteBytes() { return 4; }
bool PortWriteFlash(uint32_t, const uint8_t*, uint32_t) { return false; }
FlashFailure PortFlashFailure() { return {"this firmware has no flash driver for its part", 0, 0}; }

}  // namespace hilbench
