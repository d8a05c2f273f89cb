// Flash of nRF52840 and of the nRF5340 application core (Product Specifications, NVMC): pages of 4 KiB, words of 32
// bits. No lock and no error flags: what went wrong is seen when it is read back.
#include "families/flash.h"

#include HILBENCH_FAMILY

namespace hilbench {
namespace {

constexpr uint32_t kFlashBytes = 0x100000;
constexpr uint32_t kPage = 0x1000;
constexpr uint32_t kReadOnly = 0;
constexpr uint32_t kWriting = 1;
constexpr uint32_t kErasing = 2;

}  // namespace

const FlashFacts kFlash = {4, nullptr, 0};

uint32_t EraseUnitBytes(uint32_t address) { return address < kFlashBytes && address % kPage == 0 ? kPage : 0; }

const char* OpenFlash(uint32_t) { return Await(kFlashReady, 1) ? nullptr : "the flash controller is not ready"; }

void CloseFlash(uint32_t, uint32_t) {
  Write(kFlashMode, kReadOnly);
  EmptyFlashCache();
}

bool FlashBusy(uint32_t) { return Read(kFlashReady) == 0; }

uint32_t FlashStatus(uint32_t) { return 0; }

void StartErase(uint32_t address) {
  Write(kFlashMode, kErasing);
  ErasePage(address);
}

void StartWrite(uint32_t address, const uint32_t* words) {
  Write(kFlashMode, kWriting);
  At(address) = words[0];
}

}  // namespace hilbench
