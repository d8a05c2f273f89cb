#include <cstdint>
#include <cstring>

#include "image/board.h"
#include "targets/cortex-m/cortex_m.h"

extern "C" {
extern uint8_t __stack_guard[];
extern uint32_t __stack_start[], __stack_end[];
extern uint8_t __data_start[], __data_end[], __data_load[];
extern uint8_t __bench_data_start[], __bench_data_end[], __bench_data_load[];
extern uint8_t __bss_start[], __bss_end[];
extern uint8_t __bench_bss_start[], __bench_bss_end[];
extern void (*__init_array_start[])();
extern void (*__init_array_end[])();

int main();
void Reset_Handler();
void FaultEntry();
}

namespace hilbench {
namespace {

constexpr uint32_t kAircr = 0xE000ED0C;
constexpr uint32_t kResetRequest = 0x05FA0004;
constexpr uint32_t kPaint = 0xA5C35A3C;
// Below the stack pointer of PaintStack itself, its callee's frame and an exception's.
constexpr uint32_t kPaintMargin = 32;

// Handlers have a stack of their own, so that they still run when the program's has overflowed.
constexpr uint32_t kHandlerStackWords = 256;
alignas(8) HILBENCH_BENCH_BSS uint32_t g_handler_stack[kHandlerStackWords];

void UnexpectedInterrupt() { FaultEntry(); }

using Vector = void (*)();
struct VectorTable {
  uint32_t* stack;
  Vector handlers[15];
};

// Interrupts stay off: everything is polled, so the table ends with the processor's own exceptions.
__attribute__((section(".vectors"), used)) const VectorTable kVectors __asm__("__vectors") = {
    g_handler_stack + kHandlerStackWords,
    {Reset_Handler, FaultEntry, FaultEntry, FaultEntry, FaultEntry, FaultEntry, FaultEntry, nullptr, nullptr, nullptr,
     UnexpectedInterrupt, UnexpectedInterrupt, nullptr, UnexpectedInterrupt, UnexpectedInterrupt}};

uint32_t* StackPointer() { return static_cast<uint32_t*>(__builtin_frame_address(0)); }

}  // namespace

namespace {

#if defined(__ARM_ARCH_8M_MAIN__)
void GuardStack() { __asm__ volatile("msr psplim, %0" ::"r"(__stack_start)); }
#else
// A region of 32 bytes below the stack that nothing may touch (Armv7-M ARM, B3.5): an overflow faults whatever the
// chip has below its RAM. The rest of the memory keeps its default map; handlers run without.
void GuardStack() {
  constexpr uint32_t kMpuType = 0xE000ED90;
  constexpr uint32_t kMpuControl = 0xE000ED94;
  constexpr uint32_t kMpuNumber = 0xE000ED98;
  constexpr uint32_t kMpuAddress = 0xE000ED9C;
  constexpr uint32_t kMpuAttributes = 0xE000EDA0;
  constexpr uint32_t kRegions = 0xFFu << 8;
  constexpr uint32_t kNoAccessNoExecute = 1u << 28;
  constexpr uint32_t k32Bytes = 4u << 1;
  constexpr uint32_t kEnableWithDefaultMap = 5;
  if ((Register(kMpuType) & kRegions) == 0) {
    return;
  }
  Register(kMpuNumber) = 0;
  Register(kMpuAddress) = reinterpret_cast<uint32_t>(__stack_guard);
  Register(kMpuAttributes) = kNoAccessNoExecute | k32Bytes | 1u;
  Register(kMpuControl) = kEnableWithDefaultMap;
  __asm__ volatile("dsb\nisb" ::: "memory");
}
#endif

}  // namespace

void PaintStack() {
  for (volatile uint32_t* word = __stack_start; word < StackPointer() - kPaintMargin; word++) {
    *word = kPaint;
  }
}

uint32_t StackUsedBytes() {
  const uint32_t* word = __stack_start;
  while (word < __stack_end && *word == kPaint) {
    word++;
  }
  return static_cast<uint32_t>(__stack_end - word) * sizeof(uint32_t);
}

uint32_t StackBytes() { return static_cast<uint32_t>(__stack_end - __stack_start) * sizeof(uint32_t); }

void ResetProcessor() {
  __asm__ volatile("dsb" ::: "memory");
  Register(kAircr) = kResetRequest;
  for (;;) {
  }
}

}  // namespace hilbench

// Reset_Handler's second half, on the program's stack and with the FPU on.
extern "C" [[noreturn]] __attribute__((used)) void StartProgram() {
  std::memcpy(__data_start, __data_load, static_cast<size_t>(__data_end - __data_start));
  std::memcpy(__bench_data_start, __bench_data_load, static_cast<size_t>(__bench_data_end - __bench_data_start));
  std::memset(__bss_start, 0, static_cast<size_t>(__bss_end - __bss_start));
  std::memset(__bench_bss_start, 0, static_cast<size_t>(__bench_bss_end - __bench_bss_start));
  hilbench::GuardStack();
  hilbench::PaintStack();
  for (void (**constructor)() = __init_array_start; constructor < __init_array_end; constructor++) {
    (*constructor)();
  }
  main();
  __builtin_trap();
}

// Takes vectors and handler stack from this image, whatever started it (VTOR), turns the FPU on (CP10 and CP11 of
// CPACR) and moves the program to its own stack (PSP).
extern "C" __attribute__((naked)) void Reset_Handler() {
  __asm__ volatile(
      "cpsid i\n"
      "ldr r0, =0xE000ED08\n"
      "ldr r1, =__vectors\n"
      "str r1, [r0]\n"
      "ldr r1, [r1]\n"
      "msr msp, r1\n"
      "ldr r0, =0xE000ED88\n"
      "ldr r1, [r0]\n"
      "orr r1, r1, #(0xF << 20)\n"
      "str r1, [r0]\n"
      "dsb\n"
      "isb\n"
      "ldr r0, =__stack_end\n"
      "msr psp, r0\n"
      "movs r0, #2\n"
      "msr control, r0\n"
      "isb\n"
      "bl StartProgram\n");
}
