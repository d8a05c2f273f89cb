// Flash of STM32L475 (RM0351) and STM32L4R5 (RM0432), embedded flash memory: two banks of 256 pages, of 2 and of 4 KiB,
// programmed 64 bits at a time.
#include "families/flash.h"

#include "families/stm32/flash_controller.h"
#include "families/stm32l4/registers.h"

namespace hilbench {
namespace {

constexpr uint32_t kOrigin = 0x08000000;
constexpr uint32_t kPagesABank = 256;
constexpr uint32_t kPlusPage = 0x1000;

constexpr FlashFlag kFlags[] = {
    {FLASH_SR_WRPERR.Mask(), "the page is write protected (WRPERR)"},
    {FLASH_SR_PROGERR.Mask(), "not erased before (PROGERR)"},
    {FLASH_SR_PGAERR.Mask(), "alignment (PGAERR)"},
    {FLASH_SR_SIZERR.Mask(), "width (SIZERR)"},
    {FLASH_SR_PGSERR.Mask(), "sequence (PGSERR)"},
    {FLASH_SR_MISERR.Mask(), "fast programming (MISERR)"},
    {FLASH_SR_FASTERR.Mask(), "fast programming (FASTERR)"},
    {FLASH_SR_OPERR.Mask(), "operation (OPERR)"},
};

// By option bytes an STM32L4+ may have one bank of 8 KiB pages, and either part its banks swapped.
const char* OptionsAgainst() {
  if (Read(FLASH_OPTR_BFB2) != 0) return "the flash banks may be swapped (option BFB2)";
  if (ProfiledEraseUnit() == kPlusPage && Read(FLASH_OPTR_DBANK) == 0) return "flash is one bank (option DBANK)";
  return nullptr;
}

}  // namespace

const FlashFacts kFlash = {8, kFlags, sizeof kFlags / sizeof *kFlags};

uint32_t EraseUnitBytes(uint32_t address) {
  const uint32_t page = ProfiledEraseUnit();
  const uint32_t offset = address - kOrigin;
  return offset < 2 * kPagesABank * page && offset % page == 0 ? page : 0;
}

const char* OpenFlash(uint32_t) {
  const char* why = OpenController(FLASH_KEYR, FLASH_CR_LOCK, FLASH_SR_BSY, FLASH_SR);
  if (why == nullptr) why = OptionsAgainst();
  if (why != nullptr) return why;
  Write(FLASH_ACR_DCEN, 0);
  Write(FLASH_ACR_ICEN, 0);
  return nullptr;
}

void CloseFlash(uint32_t, uint32_t) {
  Write(FLASH_CR_PG, 0);
  Write(FLASH_CR_PER, 0);
  Write(FLASH_CR_LOCK, 1);
  RestartCache(FLASH_ACR_DCEN, FLASH_ACR_DCRST);
  RestartCache(FLASH_ACR_ICEN, FLASH_ACR_ICRST);
}

bool FlashBusy(uint32_t) { return Read(FLASH_SR_BSY) != 0; }

uint32_t FlashStatus(uint32_t) { return At(FLASH_SR); }

void StartErase(uint32_t address) {
  const uint32_t page = (address - kOrigin) / ProfiledEraseUnit();
  Write(FLASH_CR_BKER, page / kPagesABank);
  Write(FLASH_CR_PNB, page % kPagesABank);
  Write(FLASH_CR_PER, 1);
  Write(FLASH_CR_START, 1);
  CompleteWrites();
}

void StartWrite(uint32_t address, const uint32_t* words) {
  Write(FLASH_CR_PG, 1);
  At(address) = words[0];
  At(address + 4) = words[1];
  CompleteWrites();
}

}  // namespace hilbench
