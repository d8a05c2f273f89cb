package org.hilbench.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hilbench.BenchException;
import org.hilbench.desk.Desk;
import org.hilbench.desk.Home;
import org.hilbench.experiment.Experiment;
import org.hilbench.experiment.ExperimentPlan;
import org.hilbench.experiment.ExperimentResult;
import org.hilbench.experiment.RunFolder;
import org.hilbench.experiment.SearchSettings;
import org.hilbench.experiment.SettingsReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hilbench search}. */
@Command(
    name = "search",
    description = "Searches networks for a board: trains, quantizes, builds, runs, and learns.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SearchCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--experiment",
      paramLabel = "FILE",
      description = "YAML file with the settings below as keys; flags win over it.")
  private @Nullable Path experiment;

  @Option(names = "--dataset", description = "Data set (default: fashion-mnist).")
  private @Nullable String dataset;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder of its files (default: where its package puts them).")
  private @Nullable Path data;

  @Option(names = "--space", description = "Search space (default: image).")
  private @Nullable String space;

  @Option(
      names = "--board",
      paramLabel = "ID",
      description = "Board to measure on; may be repeated (default: mps2-an386).")
  private @Nullable List<String> board;

  @Option(names = "--strategy", description = "evolution or random (default: evolution).")
  private @Nullable String strategy;

  @Option(names = "--trials", paramLabel = "N", description = "Candidates to try (default: 24).")
  private @Nullable Integer trials;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Makes a search repeatable (default: 1).")
  private @Nullable Long seed;

  @Mixin private final FirmwareOptions firmware = new FirmwareOptions();

  @Option(
      names = "--upload",
      negatable = true,
      description =
          "Send each model over the serial line to resident firmware, which is flashed only where"
              + " the board does not run it yet. Flash is still read from a link of each model's"
              + " own image; one that the resident firmware has no room for is flashed after all.")
  private @Nullable Boolean upload;

  @Option(
      names = "--quant",
      paramLabel = "Q",
      description =
          "int8, or mixed: 4-bit weights and 16-bit activations too, layer by layer"
              + " (default: int8).")
  private @Nullable String quant;

  @Option(
      names = "--objective",
      paramLabel = "M",
      description =
          "Metric to be as good as possible; may be repeated"
              + " (default: accuracy, latency, peakSram and flash).")
  private @Nullable List<String> objective;

  @Option(
      names = "--constraint",
      paramLabel = "C",
      description = "Hard limit in words, such as \"latency < 50 ms\"; may be repeated.")
  private @Nullable List<String> constraint;

  @Option(
      names = "--population",
      paramLabel = "N",
      description = "Candidates that evolution keeps (default: 8): --set evolution.population=N.")
  private @Nullable Integer population;

  @Option(
      names = "--set",
      paramLabel = "STRATEGY.KEY=VALUE",
      description = "A setting of a strategy, as in its block in the file; may be repeated.")
  private Map<String, String> set = Map.of();

  @Option(
      names = "--window",
      paramLabel = "N",
      description = "Trials before its own that a proposal does not wait for (default: 2).")
  private @Nullable Integer window;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description = "Trials under way at once (default: one a processor and one a board).")
  private @Nullable Integer inFlight;

  @Option(
      names = "--tells",
      paramLabel = "ORDER",
      description =
          "How the strategy learns of finished trials: by number, which repeats whatever the"
              + " timing, or by arrival, which waits for no slow board (default: number).")
  private @Nullable String tells;

  @Option(
      names = "--steps",
      split = ",",
      paramLabel = "STEP,...",
      description =
          "The steps of each candidate in their order; one that begins with fit asks the boards"
              + " for room before anything is trained"
              + " (default: train,quantize,evaluate,measure,sense).")
  private @Nullable List<String> steps;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Examples that a candidate is trained on.")
  private @Nullable Long samples;

  @Option(
      names = "--final-samples",
      paramLabel = "N",
      description = "Examples that each of the best three is trained on at the end.")
  private @Nullable Long finalSamples;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where everything goes (default: hilbench-runs/<date and time>).")
  private @Nullable Path out;

  @Option(
      names = "--reuse",
      paramLabel = "DIR",
      description =
          "Folder of an earlier search, whose trained networks are not trained again; may be"
              + " repeated.")
  private List<Path> reuse = List.of();

  @Option(
      names = "--resume",
      description = "Go on with the search in --out, or with the newest in hilbench-runs.")
  private boolean resume;

  @Option(
      names = "--final",
      negatable = true,
      description =
          "Train the best three on at the end (default: yes; with --resume what it began with).")
  private @Nullable Boolean trainedOn;

  @Mixin private final TalkOptions talk = new TalkOptions();

  @Override
  public Integer call() throws BenchException, InterruptedException {
    SettingsReader settings = SettingsReader.standard();
    Map<String, Object> stated = new LinkedHashMap<>();
    if (experiment != null) {
      stated.putAll(settings.read(experiment));
    }
    stated.putAll(flags(settings));
    Home home = Home.locate();
    Experiment.Opening opening =
        new Experiment.Opening(
            RunFolder.choose(out, resume), stated, resume, reuse, StepLines.onStandardError());
    ExperimentPlan asked = opening.plan(home);
    new Adopting(
            Desk.read(home, asked.boards()),
            asked.boards(),
            talk.questions(),
            PrintableStream.err())
        .beforeUse(asked.settings().board());
    try (Experiment open = Experiment.open(home, opening, asked)) {
      return run(home, opening.folder(), open);
    }
  }

  private int run(Home home, RunFolder folder, Experiment open)
      throws BenchException, InterruptedException {
    List<String> given =
        Objects.requireNonNull(spec).root().commandLine().getParseResult().originalArgs();
    Optional<ExperimentResult> result;
    try (ProgressLine line = ProgressLine.onStandardError(InstantSource.system())) {
      SearchProgress progress = new SearchProgress(line, open.plan().settings());
      Interruption interruption =
          Interruption.stops(open::cancel, GoOn.command(home, folder, given));
      progress.introduce(home, open);
      result = open.run(progress);
      interruption.over(); // the process need not wait longer
    }
    return result.isPresent()
        ? SearchResultView.show(result.get(), folder, talk.json())
        : ExitCode.INTERRUPTED;
  }

  /** The flags that were given, under their keys in an experiment file. */
  private Map<String, Object> flags(SettingsReader settings) throws BenchException {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("dataset", dataset);
    given.put("data", data == null ? null : data.toAbsolutePath().normalize().toString());
    given.put("space", space);
    given.put("board", board);
    given.put("strategy", strategy);
    given.put("trials", trials);
    given.put("seed", seed);
    given.put("kernels", firmware.kernels());
    given.put("tflm", firmware.tflm());
    given.put("upload", upload);
    given.put("quant", quant);
    given.put("objective", objective);
    given.put("constraint", constraint);
    given.put("evolution.population", population);
    set.forEach((key, text) -> given.put(key, settings.value(key, text)));
    given.put("window", window);
    given.put("inFlight", inFlight);
    given.put("tells", tells);
    given.put("steps", steps);
    given.put("samples", samples);
    given.put("finalSamples", finalSamples);
    given.put(SearchSettings.NO_FINAL, trainedOn == null ? null : !trainedOn);
    given.values().removeIf(Objects::isNull);
    return given;
  }
}
