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
  receiver->crc = 0;
  receiver->overlong = false;
  hb_cobs_begin(&receiver->decoder);
}

/* The CRC of any bytes with their own CRC behind them. */
#define RESIDUE 0x2144df1cu

/* The packet of a whole frame, if it is one: encoded right, long enough, CRC right, our version. */
static bool parse(const hb_receiver* receiver, size_t length, hb_message* message) {
  const uint8_t* bytes = receiver->bytes;
  if (length < HB_HEADER_BYTES + HB_CRC_BYTES || receiver->crc != RESIDUE || bytes[0] != HB_VERSION) {
    return false;
  }
  length -= HB_CRC_BYTES;
  message->type = bytes[1];
  message->sequence = (uint16_t)(bytes[2] | bytes[3] << 8);
  message->nonce = get32(bytes + 4);
  message->crc = get32(bytes + length);
  message->fields = bytes + HB_HEADER_BYTES;
  message->length = length - HB_HEADER_BYTES;
  return true;
}

static void keep(hb_receiver* receiver, uint8_t decoded) {
  if (receiver->length == sizeof receiver->bytes) {
    receiver->overlong = true;
    return;
  }
  receiver->bytes[receiver->length++] = decoded;
  receiver->crc = hb_crc32(receiver->crc, &decoded, 1);
}

bool hb_receive(hb_receiver* receiver, uint8_t byte, hb_message* message) {
  if (byte != 0) {
    uint8_t decoded;
    if (hb_cobs_next(&receiver->decoder, byte, &decoded) > 0) {
      keep(receiver, decoded);
    }
    return false;
  }
  bool whole = hb_cobs_whole(&receiver->decoder) && !receiver->overlong;
  bool good = whole && parse(receiver, receiver->length, message);
  hb_receiver_init(receiver);
  return good;
}
