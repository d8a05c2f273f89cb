package org.hilbench.space;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.hilbench.UnknownNameException;

/** Reads an architecture as a network of the space that its JSON form names. */
final class ArchitectureReader extends StdDeserializer<Architecture> {
  private static final long serialVersionUID = 1;

  private final transient Spaces spaces;

  ArchitectureReader(Spaces spaces) {
    super(Architecture.class);
    this.spaces = spaces;
  }

  @Override
  public Architecture deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    ObjectNode form = context.readValue(parser, ObjectNode.class);
    JsonNode name = form.remove(Spaces.KEY);
    try {
      String space = name == null ? Spaces.DEFAULT : name.asText();
      return context.readTreeAsValue(form, spaces.provider(space).architectures());
    } catch (UnknownNameException e) {
      throw JsonMappingException.from(parser, e.getMessage(), e);
    }
  }
}
