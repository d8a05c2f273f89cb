// Flash of STM32U575 (RM0456, embedded flash memory), without TrustZone: two banks of 128 pages of 8 KiB, programmed
// 128 bits at a time.
#include "families/flash.h"

#include "families/stm32/flash_controller.h"
#include "families/stm32u5/registers.h"

namespace hilbench {
namespace {

constexpr uint32_t kOrigin = 0x08000000;
constexpr uint32_t kPagesABank = 128;
constexpr uint32_t kPage = 0x2000;
constexpr uint32_t kWords = 4;

constexpr FlashFlag kFlags[] = {
    {FLASH_NSSR_WRPERR.Mask(), "the page is write protected (WRPERR)"},
    {FLASH_NSSR_PROGERR.Mask(), "not erased before (PROGERR)"},
    {FLASH_NSSR_PGAERR.Mask(), "alignment (PGAERR)"},
    {FLASH_NSSR_SIZERR.Mask(), "width (SIZERR)"},
    {FLASH_NSSR_PGSERR.Mask(), "sequence (PGSERR)"},
    {FLASH_NSSR_OPERR.Mask(), "operation (OPERR)"},
};

// The instruction cache holds data of flash as well.
void EmptyCache() {
  Write(ICACHE_CR_CACHEINV, 1);
  Await(ICACHE_SR_BUSYF, 0);
}

}  // namespace

const FlashFacts kFlash = {kWords * 4, kFlags, sizeof kFlags / sizeof *kFlags};

uint32_t EraseUnitBytes(uint32_t address) {
  const uint32_t offset = address - kOrigin;
  return offset < 2 * kPagesABank * kPage && offset % kPage == 0 ? kPage : 0;
}

const char* OpenFlash(uint32_t) {
  const char* why = OpenController(FLASH_NSKEYR, FLASH_NSCR_LOCK, FLASH_NSSR_BSY, FLASH_NSSR);
  if (why != nullptr) return why;
  return Read(FLASH_OPTR_SWAP_BANK) == 0 ? nullptr : "the flash banks are swapped (option SWAP_BANK)";
}

void CloseFlash(uint32_t, uint32_t) {
  Write(FLASH_NSCR_PG, 0);
  Write(FLASH_NSCR_PER, 0);
  Write(FLASH_NSCR_LOCK, 1);
  EmptyCache();
}

// WDW: words of a unit wait for the rest of it.
bool FlashBusy(uint32_t) { return (At(FLASH_NSSR) & (FLASH_NSSR_BSY.Mask() | FLASH_NSSR_WDW.Mask())) != 0; }

uint32_t FlashStatus(uint32_t) { return At(FLASH_NSSR); }

void StartErase(uint32_t address) {
  const uint32_t page = (address - kOrigin) / kPage;
  Write(FLASH_NSCR_BKER, page / kPagesABank);
  Write(FLASH_NSCR_PNB, page % kPagesABank);
  Write(FLASH_NSCR_PER, 1);
  Write(FLASH_NSCR_STRT, 1);
  CompleteWrites();
}

void StartWrite(uint32_t address, const uint32_t* words) {
  Write(FLASH_NSCR_PG, 1);
  for (uint32_t i = 0; i < kWords; i++) At(address + i * 4) = words[i];
  CompleteWrites();
}

}  // namespace hilbench
