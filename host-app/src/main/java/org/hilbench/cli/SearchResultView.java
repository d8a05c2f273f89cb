package org.hilbench.cli;

import org.hilbench.BenchException;
import org.hilbench.experiment.ExperimentResult;
import org.hilbench.experiment.RunFolder;
import org.hilbench.report.Json;
import org.hilbench.report.TextReport;

/** What a search came to, written as page and models and shown as a table or JSON. */
final class SearchResultView {
  private SearchResultView() {}

  /** The exit code: whether there is anything on the front. */
  static int show(ExperimentResult result, RunFolder folder, boolean json) throws BenchException {
    result.write();
    if (json) {
      PrintableStream.out().document(Json.text(result.json()));
    } else {
      PrintableStream.out().document(TextReport.render(result.report(), Terminal.width()));
      PrintableStream.out().println("report  " + folder.report());
      PrintableStream.out().println("models  " + folder.path().resolve("models"));
    }
    if (result.front().isEmpty()) {
      PrintableStream.err()
          .println(
              "hilbench: no trial went all the way within the constraints ("
                  + (result.goal().constraints().isEmpty() ? "none" : result.goal().constraints())
                  + ")");
      return ExitCode.NO_RESULT;
    }
    return ExitCode.OK;
  }
}
