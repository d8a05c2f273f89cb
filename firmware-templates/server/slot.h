// The slot in flash that a resident image programs: a header that tells what lies there, then a model. The header is
// the last that is written and the first that is erased, so that half a model is none.
#ifndef HILBENCH_SLOT_H
#define HILBENCH_SLOT_H

#include <cstdint>

// Of the linker script: whole erase units behind the image; none where the board profile names no unit.
extern "C" {
extern uint8_t __slot_start[];
extern uint8_t __slot_end[];
}

namespace hilbench {

struct SlotHeader {
  uint32_t magic;
  uint32_t bytes;
  uint32_t crc;
  uint8_t sha256[32];
  uint32_t header_crc;  // of all before it
};

// A multiple of what any of the parts programs at once, and of the model's alignment.
constexpr uint32_t kSlotHeaderBytes = 64;
static_assert(sizeof(SlotHeader) <= kSlotHeaderBytes);

// What the slot has for a model; 0 where there is no slot.
inline uint32_t FlashSlotBytes() {
  const auto bytes = static_cast<uint32_t>(__slot_end - __slot_start);
  return bytes > kSlotHeaderBytes ? bytes - kSlotHeaderBytes : 0;
}

inline const uint8_t* SlotModel() { return __slot_start + kSlotHeaderBytes; }

inline bool LiesInSlot(const uint8_t* model) { return model >= __slot_start && model < __slot_end; }

// Whether this model lies there, whole.
bool SlotHolds(const uint8_t* sha256, uint32_t bytes, uint32_t crc);

// Erases what a model of so many bytes takes, calling `step` before each unit, which may take seconds. This one and the
// next two return false where flash did not do it: PortFlashFailure() says why.
bool EraseSlot(uint32_t model_bytes, void (*step)());
// Programs a piece of the model; its offset is a multiple of PortFlashWriteBytes().
bool WriteSlot(uint32_t offset, const uint8_t* bytes, uint32_t count);
// Says that this model lies there.
bool SealSlot(const uint8_t* sha256, uint32_t bytes, uint32_t crc);

}  // namespace hilbench

#endif
