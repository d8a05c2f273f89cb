#include "server/slot.h"

#include <cstddef>
#include <cstring>

#include "hilbench_protocol.h"
#include "targets/port.h"

namespace hilbench {
namespace {

constexpr uint32_t kMagic = 0x48425331;  // HBS1

uint32_t SlotAddress() { return reinterpret_cast<uint32_t>(__slot_start); }

SlotHeader HeaderOf(const uint8_t* sha256, uint32_t bytes, uint32_t crc) {
  SlotHeader header = {kMagic, bytes, crc, {}, 0};
  std::memcpy(header.sha256, sha256, sizeof header.sha256);
  header.header_crc = hb_crc32(0, &header, offsetof(SlotHeader, header_crc));
  return header;
}

}  // namespace

bool SlotHolds(const uint8_t* sha256, uint32_t bytes, uint32_t crc) {
  const SlotHeader wanted = HeaderOf(sha256, bytes, crc);
  return std::memcmp(__slot_start, &wanted, sizeof wanted) == 0 && hb_crc32(0, SlotModel(), bytes) == crc;
}

bool EraseSlot(uint32_t model_bytes, void (*step)()) {
  const uint32_t end = SlotAddress() + kSlotHeaderBytes + model_bytes;
  for (uint32_t at = SlotAddress(); at < end;) {
    step();
    const uint32_t erased = PortEraseFlash(at);
    if (erased == 0) return false;
    at += erased;
  }
  return true;
}

bool WriteSlot(uint32_t offset, const uint8_t* bytes, uint32_t count) {
  return PortWriteFlash(SlotAddress() + kSlotHeaderBytes + offset, bytes, count);
}

bool SealSlot(const uint8_t* sha256, uint32_t bytes, uint32_t crc) {
  const SlotHeader header = HeaderOf(sha256, bytes, crc);
  return PortWriteFlash(SlotAddress(), reinterpret_cast<const uint8_t*>(&header), sizeof header);
}

}  // namespace hilbench
