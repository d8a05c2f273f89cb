package org.hilbench.cli;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.hilbench.BenchException;
import org.hilbench.experiment.Providers;
import org.hilbench.experiment.RunFolder;
import org.hilbench.experiment.StoredExperiment;
import org.hilbench.report.Json;
import org.hilbench.report.SensitivityText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hilbench sensitivity}. */
@Command(
    name = "sensitivity",
    description = "What each layer of a trial costs in accuracy when it alone drops to 4 bits.",
    mixinStandardHelpOptions = true)
final class SensitivityCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "The folder of the search.")
  private @Nullable Path directory;

  @Parameters(index = "1", paramLabel = "TRIAL", description = "Number of the trial.")
  private int number;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws BenchException {
    RunFolder folder = RunFolder.existing(Objects.requireNonNull(directory));
    try (StoredExperiment stored = StoredExperiment.open(folder, Providers.standard())) {
      var sensitivity = stored.sensitivity(number);
      PrintableStream.out()
          .document(json ? Json.text(sensitivity) : SensitivityText.render(sensitivity));
    }
    return ExitCode.OK;
  }
}
