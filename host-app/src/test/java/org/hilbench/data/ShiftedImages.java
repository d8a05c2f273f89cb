package org.hilbench.data;

import java.nio.file.Path;
import org.hilbench.BenchException;

/** Fashion-MNIST, each image moved by up to a pixel each way in training. */
public final class ShiftedImages implements DatasetProvider {
  /** For workers, which create providers by their class. */
  public ShiftedImages() {}

  @Override
  public String name() {
    return "shifted-images";
  }

  @Override
  public Path defaultDirectory() throws BenchException {
    return new FashionMnist().defaultDirectory();
  }

  @Override
  public Dataset load(Path directory, long splitSeed) throws BenchException {
    Dataset plain = new FashionMnist().load(directory, splitSeed);
    return new Dataset(
        DataReference.of(this, directory, splitSeed, plain.contentHash()),
        plain.classes(),
        plain.split(Split.TRAIN),
        plain.split(Split.VALIDATION),
        plain.split(Split.TEST));
  }

  @Override
  public Augmentation augmentation() {
    return new ImageAugmentation(false, 1);
  }
}
