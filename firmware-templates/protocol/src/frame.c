#include "hilbench_protocol.h"

static void put16(uint8_t* at, uint16_t value) {
  at[0] = (uint8_t)value;
  at[1] = (uint8_t)(value >> 8);
}

static void put32(uint8_t* at, uint32_t value) {
  put16(at, (uint16_t)value);
  put16(at + 2, (uint16_t)(value >> 16));
}

static uint32_t get32(const uint8_t* at) {
  return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

void hb_packet_begin(hb_packet* packet, uint8_t type, uint16_t sequence, uint32_t nonce) {
  packet->bytes[0] = HB_VERSION;
  packet->bytes[1] = type;
  put16(packet->bytes + 2, sequence);
  put32(packet->bytes + 4, nonce);
  packet->length = HB_HEADER_BYTES;
  packet->overflow = false;
}

void hb_packet_end(hb_packet* packet) {
  put32(packet->bytes + packet->length, hb_crc32(0, packet->bytes, packet->length));
  packet->length += HB_CRC_BYTES;
}

void hb_frame_write(const hb_packet* packet, hb_write write, void* context) {
  write(context, 0);
  hb_cobs_encode(packet->bytes, packet->length, write, context);
  write(context, 0);
}

void hb_receiver_init(hb_receiver* receiver) {
  receiver->length = 0;
  receiver->overlong = false;
}

/* The packet of a whole frame, if it is one: encoded right, long enough, CRC right, our version. */
static bool parse(hb_receiver* receiver, size_t encoded, hb_message* message) {
  uint8_t* bytes = receiver->bytes;
  size_t length;
  if (!hb_cobs_decode(bytes, encoded, &length) || length < HB_HEADER_BYTES + HB_CRC_BYTES) {
    return false;
  }
  length -= HB_CRC_BYTES;
  uint32_t crc = get32(bytes + length);
  if (hb_crc32(0, bytes, length) != crc || bytes[0] != HB_VERSION) {
    return false;
  }
  message->type = bytes[1];
  message->sequence = (uint16_t)(bytes[2] | bytes[3] << 8);
  message->nonce = get32(bytes + 4);
  message->crc = crc;
  message->fields = bytes + HB_HEADER_BYTES;
  message->length = length - HB_HEADER_BYTES;
  return true;
}

bool hb_receive(hb_receiver* receiver, uint8_t byte, hb_message* message) {
  if (byte != 0) {
    if (receiver->length < sizeof receiver->bytes) {
      receiver->bytes[receiver->length++] = byte;
    } else {
      receiver->overlong = true;
    }
    return false;
  }
  size_t encoded = receiver->length;
  bool whole = encoded > 0 && !receiver->overlong;
  hb_receiver_init(receiver);
  return whole && parse(receiver, encoded, message);
}
