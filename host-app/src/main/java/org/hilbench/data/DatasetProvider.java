package org.hilbench.data;

import java.nio.file.Path;
import org.hilbench.BenchException;
import org.hilbench.Registry;

/**
 * A data set behind a name: where its files are, and how they become a {@link Dataset}.
 *
 * <p>Stateless. A worker process makes its own by the class name, so the class is public and has a
 * public constructor without arguments.
 */
public interface DatasetProvider extends Registry.Named {
  /** Seed of what a split draws, unless another is asked for. */
  long SPLIT_SEED = 2017;

  /** The name by which users and experiment files call it, such as {@code fashion-mnist}. */
  @Override
  String name();

  /**
   * The folder that its files are in when the user names none.
   *
   * @throws BenchException (ENVIRONMENT) if it is absent, in one line: where it was looked for, and
   *     how to get it
   */
  Path defaultDirectory() throws BenchException;

  /**
   * Reads the data set. Equal files and seeds give equal data sets, order included.
   *
   * @param splitSeed of what the split draws; where its authors made the split, nothing is drawn
   * @throws BenchException (USAGE) if the folder or a file is absent or malformed, in one line
   */
  Dataset load(Path directory, long splitSeed) throws BenchException;

  /** How its examples are varied in training; not at all unless the provider says so. */
  default Augmentation augmentation() {
    return Augmentation.NONE;
  }

  /** Reads the data set with the usual split. */
  default Dataset load(Path directory) throws BenchException {
    return load(directory, SPLIT_SEED);
  }
}
