/* Runs the golden vectors and a storm of corrupted frames through the library, on the host. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hilbench_protocol.h"

static int failures;
static int line_number;
static char line[40000];

#define EXPECT(what)                                                                   \
  do {                                                                                 \
    if (!(what)) {                                                                     \
      fprintf(stderr, "vector line %d, check %d: %s\n", line_number, __LINE__, #what); \
      failures++;                                                                      \
    }                                                                                  \
  } while (0)

typedef struct {
  uint8_t bytes[20000];
  size_t length;
} buffer;

static void write_to(void* context, uint8_t byte) {
  buffer* out = (buffer*)context;
  if (out->length < sizeof out->bytes) {
    out->bytes[out->length++] = byte;
  }
}

static char* word(void) { return strtok(NULL, " \n"); }

static void hex(buffer* out, const char* text) {
  out->length = 0;
  if (strcmp(text, "-") == 0) {
    return;
  }
  for (size_t i = 0; text[i] != 0; i += 2) {
    unsigned value;
    if (sscanf(text + i, "%2x", &value) != 1) {
      abort();
    }
    write_to(out, (uint8_t)value);
  }
}

static bool equal(const buffer* one, const buffer* other) {
  return one->length == other->length && memcmp(one->bytes, other->bytes, one->length) == 0;
}

static buffer a, b, out;

static void crc_vector(void) {
  hex(&a, word());
  uint32_t expected = (uint32_t)strtoul(word(), NULL, 16);
  EXPECT(hb_crc32(0, a.bytes, a.length) == expected);
  size_t half = a.length / 2;
  EXPECT(hb_crc32(hb_crc32(0, a.bytes, half), a.bytes + half, a.length - half) == expected);
}

/* Whether `encoded` is COBS; what it decodes to is in `out`. */
static bool decodes(const buffer* encoded) {
  hb_cobs_decoder decoder;
  hb_cobs_begin(&decoder);
  out.length = 0;
  for (size_t i = 0; i < encoded->length; i++) {
    uint8_t decoded;
    if (hb_cobs_next(&decoder, encoded->bytes[i], &decoded) > 0) {
      write_to(&out, decoded);
    }
  }
  return hb_cobs_whole(&decoder);
}

static void cobs_vector(void) {
  hex(&a, word());
  hex(&b, word());
  out.length = 0;
  hb_cobs_encode(a.bytes, a.length, write_to, &out);
  EXPECT(equal(&out, &b));
  EXPECT(decodes(&b));
  EXPECT(equal(&a, &out));
}

static void nocobs_vector(void) {
  hex(&a, word());
  EXPECT(!decodes(&a));
}

static void fields_vector(void) {
  hex(&a, word());
  EXPECT(hb_fields_well_formed(a.bytes, a.length) == (strcmp(word(), "ok") == 0));
}

static void uint_vector(void) {
  uint8_t tag = (uint8_t)atoi(word());
  hex(&a, word());
  const char* expected = word();
  uint64_t value = 0;
  bool found = hb_find_uint(a.bytes, a.length, tag, UINT64_MAX, &value);
  EXPECT(found == (strcmp(expected, "-") != 0));
  if (found) {
    EXPECT(value == strtoull(expected, NULL, 10));
    EXPECT(!hb_find_uint(a.bytes, a.length, tag, value - 1, &value));
  }
}

static size_t received(hb_receiver* receiver, const buffer* bytes, hb_message* last) {
  size_t count = 0;
  hb_message message;
  for (size_t i = 0; i < bytes->length; i++) {
    if (hb_receive(receiver, bytes->bytes[i], &message)) {
      *last = message;
      count++;
    }
  }
  return count;
}

static void packet_vector(void) {
  static hb_packet packet;
  static hb_receiver receiver;
  hb_message message;
  uint8_t type = (uint8_t)atoi(word());
  uint16_t sequence = (uint16_t)atoi(word());
  uint32_t nonce = (uint32_t)strtoul(word(), NULL, 10);
  hex(&a, word());
  hex(&b, word());
  hb_packet_begin(&packet, type, sequence, nonce);
  hb_reader reader;
  hb_field field;
  hb_reader_init(&reader, a.bytes, a.length);
  while (hb_next(&reader, &field)) {
    EXPECT(hb_put_bytes(&packet, field.tag, field.value, field.length));
  }
  hb_packet_end(&packet);
  out.length = 0;
  hb_frame_write(&packet, write_to, &out);
  EXPECT(equal(&out, &b));
  hb_receiver_init(&receiver);
  EXPECT(received(&receiver, &b, &message) == 1);
  EXPECT(message.type == type && message.sequence == sequence && message.nonce == nonce);
  EXPECT(message.length == a.length && memcmp(message.fields, a.bytes, a.length) == 0);
}

static void line_vector(void) {
  static hb_receiver receiver;
  hb_message message;
  hex(&a, word());
  hb_receiver_init(&receiver);
  EXPECT(received(&receiver, &a, &message) == (size_t)atoi(word()));
}

