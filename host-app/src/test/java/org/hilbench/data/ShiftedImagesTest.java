package org.hilbench.data;

import java.nio.file.Path;

final class ShiftedImagesTest extends DatasetProviderContract {
  @Override
  DatasetProvider provider() {
    return new ShiftedImages();
  }

  @Override
  void write(Path directory) {
    SyntheticImages.write(directory, 240, 60);
  }
}
