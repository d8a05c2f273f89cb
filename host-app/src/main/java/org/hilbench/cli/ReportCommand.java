package org.hilbench.cli;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.hilbench.BenchException;
import org.hilbench.experiment.Providers;
import org.hilbench.experiment.RunFolder;
import org.hilbench.experiment.StoredExperiment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hilbench report}. */
@Command(
    name = "report",
    description = "Writes the report of a search again, also of one that is still running.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "The folder of the search.")
  private @Nullable Path directory;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws BenchException {
    RunFolder folder = RunFolder.existing(Objects.requireNonNull(directory));
    try (StoredExperiment stored = StoredExperiment.open(folder, Providers.standard())) {
      return SearchResultView.show(stored.result(), folder, json);
    }
  }
}
