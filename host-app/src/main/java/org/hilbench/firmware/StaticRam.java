package org.hilbench.firmware;

/**
 * RAM of an image by part, in bytes, read from the ELF.
 *
 * @param data initialized data, without the bench's
 * @param bss zeroed data, without the arena and the bench's
 * @param arena what the arena has: all that the board leaves
 * @param stack what the stack has; the high-water mark comes from the device
 * @param benchBuffers packets, copy of the input, records of runs and ops, the fault handlers'
 *     stack
 */
public record StaticRam(long data, long bss, long arena, long stack, long benchBuffers) {}
