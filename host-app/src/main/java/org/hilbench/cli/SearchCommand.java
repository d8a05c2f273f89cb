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

  @Mixin private final SettingOptions settings = new SettingOptions();

  @Mixin private final FirmwareOptions firmware = new FirmwareOptions();

  @Option(
      names = "--set",
      paramLabel = "STRATEGY.KEY=VALUE",
      description = "A setting of a strategy, as in its block in the file; may be repeated.")
  private Map<String, String> set = Map.of();

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
    SettingsReader reader = SettingsReader.standard();
    Map<String, Object> stated = new LinkedHashMap<>();
    if (experiment != null) {
      stated.putAll(reader.read(experiment));
    }
    stated.putAll(flags(reader));
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
  private Map<String, Object> flags(SettingsReader reader) throws BenchException {
    Map<String, Object> given = new LinkedHashMap<>(settings.given());
    given.put("kernels", firmware.kernels());
    given.put("tflm", firmware.tflm());
    set.forEach((key, text) -> given.put(key, reader.value(key, text)));
    given.put(SearchSettings.NO_FINAL, trainedOn == null ? null : !trainedOn);
    given.values().removeIf(Objects::isNull);
    return given;
  }
}
