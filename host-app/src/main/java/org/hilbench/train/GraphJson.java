package org.hilbench.train;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.hilbench.graph.Op;
import org.hilbench.graph.Quantization;

/** JSON of graphs for the way to a worker; both ends are the same build. */
final class GraphJson {
  private GraphJson() {}

  static JsonMapper mapper() {
    return JsonMapper.builder()
        .addModule(new JavaTimeModule())
        .addMixIn(Op.class, TypedOp.class)
        .addMixIn(Quantization.class, TypedQuantization.class)
        .build();
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "op")
  @JsonSubTypes({
    @JsonSubTypes.Type(Op.Conv2d.class),
    @JsonSubTypes.Type(Op.DepthwiseConv2d.class),
    @JsonSubTypes.Type(Op.Add.class),
    @JsonSubTypes.Type(Op.GlobalAveragePool.class),
    @JsonSubTypes.Type(Op.Flatten.class),
    @JsonSubTypes.Type(Op.Softmax.class)
  })
  private interface TypedOp {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "scheme")
  @JsonSubTypes({
    @JsonSubTypes.Type(Quantization.None.class),
    @JsonSubTypes.Type(Quantization.PerTensor.class),
    @JsonSubTypes.Type(Quantization.PerChannel.class)
  })
  private interface TypedQuantization {}
}
