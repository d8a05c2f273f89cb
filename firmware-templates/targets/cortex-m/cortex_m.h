// Start-up, faults and the stack of any Cortex-M with an FPU; no vendor header is needed.
// Register names and addresses as in the Armv7-M and Armv8-M Architecture Reference Manuals.
#ifndef HILBENCH_CORTEX_M_H
#define HILBENCH_CORTEX_M_H

#include <cstdint>

namespace hilbench {

inline volatile uint32_t& Register(uint32_t address) { return *reinterpret_cast<volatile uint32_t*>(address); }

// What the processor knows of a fault. `has_frame` is false when the stack itself was the cause.
struct Fault {
  bool has_frame;
  uint32_t pc;
  uint32_t lr;
  uint32_t cfsr;
  uint32_t hfsr;
  uint32_t bfar;
  uint32_t mmfar;
  bool bfar_valid;
  bool mmfar_valid;
  bool stack_overflow;
};

// Given by the server; runs on the handlers' own stack and does not return.
[[noreturn]] void OnFault(const Fault& fault);

[[noreturn]] void ResetProcessor();

// Faults on purpose: a UsageFault, UNDEFINSTR.
[[noreturn]] inline void UndefinedInstruction() {
  __asm__ volatile("udf #0" ::: "memory");
  for (;;) {
  }
}

inline void DisableInterrupts() { __asm__ volatile("cpsid i" ::: "memory"); }

// Paints the part of the stack that is not in use now.
void PaintStack();
// The most bytes that were in use since PaintStack.
uint32_t StackUsedBytes();
uint32_t StackBytes();

}  // namespace hilbench

#endif
