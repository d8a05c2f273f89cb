/**
 * Builds a model into an image for a board. Entry type: {@link
 * org.hilbench.firmware.FirmwareBuilder}. Renders and compiles the folder firmware-templates; reads
 * sizes from the linked ELF. May use tflite, board and exec.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.firmware;
