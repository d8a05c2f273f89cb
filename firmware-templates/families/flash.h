// What a family's flash.cc tells families/flash.cc, which keeps to the slot, bounds every wait and reads back.
#ifndef HILBENCH_FAMILIES_FLASH_H
#define HILBENCH_FAMILIES_FLASH_H

#include <cstddef>
#include <cstdint>

namespace hilbench {

// An error flag of the controller's status register.
struct FlashFlag {
  uint32_t mask;
  const char* text;
};

struct FlashFacts {
  uint32_t write_bytes;  // programmed at once: 4 to kMostWriteBytes, a power of two
  const FlashFlag* flags;
  size_t flag_count;
};
extern const FlashFacts kFlash;
constexpr uint32_t kMostWriteBytes = 32;

// Of the linker script: what the image leaves of flash, in whole erase units of the size that the board profile names.
extern "C" {
extern uint8_t __slot_start[];
extern uint8_t __slot_end[];
extern uint8_t __erase_unit[];  // its address is the size
}
inline uint32_t ProfiledEraseUnit() { return reinterpret_cast<uint32_t>(__erase_unit); }

// The functions take the address that they are about, since a part may have a controller for each bank.

// Bytes of the erase unit that begins at this address; 0 where none does.
uint32_t EraseUnitBytes(uint32_t address);
// Unlocks, forgets errors of before, and turns off the caches that would hold what changes; nullptr, or why not. What
// was opened is closed, also after a failure.
const char* OpenFlash(uint32_t address);
// Locks again; the caches are on and hold nothing of these bytes.
void CloseFlash(uint32_t address, uint32_t bytes);
bool FlashBusy(uint32_t address);
uint32_t FlashStatus(uint32_t address);
// Both return while the controller works.
void StartErase(uint32_t address);
void StartWrite(uint32_t address, const uint32_t* words);

}  // namespace hilbench

#endif
