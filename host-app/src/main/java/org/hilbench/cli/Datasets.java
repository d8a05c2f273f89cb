package org.hilbench.cli;

import java.nio.file.Path;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.data.FashionMnist;
import org.hilbench.data.ImageDataset;

/** Data sets by the name that a user gives them. */
final class Datasets {
  private Datasets() {}

  /** The data set of a search, loaded. */
  static ImageDataset of(SearchSettings settings) throws BenchException {
    if (!settings.dataset().equals("fashion-mnist")) {
      throw new BenchException(
          Stage.PROPOSE,
          BenchException.Kind.USAGE,
          "dataset '" + settings.dataset() + "' is unknown; known: fashion-mnist");
    }
    return FashionMnist.load(
        settings.data().isEmpty() ? FashionMnist.defaultDirectory() : Path.of(settings.data()));
  }
}
