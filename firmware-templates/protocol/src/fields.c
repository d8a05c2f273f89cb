#include <string.h>

#include "hilbench_protocol.h"

#define HEAD 3u

void hb_reader_init(hb_reader* reader, const uint8_t* fields, size_t length) {
  reader->at = fields;
  reader->left = length;
  reader->malformed = false;
}

bool hb_next(hb_reader* reader, hb_field* field) {
  if (reader->malformed || reader->left == 0) {
    return false;
  }
  if (reader->left < HEAD || reader->left - HEAD < (size_t)(reader->at[1] | reader->at[2] << 8)) {
    reader->malformed = true;
    return false;
  }
  field->tag = reader->at[0];
  field->length = (uint16_t)(reader->at[1] | reader->at[2] << 8);
  field->value = reader->at + HEAD;
  reader->at += HEAD + field->length;
  reader->left -= HEAD + field->length;
  return true;
}

bool hb_fields_well_formed(const uint8_t* fields, size_t length) {
  hb_reader reader;
  hb_field field;
  hb_reader_init(&reader, fields, length);
  while (hb_next(&reader, &field)) {
  }
  return !reader.malformed;
}

bool hb_find(const uint8_t* fields, size_t length, uint8_t tag, hb_field* field) {
  hb_reader reader;
  hb_reader_init(&reader, fields, length);
  while (hb_next(&reader, field)) {
    if (field->tag == tag) {
      return true;
    }
  }
  return false;
}

bool hb_find_uint(const uint8_t* fields, size_t length, uint8_t tag, uint64_t max, uint64_t* value) {
  hb_field field;
  if (!hb_find(fields, length, tag, &field)) {
    return false;
  }
  if (field.length != 1 && field.length != 2 && field.length != 4 && field.length != 8) {
    return false;
  }
  uint64_t number = 0;
  for (size_t i = field.length; i > 0; i--) {
    number = number << 8 | field.value[i - 1];
  }
  *value = number;
  return number <= max;
}

/* Where fields must end, so that the CRC still fits. */
static size_t limit(void) { return HB_MAX_PACKET - HB_CRC_BYTES; }

size_t hb_room(const hb_packet* packet) {
  return packet->length + HEAD >= limit() ? 0 : limit() - packet->length - HEAD;
}

static void head(hb_packet* packet, uint8_t tag, size_t length) {
  uint8_t* at = packet->bytes + packet->length;
  at[0] = tag;
  at[1] = (uint8_t)length;
  at[2] = (uint8_t)(length >> 8);
  packet->length += HEAD;
}

bool hb_put_bytes(hb_packet* packet, uint8_t tag, const void* data, size_t length) {
  if (packet->length + HEAD > limit() || length > hb_room(packet)) {
    packet->overflow = true;
    return false;
  }
  head(packet, tag, length);
  if (length > 0) {
    memcpy(packet->bytes + packet->length, data, length);
  }
  packet->length += length;
  return true;
}

bool hb_put_text(hb_packet* packet, uint8_t tag, const char* text) {
  size_t length = strlen(text);
  size_t room = hb_room(packet);
  return hb_put_bytes(packet, tag, text, length < room ? length : room);
}

static bool put_uint(hb_packet* packet, uint8_t tag, uint64_t value, size_t bytes) {
  uint8_t little[8];
  for (size_t i = 0; i < bytes; i++) {
    little[i] = (uint8_t)(value >> (8 * i));
  }
  return hb_put_bytes(packet, tag, little, bytes);
}

bool hb_put_u8(hb_packet* packet, uint8_t tag, uint8_t value) { return put_uint(packet, tag, value, 1); }
bool hb_put_u16(hb_packet* packet, uint8_t tag, uint16_t value) { return put_uint(packet, tag, value, 2); }
bool hb_put_u32(hb_packet* packet, uint8_t tag, uint32_t value) { return put_uint(packet, tag, value, 4); }
bool hb_put_u64(hb_packet* packet, uint8_t tag, uint64_t value) { return put_uint(packet, tag, value, 8); }

size_t hb_open(hb_packet* packet, uint8_t tag) {
  size_t mark = packet->length;
  packet->overflow = packet->length + HEAD > limit();
  if (!packet->overflow) {
    head(packet, tag, 0);
  }
  return mark;
}

bool hb_close(hb_packet* packet, size_t mark) {
  if (packet->overflow) {
    packet->length = mark;
    packet->overflow = false;
    return false;
  }
  size_t length = packet->length - mark - HEAD;
  packet->bytes[mark + 1] = (uint8_t)length;
  packet->bytes[mark + 2] = (uint8_t)(length >> 8);
  return true;
}
