package org.hilbench.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Named float arrays as a safetensors file (github.com/huggingface/safetensors, "Format"): the
 * length of the header (8 bytes, little endian), the header as JSON, then the values, little
 * endian. All arrays are F32. Equal content gives equal bytes. Immutable; arrays are not copied.
 */
public final class Safetensors {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String METADATA = "__metadata__";

  private final Map<String, Array> arrays;
  private final Map<String, String> metadata;

  public Safetensors(Map<String, Array> arrays, Map<String, String> metadata) {
    this.arrays = Collections.unmodifiableMap(new TreeMap<>(arrays));
    this.metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
  }

  /** One array: its dimensions, outermost first, and its values in row-major order. */
  public static final class Array {
    private final int[] shape;
    private final float[] values;

    public Array(int[] shape, float[] values) {
      if (elements(shape) != values.length) {
        throw new IllegalArgumentException(
            values.length + " values do not fill " + Arrays.toString(shape));
      }
      this.shape = shape.clone();
      this.values = values;
    }

    public int[] shape() {
      return shape.clone();
    }

    public float[] values() {
      return values;
    }
  }

  /** By name, sorted. */
  public Map<String, Array> arrays() {
    return arrays;
  }

  public Map<String, String> metadata() {
    return metadata;
  }

  public byte[] bytes() {
    byte[] header = header();
    long values = arrays.values().stream().mapToLong(array -> array.values.length).sum();
    ByteBuffer file =
        ByteBuffer.allocate(Math.toIntExact(Long.BYTES + header.length + Float.BYTES * values))
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .put(header);
    for (Array array : arrays.values()) {
      file.asFloatBuffer().put(array.values);
      file.position(file.position() + Float.BYTES * array.values.length);
    }
    return file.array();
  }

  /** The header, padded with blanks so that the values start at a multiple of 8. */
  private byte[] header() {
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put(METADATA, metadata);
    long offset = 0;
    for (Map.Entry<String, Array> entry : arrays.entrySet()) {
      Array array = entry.getValue();
      long end = offset + (long) Float.BYTES * array.values.length;
      entries.put(entry.getKey(), new Entry("F32", array.shape, new long[] {offset, end}));
      offset = end;
    }
    try {
      byte[] json = JSON.writeValueAsBytes(entries);
      byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
      Arrays.fill(padded, json.length, padded.length, (byte) ' ');
      return padded;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of names writes as JSON", e);
    }
  }

  /** The file in memory, or {@link IllegalArgumentException} that says what is wrong with it. */
  public static Safetensors parse(byte[] file) {
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long headerLength = file.length < Long.BYTES ? -1 : buffer.getLong();
    if (headerLength < 0 || headerLength > buffer.remaining()) {
      throw new IllegalArgumentException("safetensors: cut short at " + file.length + " bytes");
    }
    Map<String, Object> header = parseHeader(file, (int) headerLength);
    int start = Long.BYTES + (int) headerLength;
    Map<String, Array> arrays = new TreeMap<>();
    Map<String, String> metadata = new TreeMap<>();
    header.forEach(
        (name, value) -> {
          if (name.equals(METADATA)) {
            metadata.putAll(JSON.convertValue(value, new TypeReference<Map<String, String>>() {}));
          } else {
            arrays.put(name, array(name, buffer, start, JSON.convertValue(value, Entry.class)));
          }
        });
    return new Safetensors(arrays, metadata);
  }

  private static Map<String, Object> parseHeader(byte[] file, int length) {
    String json = new String(file, Long.BYTES, length, StandardCharsets.UTF_8);
    try {
      return JSON.readValue(json, new TypeReference<LinkedHashMap<String, Object>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("safetensors: the header is no JSON object", e);
    }
  }

  private static Array array(String name, ByteBuffer file, int start, Entry entry) {
    long begin = start + entry.data_offsets[0];
    long end = start + entry.data_offsets[1];
    boolean inside = entry.data_offsets[0] >= 0 && begin <= end && end <= file.capacity();
    if (!inside
        || !entry.dtype.equals("F32")
        || end - begin != Float.BYTES * elements(entry.shape)) {
      throw new IllegalArgumentException(
          "safetensors: "
              + name
              + " is no F32 of shape "
              + Arrays.toString(entry.shape)
              + " inside the file");
    }
    float[] values = new float[(int) ((end - begin) / Float.BYTES)];
    file.duplicate()
        .order(ByteOrder.LITTLE_ENDIAN)
        .position((int) begin)
        .asFloatBuffer()
        .get(values);
    return new Array(entry.shape, values);
  }

  private static long elements(int[] shape) {
    return Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
  }

  /** A header entry; the names are the format's. */
  @SuppressWarnings({"ArrayRecordComponent", "MemberName"})
  private record Entry(String dtype, int[] shape, long[] data_offsets) {}
}
