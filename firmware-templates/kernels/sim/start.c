// Start-up of a bench program on QEMU's MPS2 machines: stack, vectors, FPU, then newlib with semihosting.
#include <stdint.h>

extern uint32_t hb_stack_top;
void _start(void);

__attribute__((naked)) static void reset(void) {
  __asm__ volatile(
#if defined(__ARM_FP)
      "ldr r0, =0xE000ED88\n\t"  // CPACR: coprocessors 10 and 11
      "ldr r1, [r0]\n\t"
      "orr r1, r1, #0xF00000\n\t"
      "str r1, [r0]\n\t"
      "dsb\n\t"
      "isb\n\t"
#endif
      "bl _start\n\t");
}

static void fault(void) {
  // SYS_EXIT_EXTENDED with code 99, so that a crash is never taken for a result.
  static const uint32_t arguments[2] = {0x20026, 99};
  register uint32_t operation __asm__("r0") = 0x20;
  register const uint32_t* parameter __asm__("r1") = arguments;
  __asm__ volatile("bkpt 0xAB" : : "r"(operation), "r"(parameter) : "memory");
  for (;;) {
  }
}

__attribute__((section(".vectors"), used)) static const void* const vectors[16] = {
    &hb_stack_top, reset, fault, fault, fault, fault, fault, fault,
    fault,         fault, fault, fault, fault, fault, fault, fault};