static void nonce_vector(void) {
  static hb_server server;
  static hb_packet hello;
  out.length = 0;
  uint32_t salt = (uint32_t)strtoul(word(), NULL, 10);
  hb_server_init(&server, write_to, &out, (uint32_t)strtoul(word(), NULL, 10));
  hb_packet_begin(&hello, HB_HELLO, 0, 0);
  hb_put_u32(&hello, HB_TAG_SALT, salt);
  hb_packet_end(&hello);
  a.length = 0;
  hb_frame_write(&hello, write_to, &a);
  for (size_t i = 0; i < a.length; i++) {
    hb_server_take(&server, a.bytes[i]);
  }
  EXPECT(server.nonce == (uint32_t)strtoul(word(), NULL, 10));
}

static hb_server talker;
static buffer said;

/* Answers a request with its own fields. */
static void answer_echo(void) {
  static buffer fields;
  fields.length = talker.request.length;
  memcpy(fields.bytes, talker.request.fields, fields.length);
  hb_packet* answer = hb_server_answer(&talker);
  hb_reader reader;
  hb_field field;
  hb_reader_init(&reader, fields.bytes, fields.length);
  while (hb_next(&reader, &field)) {
    hb_put_bytes(answer, field.tag, field.value, field.length);
  }
  hb_server_send(&talker);
}

static void talk_vector(void) { hb_server_init(&talker, write_to, &said, (uint32_t)strtoul(word(), NULL, 10)); }

static int asked;

static void host_vector(void) {
  hex(&a, word());
  said.length = 0;
  asked = 0;
  for (size_t i = 0; i < a.length; i++) {
    if (hb_server_take(&talker, a.bytes[i])) {
      asked++;
      answer_echo();
    }
  }
}

static void device_vector(void) {
  const char* expected = word();
  bool asks = strcmp(expected, "asks") == 0;
  hex(&b, asks ? word() : expected);
  EXPECT(asked == (asks ? 1 : 0));
  EXPECT(equal(&said, &b));
}

static void vector(const char* kind) {
  static const struct {
    const char* kind;
    void (*run)(void);
  } known[] = {{"crc", crc_vector},   {"cobs", cobs_vector},     {"nocobs", nocobs_vector}, {"fields", fields_vector},
               {"uint", uint_vector}, {"packet", packet_vector}, {"line", line_vector},     {"nonce", nonce_vector},
               {"talk", talk_vector}, {"host", host_vector},     {"device", device_vector}};
  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
    if (strcmp(kind, known[i].kind) == 0) {
      known[i].run();
      return;
    }
  }
  EXPECT(!"a known kind of vector");
}

static uint32_t random_state;

static uint32_t next_random(uint32_t bound) {
  random_state = random_state * 1664525u + 1013904223u;
  return (uint32_t)(((uint64_t)(random_state >> 8) * bound) >> 24);
}

static void corrupt(buffer* frame) {
  size_t at = next_random((uint32_t)frame->length);
  switch (next_random(4)) {
    case 0: frame->bytes[at] ^= (uint8_t)(1u << next_random(8)); break;
    case 1: frame->bytes[at] = (uint8_t)(frame->bytes[at] + 1 + next_random(255)); break;
    case 2:
      memmove(frame->bytes + at, frame->bytes + at + 1, frame->length - at - 1);
      frame->length--;
      break;
    default: frame->length = at; break;
  }
}

/* A corrupted frame is never believed, unless what is left of it are the very bytes that were sent; the next good frame
 * always is. */
static void storm(int frames) {
  static hb_packet packet;
  static hb_receiver receiver;
  static buffer good, bad;
  static uint8_t data[200];
  hb_message message;
  hb_receiver_init(&receiver);
  for (int i = 0; i < frames; i++) {
    size_t length = next_random(sizeof data);
    for (size_t j = 0; j < length; j++) {
      data[j] = (uint8_t)next_random(next_random(2) ? 256 : 2);
    }
    hb_packet_begin(&packet, HB_ECHO, (uint16_t)i, 99);
    hb_put_bytes(&packet, HB_TAG_DATA, data, length);
    hb_packet_end(&packet);
    good.length = 0;
    hb_frame_write(&packet, write_to, &good);
    bad = good;
    corrupt(&bad);
    if (received(&receiver, &bad, &message) > 0) {
      EXPECT(message.length == length + 3 && memcmp(message.fields + 3, data, length) == 0);
    }
    EXPECT(received(&receiver, &good, &message) >= 1);
    EXPECT(message.sequence == (uint16_t)i && memcmp(message.fields + 3, data, length) == 0);
  }
}

