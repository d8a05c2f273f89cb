package org.hilbench.firmware;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hilbench.Sha256;

/** Reads the parts of flash and RAM that the linker script keeps apart in sections of an image. */
final class ImageReader {
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
        address(file, "__arena_end") - address(file, "__arena_start"),
        address(file, "__stack_end") - address(file, "__stack_start"),
        file.size(".bench_data") + file.size(".bench_bss") + file.size(".bench_noinit"));
  }

  private static long address(ElfFile file, String symbol) {
    return file.symbol(symbol)
        .orElseThrow(() -> new IllegalStateException("the linker script defines no " + symbol));
  }
}
