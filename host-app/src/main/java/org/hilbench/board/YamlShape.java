package org.hilbench.board;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Whether a tree of values has the shape of a record: known keys, and values of the right kind. No
 * value is turned into one of another kind: {@code 3.5} and {@code "3"} are no whole numbers. Said
 * before binding, so that a misspelt key is named rather than the one that it should be.
 */
final class YamlShape {
  private static final int LONGEST = 4_096;

  /** Addresses, sizes and clocks of 32-bit parts. */
  private static final long LARGEST_FACT = 0xffff_ffffL;

  private final ObjectMapper mapper;
  private final boolean facts;

  /**
   * @param facts about boards and desks: no text is empty, no whole number negative or beyond 32
   *     bits
   */
  YamlShape(ObjectMapper mapper, boolean facts) {
    this.mapper = mapper;
    this.facts = facts;
  }

  /** Refuses what does not have the shape, by key and value. */
  void check(JsonNode tree, Class<?> type) throws YamlText.Refused {
    if (!tree.isObject()) {
      throw new YamlText.Refused(
          tree.isMissingNode() || tree.isNull() ? "nothing is said" : "no keys, but " + kind(tree));
    }
    check("", tree, mapper.constructType(type));
  }

  private void check(String path, JsonNode node, JavaType type) throws YamlText.Refused {
    if (node.isNull()) {
      throw new YamlText.Refused(path + " has no value; write one, or leave the key out");
    }
    if (type.isReferenceType()) {
      check(path, node, type.getContentType());
    } else if (type.isCollectionLikeType()) {
      require(node.isArray(), path, node, "a list");
      for (int i = 0; i < node.size(); i++) {
        check(path + "[" + i + "]", node.get(i), type.getContentType());
      }
    } else if (type.isMapLikeType()) {
      require(node.isObject(), path, node, "keys");
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        check(path + "." + YamlText.word(entry.getKey()), entry.getValue(), type.getContentType());
      }
    } else if (type.getRawClass().isRecord() && !readFromText(type.getRawClass())) {
      require(node.isObject(), path, node, "keys");
      checkKeys(path, node, type.getRawClass());
    } else {
      checkValue(path, node, type.getRawClass());
    }
  }

  private void checkKeys(String path, JsonNode node, Class<?> record) throws YamlText.Refused {
    Map<String, RecordComponent> known = new TreeMap<>();
    Arrays.stream(record.getRecordComponents()).forEach(one -> known.put(one.getName(), one));
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String key = (path.isEmpty() ? "" : path + ".") + YamlText.word(entry.getKey());
      RecordComponent component = known.get(entry.getKey());
      if (component == null) {
        throw new YamlText.Refused(
            key + " is unknown; known: " + String.join(", ", known.keySet()));
      }
      if (component.getAccessor().isAnnotationPresent(JsonDeserialize.class)) {
        JsonNode size = entry.getValue();
        boolean plain = size.isTextual() && plain(size.textValue());
        require(plain || (whole(size) && inRange(size)), key, size, "a size, such as 640 KiB");
      } else {
        check(key, entry.getValue(), mapper.constructType(component.getGenericType()));
      }
    }
  }

  private static boolean readFromText(Class<?> record) {
    return Arrays.stream(record.getDeclaredMethods())
        .anyMatch(method -> method.isAnnotationPresent(JsonCreator.class));
  }

  private void checkValue(String path, JsonNode node, Class<?> type) throws YamlText.Refused {
    if (type == boolean.class || type == Boolean.class) {
      require(node.isBoolean(), path, node, "true or false");
    } else if (type == double.class || type == Double.class) {
      require(node.isNumber() && Double.isFinite(node.doubleValue()), path, node, "a number");
    } else if (type == int.class || type == Integer.class) {
      require(whole(node) && node.canConvertToInt(), path, node, aNumber(node));
      require(inRange(node), path, node, "0 or more");
    } else if (type == long.class || type == Long.class || type == OptionalLong.class) {
      require(whole(node), path, node, aNumber(node));
      require(inRange(node), path, node, "0.." + LARGEST_FACT);
    } else {
      require(node.isTextual(), path, node, node.isValueNode() ? "a text, in quotes" : "a text");
      if (facts && node.textValue().isBlank()) {
        throw new YamlText.Refused(path + " is empty; write a value, or leave the key out");
      }
      require(plain(node.textValue()), path, node, "a line of at most " + LONGEST + " characters");
    }
  }

  private static boolean plain(String text) {
    return text.length() <= LONGEST && text.chars().noneMatch(Character::isISOControl);
  }

  private boolean inRange(JsonNode node) {
    return !facts || (node.longValue() >= 0 && node.longValue() <= LARGEST_FACT);
  }

  private static boolean whole(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToLong();
  }

  private static String aNumber(JsonNode node) {
    if (node.isIntegralNumber()) {
      return "a smaller number";
    }
    return node.isNumber() ? "a whole number" : "a number";
  }

  private static void require(boolean holds, String path, JsonNode node, String wanted)
      throws YamlText.Refused {
    if (!holds) {
      throw new YamlText.Refused(path + " is " + shown(node) + ", wanted: " + wanted);
    }
  }

  private static String shown(JsonNode node) {
    if (node.isTextual()) {
      return "'" + YamlText.word(node.textValue()) + "'";
    }
    return node.isValueNode() ? YamlText.word(node.asText()) : kind(node);
  }

  private static String kind(JsonNode node) {
    if (node.isArray()) {
      return "a list";
    }
    return node.isObject() ? "keys" : "a plain text";
  }
}
