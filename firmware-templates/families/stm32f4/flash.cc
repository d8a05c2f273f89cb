// Flash of STM32F405/407 (RM0090, embedded flash memory interface) and STM32F446 (RM0390): one bank of four sectors of
// 16 KiB, one of 64 KiB and then of 128 KiB, programmed 32 bits at a time, which takes 2.7 to 3.6 V.
#include "families/flash.h"

#include "families/stm32/flash_controller.h"
#include "families/stm32f4/registers.h"

namespace hilbench {
namespace {

constexpr uint32_t kOrigin = 0x08000000;
constexpr uint32_t kOneBank = 0x100000;
constexpr uint32_t kSmall = 0x4000;
constexpr uint32_t kLarge = 0x20000;
constexpr uint32_t k32Bits = 2;

constexpr FlashFlag kFlags[] = {
    {FLASH_SR_WRPERR.Mask(), "the sector is write protected (WRPERR)"},
    {FLASH_SR_PGAERR.Mask(), "alignment (PGAERR)"},
    {FLASH_SR_PGPERR.Mask(), "parallelism (PGPERR)"},
    {FLASH_SR_PGSERR.Mask(), "sequence (PGSERR)"},
    {FLASH_SR_OPERR.Mask(), "operation (OPERR)"},
};

uint32_t SectorOf(uint32_t offset) {
  return offset < 4 * kSmall ? offset / kSmall : offset < kLarge ? 4 : 4 + offset / kLarge;
}

}  // namespace

const FlashFacts kFlash = {4, kFlags, sizeof kFlags / sizeof *kFlags};

uint32_t EraseUnitBytes(uint32_t address) {
  const uint32_t offset = address - kOrigin;
  if (offset >= kOneBank) return 0;
  if (offset < 4 * kSmall) return offset % kSmall == 0 ? kSmall : 0;
  if (offset < kLarge) return offset == 4 * kSmall ? 4 * kSmall : 0;
  return offset % kLarge == 0 ? kLarge : 0;
}

const char* OpenFlash(uint32_t) {
  const char* why = OpenController(FLASH_KEYR, FLASH_CR_LOCK, FLASH_SR_BSY, FLASH_SR);
  if (why != nullptr) return why;
  Write(FLASH_ACR_DCEN, 0);
  Write(FLASH_ACR_ICEN, 0);
  Write(FLASH_CR_PSIZE, k32Bits);
  return nullptr;
}

void CloseFlash(uint32_t, uint32_t) {
  Write(FLASH_CR_PG, 0);
  Write(FLASH_CR_SER, 0);
  Write(FLASH_CR_LOCK, 1);
  RestartCache(FLASH_ACR_DCEN, FLASH_ACR_DCRST);
  RestartCache(FLASH_ACR_ICEN, FLASH_ACR_ICRST);
}

bool FlashBusy(uint32_t) { return Read(FLASH_SR_BSY) != 0; }

uint32_t FlashStatus(uint32_t) { return At(FLASH_SR); }

void StartErase(uint32_t address) {
  Write(FLASH_CR_SNB, SectorOf(address - kOrigin));
  Write(FLASH_CR_SER, 1);
  Write(FLASH_CR_STRT, 1);
  CompleteWrites();
}

void StartWrite(uint32_t address, const uint32_t* words) {
  Write(FLASH_CR_PG, 1);
  At(address) = words[0];
  CompleteWrites();
}

}  // namespace hilbench
