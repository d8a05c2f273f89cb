package org.hilbench.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.BenchException.Kind;
import org.hilbench.Stage;
import org.hilbench.measure.Bytes;
import org.hilbench.testkit.SharedData;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.verify.Expectation;
import org.hilbench.verify.ReferenceAnswers;
import org.hilbench.verify.ReferenceRunner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptReferenceTest {
  private static final Bytes INPUT = Bytes.of(new byte[] {1, 2, 3});

  @TempDir private Path folder;
  private TfliteModel model;
  private int computed;

  @BeforeEach
  void readModel() throws Exception {
    model =
        TfliteModel.parse(
            Files.readAllBytes(SharedData.data("mlperf_tiny/ad_autoencoder_int8.tflite")));
  }

  /** Each answer is another one, so that it shows which was given. */
  private ReferenceAnswers compute(TfliteModel asked, List<Bytes> inputs) {
    computed++;
    Bytes output = Bytes.of(new byte[] {(byte) computed, 7});
    return new ReferenceAnswers(
        asked,
        List.of(4),
        inputs.stream()
            .map(input -> new Expectation(input, output, Map.of(4, output), Map.of(0, 99L)))
            .toList());
  }

  private ReferenceAnswers asked(String program, Bytes... inputs) throws BenchException {
    return new KeptReference(this::compute, folder.resolve("kept"), program)
        .answers(model, List.of(inputs));
  }

  @Test
  void theSecondTimeTheSameAnswerComesWithoutARun() throws Exception {
    ReferenceAnswers first = asked("1", INPUT);
    assertEquals(first, asked("1", INPUT));
    assertEquals(1, computed);
  }

  @Test
  void otherInputsOrKernelsAreAnotherAnswer() throws Exception {
    asked("1", INPUT);
    asked("2", INPUT);
    asked("1", INPUT, INPUT);
    asked("1", Bytes.of(new byte[] {1, 2, 4}));
    assertEquals(4, computed);
  }

  @Test
  void anAnswerThatWasTouchedIsComputedAgain() throws Exception {
    asked("1", INPUT);
    asked("2", INPUT);
    List<Path> kept = kept();
    byte[] whole = Files.readAllBytes(kept.get(0));
    for (int at = 0; at < whole.length; at++) {
      byte[] touched = whole.clone();
      touched[at] ^= 1;
      Files.write(kept.get(0), touched);
      int before = computed;
      asked("1", INPUT);
      asked("2", INPUT);
      assertEquals(before + 1, computed, "byte " + at);
    }
    Files.write(kept.get(0), new byte[0]);
    Files.copy(kept.get(0), kept.get(1), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    int before = computed;
    asked("1", INPUT);
    asked("2", INPUT);
    assertEquals(before + 2, computed);
  }

  @Test
  void anAnswerUnderAnothersNameIsNone() throws Exception {
    asked("1", INPUT);
    asked("2", INPUT);
    List<Path> kept = kept();
    Files.copy(kept.get(0), kept.get(1), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    asked("1", INPUT);
    asked("2", INPUT);
    assertEquals(3, computed);
  }

  @Test
  void aFolderThatCannotBeUsedCostsTimeAlone() throws Exception {
    Files.write(folder.resolve("kept"), new byte[] {1});
    asked("1", INPUT);
    asked("1", INPUT);
    assertEquals(2, computed);
  }

  @Test
  void aRefusalIsNotKept() {
    ReferenceRunner refusing =
        (asked, inputs) -> {
          computed++;
          throw new BenchException(Stage.VERIFY, Kind.USAGE, "no");
        };
    KeptReference kept = new KeptReference(refusing, folder, "1");
    assertThrows(BenchException.class, () -> kept.answers(model, List.of(INPUT)));
    assertThrows(BenchException.class, () -> kept.answers(model, List.of(INPUT)));
    assertEquals(2, computed);
  }

  private List<Path> kept() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("kept"))) {
      return files.sorted().toList();
    }
  }
}
