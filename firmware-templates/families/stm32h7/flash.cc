// Flash of STM32H743 (RM0433, embedded flash memory): two banks of eight sectors of 128 KiB, each with a controller,
// programmed 256 bits at a time.
#include "families/flash.h"

#include "families/cortex_m7_cache.h"
#include "families/stm32/flash_controller.h"
#include "families/stm32h7/registers.h"

namespace hilbench {
namespace {

constexpr uint32_t kOrigin = 0x08000000;
constexpr uint32_t kBank = 0x100000;
constexpr uint32_t kSector = 0x20000;
constexpr uint32_t kStride = FLASH_BANK2_CR - FLASH_BANK1_CR;
constexpr uint32_t k64Bits = 3;
constexpr uint32_t kWords = 8;

constexpr FlashFlag kFlags[] = {
    {FLASH_BANK1_SR_WRPERR.Mask(), "the sector is write protected (WRPERR)"},
    {FLASH_BANK1_SR_PGSERR.Mask(), "sequence (PGSERR)"},
    {FLASH_BANK1_SR_STRBERR.Mask(), "a byte was written twice (STRBERR)"},
    {FLASH_BANK1_SR_INCERR.Mask(), "inconsistent (INCERR)"},
    {FLASH_BANK1_SR_OPERR.Mask(), "operation (OPERR)"},
};
static_assert(FLASH_BANK2_KEYR - FLASH_BANK1_KEYR == kStride && FLASH_BANK2_SR - FLASH_BANK1_SR == kStride &&
              FLASH_BANK2_CCR - FLASH_BANK1_CCR == kStride);

uint32_t BankOf(uint32_t address) { return address - kOrigin < kBank ? 0 : kStride; }

// A field of the first bank, in the bank that the address lies in.
BitField Of(uint32_t address, BitField field) { return {field.address + BankOf(address), field.lowest, field.width}; }

const char* OpenBank(uint32_t address) {
  const uint32_t bank = BankOf(address);
  // CCR has each flag at its place in SR.
  const char* why = OpenController(FLASH_BANK1_KEYR + bank, Of(address, FLASH_BANK1_CR_LOCK),
                                   Of(address, FLASH_BANK1_SR_QW), FLASH_BANK1_CCR + bank);
  if (why == nullptr) Write(Of(address, FLASH_BANK1_CR_PSIZE), k64Bits);
  return why;
}

void CloseBank(uint32_t address) {
  Write(Of(address, FLASH_BANK1_CR_PG), 0);
  Write(Of(address, FLASH_BANK1_CR_SER), 0);
  Write(Of(address, FLASH_BANK1_CR_LOCK), 1);
}

}  // namespace

const FlashFacts kFlash = {kWords * 4, kFlags, sizeof kFlags / sizeof *kFlags};

uint32_t EraseUnitBytes(uint32_t address) {
  const uint32_t offset = address - kOrigin;
  return offset < 2 * kBank && offset % kSector == 0 ? kSector : 0;
}

// Both banks, since a piece of a model may lie in both.
const char* OpenFlash(uint32_t) {
  if (Read(FLASH_OPTCR_SWAP_BANK) != 0) return "the flash banks are swapped (option SWAP_BANK)";
  const char* why = OpenBank(kOrigin);
  return why == nullptr ? OpenBank(kOrigin + kBank) : why;
}

void CloseFlash(uint32_t address, uint32_t bytes) {
  CloseBank(kOrigin);
  CloseBank(kOrigin + kBank);
  ForgetData(address, bytes);
}

// QW is set from the write or the start until the operation has ended, BSY while it is carried out.
bool FlashBusy(uint32_t address) {
  constexpr uint32_t kAny = FLASH_BANK1_SR_BSY.Mask() | FLASH_BANK1_SR_WBNE.Mask() | FLASH_BANK1_SR_QW.Mask();
  return (FlashStatus(address) & kAny) != 0;
}

uint32_t FlashStatus(uint32_t address) { return At(FLASH_BANK1_SR + BankOf(address)); }

void StartErase(uint32_t address) {
  Write(Of(address, FLASH_BANK1_CR_SNB), (address - kOrigin) % kBank / kSector);
  Write(Of(address, FLASH_BANK1_CR_SER), 1);
  Write(Of(address, FLASH_BANK1_CR_START), 1);
  CompleteWrites();
}

void StartWrite(uint32_t address, const uint32_t* words) {
  Write(Of(address, FLASH_BANK1_CR_PG), 1);
  for (uint32_t i = 0; i < kWords; i++) At(address + i * 4) = words[i];
  CompleteWrites();
}

}  // namespace hilbench
