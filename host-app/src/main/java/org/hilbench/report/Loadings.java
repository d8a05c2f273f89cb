package org.hilbench.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hilbench.device.ModelPlace;
import org.hilbench.measure.Loading;
import org.hilbench.measure.Measurement;
import org.hilbench.trial.Trial;

/**
 * How the models of a search reached the board.
 *
 * @param uploaded trials whose model was sent to resident firmware
 * @param linkedAfterAll trials whose model was to be, and had no room there
 */
record Loadings(List<Integer> uploaded, List<Integer> linkedAfterAll) {
  static Loadings of(ReportData data, Points points) {
    List<Trial> trials = data.evaluated();
    return new Loadings(numbers(trials, points, Loading.UPLOADED), linkedAfterAll(trials, points));
  }

  private static List<Integer> numbers(List<Trial> trials, Points points, Loading loading) {
    return trials.stream()
        .filter(trial -> points.measurement(trial).loading() == loading)
        .map(Trial::number)
        .toList();
  }

  private static List<Integer> linkedAfterAll(List<Trial> trials, Points points) {
    return trials.stream()
        .filter(trial -> points.measurement(trial).linkedBecause().isPresent())
        .map(Trial::number)
        .toList();
  }

  /** In a sentence or two; empty where all models were linked because that was asked for. */
  Optional<String> sentence() {
    if (uploaded.isEmpty() && linkedAfterAll.isEmpty()) {
      return Optional.empty();
    }
    int all = uploaded.size() + linkedAfterAll.size();
    String sent =
        "Uploaded to resident firmware: "
            + uploaded.size()
            + " of "
            + all
            + " models; flash is read from a link of each one's own image.";
    String flashed =
        " It had no room for those of trial "
            + linkedAfterAll.stream().map(String::valueOf).collect(Collectors.joining(", "))
            + ", which were linked and flashed.";
    return Optional.of(sent + (linkedAfterAll.isEmpty() ? "" : flashed));
  }

  /** Of one model. */
  static String of(Measurement measurement) {
    return measurement.loading() == Loading.UPLOADED
        ? "uploaded to resident firmware"
            + measurement
                .modelPlace()
                .map(place -> place == ModelPlace.RAM ? ", into RAM" : ", into its slot in flash")
                .orElse("")
            + "; flash by a link of its own image"
        : "linked into its own image"
            + measurement.linkedBecause().map(why -> ", not uploaded: " + why).orElse("");
  }
}
