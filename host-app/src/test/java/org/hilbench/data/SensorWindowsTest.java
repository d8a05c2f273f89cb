package org.hilbench.data;

import java.nio.file.Path;

final class SensorWindowsTest extends DatasetProviderContract {
  @Override
  DatasetProvider provider() {
    return new SensorWindows();
  }

  @Override
  void write(Path directory) {
    SensorWindows.write(directory, 240, 60);
  }
}
