package org.hilbench.train;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.List;
import java.util.stream.Stream;
import org.hilbench.graph.Op;
import org.hilbench.graph.Quantization;

/** JSON of graphs for the way to a worker; both ends are the same build. */
final class GraphJson {
  private GraphJson() {}

  static JsonMapper mapper() {
    return JsonMapper.builder()
        .registerSubtypes(records(Op.class))
        .registerSubtypes(records(Quantization.class))
        .addModule(new JavaTimeModule())
        .addMixIn(Op.class, TypedOp.class)
        .addMixIn(Quantization.class, TypedQuantization.class)
        .build();
  }

  /** All records that a sealed type permits, whatever lies between. */
  private static List<Class<?>> records(Class<?> type) {
    return type.isRecord()
        ? List.of(type)
        : Stream.of(type.getPermittedSubclasses())
            .flatMap(permitted -> records(permitted).stream())
            .toList();
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "op")
  private interface TypedOp {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "scheme")
  private interface TypedQuantization {}
}
