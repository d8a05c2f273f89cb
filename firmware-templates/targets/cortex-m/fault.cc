#include <cstdint>

#include "targets/cortex-m/cortex_m.h"

extern "C" {
extern uint8_t __stack_guard[];
extern uint32_t __stack_start[];
extern uint8_t __ram_start[], __ram_end[];
}

namespace hilbench {
namespace {

constexpr uint32_t kCfsr = 0xE000ED28;
constexpr uint32_t kHfsr = 0xE000ED2C;
constexpr uint32_t kMmfar = 0xE000ED34;
constexpr uint32_t kBfar = 0xE000ED38;
constexpr uint32_t kMmfarValid = 1u << 7;
constexpr uint32_t kBfarValid = 1u << 15;
// Stacking failed: MSTKERR, MLSPERR, STKERR, LSPERR, and Armv8-M's STKOF.
constexpr uint32_t kStackingFailed = (1u << 4) | (1u << 5) | (1u << 12) | (1u << 13) | (1u << 20);

constexpr uint32_t kFrameWords = 8;
constexpr uint32_t kFrameLr = 5;
constexpr uint32_t kFramePc = 6;

bool InRam(const uint32_t* frame) {
  const auto* start = reinterpret_cast<const uint8_t*>(frame);
  return start >= __ram_start && start + kFrameWords * sizeof(uint32_t) <= __ram_end;
}

// The guard below the stack (startup.cc) was touched.
bool InGuard(const Fault& fault) {
  const auto guard = reinterpret_cast<uint32_t>(__stack_guard);
  return fault.mmfar_valid && fault.mmfar >= guard && fault.mmfar < reinterpret_cast<uint32_t>(__stack_start);
}

}  // namespace
}  // namespace hilbench

// `frame`: the stack pointer that was in use, where the processor has put r0-r3, r12, lr, pc, xpsr.
extern "C" [[noreturn]] __attribute__((used)) void DescribeFault(const uint32_t* frame) {
  using namespace hilbench;
  Fault fault = {};
  fault.cfsr = Register(kCfsr);
  fault.hfsr = Register(kHfsr);
  fault.bfar_valid = (fault.cfsr & kBfarValid) != 0;
  fault.mmfar_valid = (fault.cfsr & kMmfarValid) != 0;
  fault.bfar = Register(kBfar);
  fault.mmfar = Register(kMmfar);
  fault.stack_overflow = (fault.cfsr & kStackingFailed) != 0 || frame < __stack_start || InGuard(fault);
  fault.has_frame = (fault.cfsr & kStackingFailed) == 0 && InRam(frame);
  if (fault.has_frame) {
    fault.lr = frame[kFrameLr];
    fault.pc = frame[kFramePc];
  }
  OnFault(fault);
}

extern "C" __attribute__((naked)) void FaultEntry() {
  __asm__ volatile(
      "tst lr, #4\n"
      "ite eq\n"
      "mrseq r0, msp\n"
      "mrsne r0, psp\n"
      "b DescribeFault\n");
}
