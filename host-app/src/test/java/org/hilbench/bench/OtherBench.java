package org.hilbench.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfiles;
import org.hilbench.exec.CommandRunner;
import org.hilbench.exec.ExecRunner;
import org.hilbench.firmware.FirmwareBuilder;
import org.hilbench.measure.JobJson;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.measure.MeasurementResult;

/** A bench in a process of its own: one job as JSON on stdin, its result as JSON on stdout. */
final class OtherBench {
  private OtherBench() {}

  /**
   * @param folders firmware templates, board profiles, cache
   */
  public static void main(String... folders) throws Exception {
    JsonMapper json = JobJson.mapper();
    MeasurementJob job = json.readValue(System.in.readAllBytes(), MeasurementJob.class);
    CommandRunner runner = new ExecRunner();
    BoardProfiles boards = BoardProfiles.load(Path.of(folders[1]));
    FirmwareBuilder builder = new FirmwareBuilder(runner, Path.of(folders[0]), Path.of(folders[2]));
    Bench bench = new Bench(boards, ImageBuilder.of(builder), new SimulatedPlaces(boards, runner));
    System.out.write(json.writeValueAsBytes(result(bench, job)));
    System.out.flush();
  }

  private static MeasurementResult result(Bench bench, MeasurementJob job) {
    try {
      return bench.measure(job, 1);
    } catch (BenchException e) {
      return new MeasurementResult.Failed(job.id(), 1, e.stage(), e.kind(), e.getMessage());
    }
  }
}
