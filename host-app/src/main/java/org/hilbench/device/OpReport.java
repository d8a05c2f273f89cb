package org.hilbench.device;

/**
 * One operator of the inference that was looked at op by op.
 *
 * @param code TFLite's builtin code
 * @param outputCrc CRC-32 of its output tensor
 */
public record OpReport(int index, int code, long ticks, long outputBytes, long outputCrc) {}
