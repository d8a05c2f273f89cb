#include "families/flash.h"

#include <cstring>

#include "families/cycle_counter.h"
#include "targets/port.h"

namespace hilbench {
namespace {

// Longer than the slowest erase of these parts (256 KiB of an STM32F7, 4 s), shorter than their watchdogs (22 s).
constexpr uint32_t kSeconds = 6;
// Where no cycle counter tells the time.
constexpr uint32_t kLooks = 4000000;

constexpr size_t kTextBytes = 120;
char g_text[kTextBytes];
FlashFailure g_failure = {g_text, 0, 0};

void Say(const char* words) { std::strncat(g_text, words, kTextBytes - 1 - std::strlen(g_text)); }

bool Fail(const char* what, const char* why, uint32_t address) {
  g_text[0] = 0;
  Say(what);
  Say(": ");
  Say(why);
  g_failure = {g_text, address, 0};
  return false;
}

uint32_t ErrorsIn(uint32_t status) {
  uint32_t errors = 0;
  for (size_t i = 0; i < kFlash.flag_count; i++) errors |= status & kFlash.flags[i].mask;
  return errors;
}

bool FailByFlags(const char* what, uint32_t address, uint32_t status) {
  Fail(what, "", address);
  const char* between = "";
  for (size_t i = 0; i < kFlash.flag_count; i++) {
    if ((status & kFlash.flags[i].mask) == 0) continue;
    Say(between);
    Say(kFlash.flags[i].text);
    between = ", ";
  }
  g_failure.status = status;
  return false;
}

// A wait that ends.
class Wait {
 public:
  bool Over() {
    looks_++;
    return hz_ == 0 ? looks_ > kLooks : At(kDwtCycles) - begin_ > hz_ * kSeconds;
  }

 private:
  uint32_t hz_ = PortTickHz();
  uint32_t begin_ = At(kDwtCycles);
  uint32_t looks_ = 0;
};

bool Finished(const char* what, uint32_t address) {
  Wait wait;
  while (FlashBusy(address)) {
    if (!wait.Over()) continue;
    Fail(what, "the flash controller stays busy", address);
    g_failure.status = FlashStatus(address);
    return false;
  }
  const uint32_t status = FlashStatus(address);
  return ErrorsIn(status) == 0 || FailByFlags(what, address, status);
}

bool InSlot(uint32_t address, uint32_t bytes) {
  const auto begin = reinterpret_cast<uint32_t>(__slot_start);
  const auto end = reinterpret_cast<uint32_t>(__slot_end);
  return address >= begin && address < end && bytes <= end - address;
}

bool Opened(const char* what, uint32_t address) {
  const char* why = OpenFlash(address);
  if (why == nullptr && !PortClock().confirmed) why = "the clock is not confirmed";
  if (why == nullptr) return true;
  Fail(what, why, address);
  g_failure.status = FlashStatus(address);
  CloseFlash(address, 0);
  return false;
}

const uint8_t* BytesAt(uint32_t address) { return reinterpret_cast<const uint8_t*>(address); }

bool IsErased(const char* what, uint32_t address, uint32_t bytes) {
  for (uint32_t at = address; at < address + bytes; at += 4) {
    if (At(at) != 0xFFFFFFFF) return Fail(what, "a word reads otherwise than erased", at);
  }
  return true;
}

bool IsWritten(const char* what, uint32_t address, const uint8_t* bytes, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    if (BytesAt(address)[i] != bytes[i]) return Fail(what, "a byte reads otherwise than written", address + i);
  }
  return true;
}

bool WriteUnit(const char* what, uint32_t address, const uint8_t* bytes, uint32_t count) {
  uint32_t words[kMostWriteBytes / sizeof(uint32_t)];
  std::memset(words, 0xFF, sizeof words);
  std::memcpy(words, bytes, count);
  StartWrite(address, words);
  return Finished(what, address);
}

}  // namespace

uint32_t PortFlashWriteBytes() { return kFlash.write_bytes; }

FlashFailure PortFlashFailure() { return g_failure; }

uint32_t PortEraseFlash(uint32_t address) {
  constexpr const char* kWhat = "erasing flash";
  const uint32_t bytes = EraseUnitBytes(address);
  if (bytes == 0 || !InSlot(address, bytes)) {
    Fail(kWhat, "no unit of the slot begins here", address);
    return 0;
  }
  PortFeedWatchdog();
  if (!Opened(kWhat, address)) return 0;
  StartErase(address);
  const bool done = Finished(kWhat, address);
  CloseFlash(address, bytes);
  PortFeedWatchdog();
  return done && IsErased(kWhat, address, bytes) ? bytes : 0;
}

bool PortWriteFlash(uint32_t address, const uint8_t* bytes, uint32_t count) {
  constexpr const char* kWhat = "programming flash";
  const uint32_t unit = kFlash.write_bytes;
  if (address % unit != 0 || !InSlot(address, (count + unit - 1) / unit * unit)) {
    return Fail(kWhat, "not within the slot, or not where a unit begins", address);
  }
  PortFeedWatchdog();
  if (!Opened(kWhat, address)) return false;
  bool done = true;
  for (uint32_t at = 0; at < count && done; at += unit) {
    done = WriteUnit(kWhat, address + at, bytes + at, count - at < unit ? count - at : unit);
  }
  CloseFlash(address, count);
  return done && IsWritten(kWhat, address, bytes, count);
}

}  // namespace hilbench
