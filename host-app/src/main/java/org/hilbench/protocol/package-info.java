/**
 * Frames, packets and fields of {@code docs/protocol.md}: bytes to messages and back, no I/O. Entry
 * types: {@link org.hilbench.protocol.Packet}, {@link org.hilbench.protocol.FrameDecoder}. Depends
 * on {@code quantity}.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.protocol;
