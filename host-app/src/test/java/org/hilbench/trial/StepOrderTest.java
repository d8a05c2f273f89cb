package org.hilbench.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.quantity.TargetId;
import org.hilbench.search.TrialKey;
import org.hilbench.space.Architecture;
import org.hilbench.train.FreshWeights;
import org.hilbench.train.Trainer;
import org.hilbench.worker.Progress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order of a candidate's steps is the plan's. */
final class StepOrderTest {
  private static final List<String> BOARDS = List.of("mps2-an386", "nucleo-l4r5zi");
  private static final Architecture NETWORK = SampleTrials.search(1, 5).get(0).architecture();
  private static final StepOrder FIT_FIRST =
      StepOrder.parse(List.of("fit", "train", "quantize", "measure", "evaluate", "sense"));

  @TempDir static Path folder;
  private static ScriptedStages stages;

  private final List<String> trained = new ArrayList<>();

  @BeforeAll
  static void prepare() throws Exception {
    stages = new ScriptedStages(folder);
  }

  @Test
  void whatFitsNoBoardIsNotTrained() throws Exception {
    ScriptedQueue queue = new ScriptedQueue(job -> ScriptedQueue.tooLarge(job, 700, 640));
    Walk walk = walk(FIT_FIRST, queue);
    Outcome.Rejected rejected = assertInstanceOf(Outcome.Rejected.class, walk.trial().outcome());
    assertEquals(2, rejected.by().size());
    assertEquals(List.of(), trained);
    assertTrue(walk.artifacts().stream().allMatch(one -> one.key().stage() == Stage.RUN));
    assertTrue(queue.jobs().stream().allMatch(job -> job.runs() == 1), "one inference each");
  }

  @Test
  void aBoardThatItDoesNotFitIsAskedOnceAndTheOtherHasItsNumbers() throws Exception {
    ScriptedQueue queue =
        new ScriptedQueue(
            job ->
                job.boardId().equals(BOARDS.get(0))
                    ? ScriptedQueue.tooLarge(job, 700, 640)
                    : ScriptedQueue.ran(job, ScriptedQueue.right(job)));
    Outcome outcome = walk(FIT_FIRST, queue).trial().outcome();
    assertEquals(List.of("trial 0"), trained);
    assertEquals(List.of(BOARDS.get(0), BOARDS.get(1), BOARDS.get(1)), asked(queue));
    assertEquals(List.of(TargetId.of(BOARDS.get(1))), List.copyOf(outcome.on().keySet()));
    assertEquals(Outcome.REJECTED, outcome.word());
  }

  @Test
  void theModelThatNobodyTrainedIsAsLargeAsTheTrainedOne() throws Exception {
    ScriptedQueue queue =
        new ScriptedQueue(job -> ScriptedQueue.ran(job, ScriptedQueue.right(job)));
    walk(FIT_FIRST, queue);
    List<Integer> sizes = queue.jobs().stream().map(job -> job.model().size()).toList();
    assertEquals(sizes.get(2), sizes.get(0));
    assertTrue(!queue.jobs().get(0).model().equals(queue.jobs().get(2).model()));
  }

  @Test
  void anotherOrderGivesTheSameNumbers() throws Exception {
    ScriptedQueue.Script right = job -> ScriptedQueue.ran(job, ScriptedQueue.right(job));
    Outcome usual = walk(StepOrder.STANDARD, new ScriptedQueue(right)).trial().outcome();
    Outcome other = walk(FIT_FIRST, new ScriptedQueue(right)).trial().outcome();
    assertEquals(usual, other);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "quantize train evaluate measure sense | 'quantize' comes before train",
        "train quantize measure sense | evaluate are missing",
        "train train quantize evaluate measure sense | 'train' is there twice",
        "train quantize evaluate measure fit sense | says nothing new after 'measure'",
        "train quantise evaluate measure sense | 'quantise' is unknown; known: fit, train"
      })
  void anOrderThatIsNoneIsRefusedByName(String words, String why) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> StepOrder.parse(List.of(words.split(" "))));
    assertTrue(refused.getMessage().contains(why), refused::getMessage);
  }

  private static List<String> asked(ScriptedQueue queue) {
    return queue.jobs().stream().map(MeasurementJob::boardId).toList();
  }

  private Walk walk(StepOrder order, ScriptedQueue queue) throws BenchException {
    Trainer listed =
        (task, progress) -> {
          trained.add(task.name());
          return stages.trainer().start(task, progress);
        };
    TrialPlan plan = stages.plan(BOARDS, false).with(order);
    Candidate candidate =
        new Candidate(
            TrialKey.first(0),
            OptionalInt.of(0),
            NETWORK,
            List.of(),
            0,
            plan.anew(0),
            new FreshWeights());
    return stages
        .pipeline(plan, listed, queue, ArtifactSource.none())
        .walk(candidate, Progress.NONE);
  }
}
