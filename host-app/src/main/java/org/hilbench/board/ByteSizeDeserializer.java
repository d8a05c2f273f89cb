package org.hilbench.board;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code 640 KiB}, {@code 1 MiB} or a plain count of bytes. */
final class ByteSizeDeserializer extends StdDeserializer<Long> {
  private static final long serialVersionUID = 1L;
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9}) (KiB|MiB)");

  ByteSizeDeserializer() {
    super(Long.class);
  }

  @Override
  public Long deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      return parser.getLongValue();
    }
    String text = parser.getText();
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      return (Long)
          context.handleWeirdStringValue(
              Long.class, text, "write a size as '640 KiB', '1 MiB' or a count of bytes");
    }
    return Long.parseLong(size.group(1)) << (size.group(2).equals("KiB") ? 10 : 20);
  }
}
