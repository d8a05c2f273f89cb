package org.hilbench.firmware;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hilbench.Sha256;
import org.hilbench.quantity.Range;

/** Reads the parts of flash and RAM that the linker script keeps apart in sections of an image. */
final class ImageReader {
  private static final long LARGEST_REGION = 64L << 20;

  private ImageReader() {}

  static FirmwareImage read(
      Path elf,
      ImageRequest request,
      ImageContents contents,
      String toolchain,
      TflmIdentity tflm,
      String buildId)
      throws IOException {
    byte[] content = Files.readAllBytes(elf);
    ElfFile file = ElfFile.parse(content);
    return new FirmwareImage(
        elf,
        Sha256.hex(content),
        flash(file),
        ram(file),
        toolchain,
        tflm,
        request.kernels().name(),
        buildId,
        contents.modelSha256(),
        contents.deviceFormSha256());
  }

  private static FlashUse flash(ElfFile file) {
    return new FlashUse(
        file.size(".model"),
        file.size(".kernels"),
        file.size(".runtime")
            + file.size(".ARM.extab")
            + file.size(".ARM.exidx")
            + file.size(".data"),
        file.size(".startup"),
        file.size(".bench_code") + file.size(".bench_data"));
  }

  private static StaticRam ram(ElfFile file) {
    return new StaticRam(
        file.size(".data"),
        file.size(".bss"),
        between(file, "__arena_start", "__arena_end"),
        between(file, "__stack_start", "__stack_end"),
        file.size(".bench_data") + file.size(".bench_bss") + file.size(".bench_noinit"));
  }

  /** A region between two symbols of the linker script. */
  private static long between(ElfFile file, String start, String end) {
    long bytes = address(file, end) - address(file, start);
    Range.bytesUpTo(LARGEST_REGION)
        .objection(start + " to " + end, bytes)
        .ifPresent(ImageReader::refuse);
    return bytes;
  }

  private static void refuse(String objection) {
    throw new IllegalStateException(objection);
  }

  private static long address(ElfFile file, String symbol) {
    return file.symbol(symbol)
        .orElseThrow(() -> new IllegalStateException("the linker script defines no " + symbol));
  }
}
