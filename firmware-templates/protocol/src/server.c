#include "hilbench_protocol.h"

void hb_server_init(hb_server* server, hb_write write, void* context, uint32_t boot_counter) {
  hb_receiver_init(&server->receiver);
  server->write = write;
  server->context = context;
  server->boot_counter = boot_counter;
  server->nonce = 0;
  server->request.type = 0;
  server->answered = false;
}

/* The nonce of this boot: of the first salt seen, and of the boot counter. */
static void greet(hb_server* server, uint32_t salt) {
  uint8_t seed[8];
  for (unsigned i = 0; i < 4; i++) {
    seed[i] = (uint8_t)(salt >> (8 * i));
    seed[4 + i] = (uint8_t)(server->boot_counter >> (8 * i));
  }
  uint32_t nonce = hb_crc32(0, seed, sizeof seed);
  server->nonce = nonce == 0 ? 1 : nonce;
}

static bool same_request(const hb_message* one, const hb_message* other) {
  return one->type == other->type && one->sequence == other->sequence && one->crc == other->crc;
}

/* Checks what every request must have; answers by itself where it does not. */
static bool admissible(hb_server* server) {
  const hb_message* request = &server->request;
  if (!hb_fields_well_formed(request->fields, request->length)) {
    hb_server_refuse_tag(server, HB_BAD_FIELD, 0);
    return false;
  }
  if (request->type == HB_HELLO) {
    uint64_t salt;
    if (!hb_find_uint(request->fields, request->length, HB_TAG_SALT, UINT32_MAX, &salt)) {
      hb_server_refuse_tag(server, HB_BAD_FIELD, HB_TAG_SALT);
      return false;
    }
    if (server->nonce == 0) {
      greet(server, (uint32_t)salt);
    }
    return true;
  }
  if (server->nonce == 0 || request->nonce != server->nonce) {
    hb_server_refuse_tag(server, HB_WRONG_NONCE, 0);
    return false;
  }
  return true;
}

bool hb_server_take(hb_server* server, uint8_t byte) {
  hb_message message;
  if (!hb_receive(&server->receiver, byte, &message)) {
    return false;
  }
  if (message.type == 0 || message.type >= HB_REPLY) {
    return false; /* a reply: an echo of the line, not for us */
  }
  if (server->answered && same_request(&message, &server->request)) {
    hb_frame_write(&server->answer, server->write, server->context);
    return false;
  }
  server->request = message;
  server->answered = false;
  return admissible(server);
}

void hb_server_working(hb_server* server) {
  hb_packet_begin(&server->answer, HB_WORKING, server->request.sequence, server->nonce);
  hb_packet_end(&server->answer);
  hb_frame_write(&server->answer, server->write, server->context);
}

hb_packet* hb_server_answer(hb_server* server) {
  hb_packet_begin(&server->answer, (uint8_t)(server->request.type | HB_REPLY), server->request.sequence, server->nonce);
  return &server->answer;
}

hb_packet* hb_server_refuse(hb_server* server, enum hb_error code) {
  hb_packet_begin(&server->answer, HB_ERROR, server->request.sequence, server->nonce);
  hb_put_u8(&server->answer, HB_TAG_ERROR_CODE, (uint8_t)code);
  return &server->answer;
}

void hb_server_refuse_tag(hb_server* server, enum hb_error code, uint8_t tag) {
  hb_packet* error = hb_server_refuse(server, code);
  if (tag != 0) {
    hb_put_u8(error, HB_TAG_TAG, tag);
  }
  hb_server_send(server);
}

void hb_server_send(hb_server* server) {
  hb_packet_end(&server->answer);
  server->answered = true;
  hb_frame_write(&server->answer, server->write, server->context);
}
