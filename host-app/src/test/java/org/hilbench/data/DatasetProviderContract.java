package org.hilbench.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.BenchException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What every data set holds to; a new one names its provider and writes small files of it. */
abstract class DatasetProviderContract {
  @TempDir Path folder;

  abstract DatasetProvider provider();

  /** Writes the files of a few hundred examples there. */
  abstract void write(Path directory);

  private Dataset loaded() throws BenchException {
    write(folder);
    return provider().load(folder);
  }

  @Test
  void itIsFoundByItsName() throws Exception {
    write(folder);
    Datasets datasets = new Datasets(List.of(provider()));
    assertTrue(provider().name().matches("[a-z][a-z0-9-]*"), provider().name());
    assertSame(datasets.providers().get(0), datasets.provider(provider().name()));
    assertEquals(
        provider().load(folder).reference(),
        datasets.load(provider().name(), folder.toString()).reference());
    assertThrows(
        IllegalArgumentException.class, () -> new Datasets(List.of(provider(), provider())));
    BenchException unknown = assertThrows(BenchException.class, () -> datasets.provider("no-such"));
    assertTrue(unknown.getMessage().contains("known: " + provider().name()), unknown::getMessage);
  }

  @Test
  void loadedAgainItIsTheSameInTheSameOrder() throws Exception {
    Dataset dataset = loaded();
    assertSameData(dataset, provider().load(folder));
  }

  @Test
  void aWorkerReadsTheSameByTheReferenceAlone() throws Exception {
    Dataset dataset = loaded();
    DataReference reference = dataset.reference();
    assertTrue(Path.of(reference.directory()).isAbsolute(), reference.directory());
    assertSameData(dataset, reference.open());
    assertEquals(provider().augmentation().canonical(), reference.augmentation().canonical());
  }

  private static void assertSameData(Dataset one, Dataset other) {
    assertEquals(one.reference(), other.reference());
    assertEquals(one.classes(), other.classes());
    for (Split split : Split.values()) {
      Examples some = one.split(split);
      Examples others = other.split(split);
      assertEquals(some.size(), others.size());
      for (int i = 0; i < some.size(); i++) {
        assertEquals(some.label(i), others.label(i));
        assertArrayEquals(values(some, i), values(others, i));
      }
    }
  }

  private static float[] values(Examples examples, int index) {
    float[] values = new float[(int) examples.shape().elements()];
    examples.copyTo(index, values, 0);
    return values;
  }

  @Test
  void everyValueIsFiniteAndEveryClassIsTrainedOn() throws Exception {
    Dataset dataset = loaded();
    BitSet classes = new BitSet();
    for (Split split : Split.values()) {
      Examples examples = dataset.split(split);
      assertEquals(dataset.shape(), examples.shape());
      for (int i = 0; i < examples.size(); i++) {
        for (float value : values(examples, i)) {
          assertTrue(Float.isFinite(value), split + " " + i);
        }
        if (split == Split.TRAIN) {
          classes.set(examples.label(i));
        }
      }
    }
    assertEquals(dataset.classes(), classes.cardinality());
  }

  @Test
  void whatAnotherSeedSplitsOtherwiseHasAnotherHash() throws Exception {
    Dataset dataset = loaded();
    Dataset other = provider().load(folder, DatasetProvider.SPLIT_SEED + 1);
    boolean splitAlike = Arrays.equals(labels(dataset), labels(other));
    assertTrue(splitAlike || !dataset.contentHash().equals(other.contentHash()));
  }

  private static int[] labels(Dataset dataset) {
    Examples train = dataset.split(Split.TRAIN);
    return IntStream.range(0, train.size()).map(train::label).toArray();
  }

  @Test
  void anAbsentFolderIsRefusedInOneLineThatNamesIt() {
    refused(() -> provider().load(folder.resolve("nowhere")), () -> "nowhere");
  }

  @Test
  void eachAbsentFileIsRefusedInOneLineThatNamesIt() throws Exception {
    write(folder);
    for (Path file : files()) {
      byte[] kept = Files.readAllBytes(file);
      Files.delete(file);
      refused(() -> provider().load(folder), () -> word(file));
      Files.write(file, kept);
    }
  }

  @Test
  void eachFileCutShortIsRefusedInOneLineThatNamesIt() throws Exception {
    write(folder);
    for (Path file : files()) {
      byte[] kept = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(kept, kept.length - 1));
      refused(() -> provider().load(folder), () -> word(file));
      Files.write(file, kept);
    }
  }

  @Test
  void aReferenceToFilesOfAnotherContentIsRefused() throws Exception {
    DataReference reference = loaded().reference();
    for (Path file : files()) {
      byte[] kept = Files.readAllBytes(file);
      byte[] changed = kept.clone();
      changed[changed.length / 2] ^= 1;
      Files.write(file, changed);
      assertThrows(BenchException.class, reference::open, file::toString);
      Files.write(file, kept);
    }
    assertSameData(provider().load(folder), reference.open());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> sorted = files.sorted().toList();
      assertFalse(sorted.isEmpty());
      return sorted;
    }
  }

  private static String word(Path file) {
    return file.getFileName().toString().replaceFirst("[.]gz$", "");
  }

  private static void refused(Executable loading, Supplier<String> word) {
    BenchException refusal = assertThrows(BenchException.class, loading);
    assertEquals(Kind.USAGE, refusal.kind());
    assertEquals(1, refusal.getMessage().lines().count(), refusal::getMessage);
    assertTrue(refusal.getMessage().contains(word.get()), refusal::getMessage);
  }

  @Test
  void itsUsualFolderIsThereOrAbsentInOneLine() {
    try {
      assertTrue(Files.isDirectory(provider().defaultDirectory()));
    } catch (BenchException absent) {
      assertEquals(Kind.ENVIRONMENT, absent.kind());
      assertEquals(1, absent.getMessage().lines().count(), absent::getMessage);
    }
  }

  @Test
  void itsAugmentationFollowsItsSeedAndStaysWithinItsExample() throws Exception {
    Dataset dataset = loaded();
    float[] example = values(dataset.split(Split.TRAIN), 0);
    Augmentation augmentation = provider().augmentation();
    for (int seed = 0; seed < 20; seed++) {
      float[] once = new float[example.length + 2];
      Arrays.fill(once, Float.NaN);
      float[] again = once.clone();
      augmentation.apply(dataset.shape(), example, once, 1, new Random(seed));
      augmentation.apply(dataset.shape(), example, again, 1, new Random(seed));
      assertArrayEquals(once, again);
      assertTrue(Float.isNaN(once[0]) && Float.isNaN(once[once.length - 1]));
      assertFalse(Float.isNaN(once[1]) || Float.isNaN(once[once.length - 2]));
    }
    assertNotEquals("", augmentation.canonical());
    assertEquals(1, augmentation.canonical().lines().count());
  }
}
