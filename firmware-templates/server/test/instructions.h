// The Cortex-M's instructions that the server uses, in this machine's.
#ifndef HILBENCH_SERVER_TEST_INSTRUCTIONS_H
#define HILBENCH_SERVER_TEST_INSTRUCTIONS_H

#if defined(__x86_64__)
__asm__(
    ".macro cpsid flags\n"
    ".endm\n"
    ".macro udf\n"
    "ud2\n"
    ".endm\n");
#elif defined(__aarch64__)
__asm__(
    ".macro cpsid flags\n"
    ".endm\n");
#endif

#endif