static void packets_fill_up_without_overflowing(void) {
  static hb_packet packet;
  static uint8_t data[2 * HB_MAX_PACKET];
  hb_packet_begin(&packet, HB_READ | HB_REPLY, 1, 2);
  EXPECT(!hb_put_bytes(&packet, HB_TAG_DATA, data, hb_room(&packet) + 1));
  EXPECT(packet.length == HB_HEADER_BYTES && packet.overflow);
  packet.overflow = false;
  int records = 0;
  size_t mark;
  do {
    mark = hb_open(&packet, HB_TAG_OP_RECORD);
    hb_put_u64(&packet, HB_TAG_TICKS, 5);
    records++;
  } while (hb_close(&packet, mark));
  EXPECT(packet.length == mark && records > 10);
  EXPECT(hb_fields_well_formed(packet.bytes + HB_HEADER_BYTES, packet.length - HB_HEADER_BYTES));
  EXPECT(hb_put_bytes(&packet, HB_TAG_DATA, data, hb_room(&packet)) || hb_room(&packet) == 0);
  hb_packet_end(&packet);
  EXPECT(packet.length <= HB_MAX_PACKET);
}

/* A model over a line that loses, repeats and reorders pieces, asked for again from where the device says that it
 * stands. */
static void an_upload_is_whole_only_when_every_byte_came(void) {
  static uint8_t model[5000], memory[5000 + 16];
  hb_upload upload = {0};
  EXPECT(!hb_upload_whole(&upload));
  for (int round = 0; round < 200; round++) {
    uint32_t total = 1 + next_random(sizeof model);
    for (uint32_t i = 0; i < total; i++) {
      model[i] = (uint8_t)next_random(256);
    }
    memset(memory, 0x5a, sizeof memory);
    hb_upload_begin(&upload, memory, total, total);
    while (!hb_upload_whole(&upload)) {
      uint32_t at = upload.have;
      while (at < total) {
        uint32_t length = 1 + next_random(600);
        length = length < total - at ? length : total - at;
        uint32_t turns = next_random(8) == 0 ? 0 : 1 + next_random(2);
        for (uint32_t i = 0; i < turns; i++) {
          EXPECT(hb_upload_take(&upload, at, model + at, length));
        }
        at += length;
      }
    }
    EXPECT(upload.have == total && memcmp(memory, model, total) == 0);
    EXPECT(memory[total] == 0x5a);
    EXPECT(!hb_upload_take(&upload, total, model, 1) && !hb_upload_take(&upload, 0, model, (size_t)total + 1));
    EXPECT(!hb_upload_take(&upload, UINT32_MAX, model, 2) && upload.have == total);
    hb_upload_end(&upload);
    EXPECT(!hb_upload_whole(&upload) && !hb_upload_take(&upload, 0, model, 1));
  }
}

/* The same into a window, from which whole units of 32 bytes go on to a flash. */
static void an_upload_through_a_window_loses_nothing(void) {
  enum { UNIT = 32 };
  static uint8_t model[9000], flash[9000], memory[2048 + 16];
  for (int round = 0; round < 200; round++) {
    uint32_t total = 1 + next_random(sizeof model), room = 700 + next_random(1348);
    for (uint32_t i = 0; i < total; i++) {
      model[i] = (uint8_t)next_random(256);
    }
    memset(memory, 0x5a, sizeof memory);
    hb_upload upload;
    hb_upload_begin(&upload, memory, room, total);
    while (upload.base < total) {
      for (uint32_t at = next_random(4) == 0 ? 0 : upload.have; at < total;) {
        uint32_t length = 1 + next_random(600);
        length = length < total - at ? length : total - at;
        EXPECT(next_random(9) == 0 || hb_upload_take(&upload, at, model + at, length));
        at += length;
      }
      EXPECT(upload.have - upload.base <= room && memory[room] == 0x5a);
      uint32_t count = upload.have - upload.base;
      count -= hb_upload_whole(&upload) ? 0 : count % UNIT;
      memcpy(flash + upload.base, memory, count);
      hb_upload_move(&upload, count);
    }
    EXPECT(hb_upload_whole(&upload) && memcmp(flash, model, total) == 0);
    EXPECT(hb_upload_take(&upload, 0, model, 1) && upload.have == total);
    EXPECT(!hb_upload_take(&upload, total, model, 1));
  }
}

int main(int argc, char** argv) {
  FILE* vectors = argc == 2 || argc == 3 ? fopen(argv[1], "r") : NULL;
  if (vectors == NULL) {
    fprintf(stderr, "usage: protocol_test VECTORS [SEED]\n");
    return 2;
  }
  int run = 0;
  while (fgets(line, sizeof line, vectors) != NULL) {
    line_number++;
    if (line[0] != '#' && line[0] != '\n') {
      vector(strtok(line, " \n"));
      run++;
    }
  }
  fclose(vectors);
  line_number = 0;
  packets_fill_up_without_overflowing();
  an_upload_is_whole_only_when_every_byte_came();
  an_upload_through_a_window_loses_nothing();
  int frames = 1000000;
  unsigned long seed = argc == 3 ? strtoul(argv[2], NULL, 10) : 1;
  random_state = (uint32_t)seed;
  storm(frames);
  printf("%d vectors, %d corrupted frames of seed %lu, %d failures\n", run, frames, seed, failures);
  return failures == 0 && run > 0 ? 0 : 1;
}
