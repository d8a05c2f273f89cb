package org.hilbench.families;

/** The NVMC of an nRF52840 or nRF5340, by its Product Specification. */
final class NvmcModel extends FlashModel {
  private static final int PAGE = 0x1000;
  private static final int WRITING = 1;
  private static final int ERASING = 2;

  private final Family family;
  private final boolean erasesByAWord;
  private int mode;

  NvmcModel(Family family, long begin, long end) {
    super(begin, end);
    this.family = family;
    this.erasesByAWord = family.target().equals("nrf5340");
  }

  @Override
  void attach(RegisterModel model) {
    String nvmc = erasesByAWord ? "NVMC_S" : "NVMC";
    model.onRead(family.field(nvmc + ".READY").address(), () -> busy() ? 0 : 1);
    model.onWrite(
        family.field(nvmc + ".CONFIG").address(),
        value -> {
          if (working() && value != 0) {
            forbid("another mode of a busy controller", value);
          }
          mode = value;
        });
    if (!erasesByAWord) {
      model.onWrite(family.field(nvmc + ".ERASEPAGE").address(), page -> erasePage(page));
    }
  }

  private void erasePage(long page) {
    if (working() || mode != ERASING || page % PAGE != 0) {
      forbid("an erase that is not allowed", page);
    } else {
      erase(page, PAGE);
    }
  }

  @Override
  boolean closed() {
    return mode == 0;
  }

  @Override
  void reset() {
    super.reset();
    mode = 0;
  }

  @Override
  void write(long address, int bytes, long value) {
    if (mode == ERASING && erasesByAWord && (int) value == -1) {
      erasePage(address);
    } else if (working() || mode != WRITING || bytes != 4 || address % 4 != 0) {
      forbid("a write of " + bytes + " bytes that is not allowed", address);
    } else if (!isErased(address, 4)) {
      forbid("programmed what was not erased", address);
    } else {
      byte[] word = new byte[4];
      for (int i = 0; i < 4; i++) {
        word[i] = (byte) (value >> (8 * i));
      }
      program(address, word);
    }
  }
}
