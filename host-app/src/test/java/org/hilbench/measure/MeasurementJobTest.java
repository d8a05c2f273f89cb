package org.hilbench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hilbench.testkit.Records;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A job that goes to another machine is the same job there. */
final class MeasurementJobTest {
  private static final JsonMapper JSON = JobJson.mapper();

  private static final MeasurementJob ONE =
      MeasurementJob.of(
              Bytes.of(new byte[] {9, 9}),
              SampleIngredients.of("mps2-an386", "reference"),
              List.of(Bytes.of(new byte[] {1, 2, 3})))
          .id("j1")
          .job();

  /** Differs from the other in every component. */
  public static final MeasurementJob OTHER =
      MeasurementJob.of(
              Bytes.of(new byte[] {8}),
              SampleIngredients.of("nucleo-l4r5zi", "hilbench"),
              List.of(Bytes.of(new byte[] {4}), Bytes.of(new byte[] {5})))
          .id("j2")
          .on(MeasurementJob.ON_BOARD)
          .at(Optional.of("16mhz"))
          .keeping(List.of(1, 2))
          .timed(1, 3)
          .perOp(false)
          .loaded(Loading.UPLOADED, true)
          .job();

  static Stream<RecordComponent> components() {
    return Stream.of(MeasurementJob.class.getRecordComponents());
  }

  @ParameterizedTest
  @MethodSource("components")
  void everyComponentTravels(RecordComponent component) throws Exception {
    MeasurementJob job = Records.with(ONE, component, OTHER);
    assertNotEquals(ONE, job, component.getName());
    byte[] wire = JSON.writeValueAsBytes(job);
    assertEquals(job, JSON.readValue(wire, MeasurementJob.class));
  }

  @ParameterizedTest
  @MethodSource("components")
  void aDraftCopiesEveryComponent(RecordComponent component) {
    MeasurementJob job = Records.with(ONE, component, OTHER);
    assertEquals(job, job.draft().job());
  }

  @Test
  void theFormOnTheWireIsThisOne() throws Exception {
    assertEquals(
        "{'id':'j2','model':'CA==','ingredients':{".replace('\'', '"')
            + reference("board", "nucleo-l4r5zi")
            + ","
            + reference("kernels", "hilbench")
            + ","
            + reference("runtime", "a runtime")
            + ("},'on':'board','operatingPoint':'16mhz','inputs':['BA==','BQ=='],'keepOps':[1,2],"
                    + "'warmups':1,'runs':3,'perOp':false,'loading':'UPLOADED','elseLinked':true}")
                .replace('\'', '"'),
        JSON.writeValueAsString(OTHER));
  }

  private static String reference(String what, String name) {
    return String.format(
        "\"%s\":{\"name\":\"%s\",\"sha256\":\"%s\"}",
        what, name, SampleIngredients.named(name).sha256());
  }

  @ParameterizedTest
  @ValueSource(strings = {"serial:/dev/ttyACM0", "serial:AAA111", "/dev/ttyACM0", ""})
  void aPortOfThisMachineIsNoPartOfIt(String place) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> ONE.draft().on(place).job());
    assertTrue(
        refused.getMessage().contains("cannot measure on '" + place + "'"), refused::getMessage);
  }

  @Test
  void aFolderOfThisMachineIsNoPartOfIt() {
    assertThrows(
        IllegalArgumentException.class,
        () -> SampleIngredients.of("mps2-an386", "/home/my-kernels"));
  }
}
