package org.hilbench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.quantity.Metric;
import org.hilbench.quantity.Quantity;
import org.hilbench.quantity.Unit;
import org.junit.jupiter.api.Test;

final class MeasurementJsonTest {
  private static final ObjectMapper JSON = JobJson.mapper();

  @Test
  void everyResultComesBackFromJsonAsItWas() throws JsonProcessingException {
    Measurement measurement =
        SampleMeasurement.measurement(SampleMeasurement.OUTPUT, SampleMeasurement.LOGITS, 1, 2);
    Quantity bytes = new Quantity.Linked(5, Unit.BYTES);
    Optional<Conditions> under = Optional.of(SampleFacts.SIMULATED);
    for (MeasurementResult result :
        new MeasurementResult[] {
          new MeasurementResult.Completed("j1", 2, measurement, under),
          new MeasurementResult.Rejected("j1", 1, "b", "RAM", bytes, bytes, "too big", under),
          new MeasurementResult.Failed("j1", 1, Stage.RUN, BenchException.Kind.TRIAL, "wedged")
        }) {
      String json = JSON.writeValueAsString(result);
      assertEquals(result, JSON.readValue(json, MeasurementResult.class));
    }
  }

  @Test
  void aRecordFromBeforeUploadsIsOfALinkedModel() throws JsonProcessingException {
    ObjectNode json =
        JSON.valueToTree(
            SampleMeasurement.measurement(SampleMeasurement.OUTPUT, SampleMeasurement.LOGITS));
    json.remove(List.of("loading", "linkedBecause"));
    Measurement read = JSON.treeToValue(json, Measurement.class);
    assertEquals(Loading.LINKED, read.loading());
    assertEquals(Optional.empty(), read.linkedBecause());
  }

  @Test
  void eachQuantityKeepsItsOrigin() throws JsonProcessingException {
    Measurement measurement =
        SampleMeasurement.measurement(SampleMeasurement.OUTPUT, SampleMeasurement.LOGITS);
    String json = JSON.writeValueAsString(measurement);
    assertTrue(json.contains("\"origin\":\"estimated\""), json);
    assertEquals("estimated", origin(measurement, Metric.LATENCY));
    assertEquals("simulated", origin(measurement, Metric.PEAK_SRAM));
    assertEquals("linked", origin(measurement, Metric.FLASH));
    assertEquals("counted", origin(measurement, Metric.MACS));
    assertTrue(measurement.quantity(Metric.ENERGY).isEmpty());
  }

  @Test
  void aPeakThatIsNotTheSumOfItsPartsIsRefused() {
    Quantity one = new Quantity.Linked(1, Unit.BYTES);
    Quantity five = new Quantity.Linked(5, Unit.BYTES);
    assertThrows(
        IllegalArgumentException.class, () -> new SramParts(one, one, one, one, one, one, five));
  }

  private static String origin(Measurement measurement, Metric metric) {
    return measurement.quantity(metric).orElseThrow().origin();
  }
}
