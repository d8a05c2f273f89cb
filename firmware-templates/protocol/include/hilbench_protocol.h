/* Frames, packets and fields between host and firmware: docs/protocol.md.
 *
 * C99, no allocation, no I/O, no static data but one table. Nothing here knows what a message does. */
#ifndef HILBENCH_PROTOCOL_H
#define HILBENCH_PROTOCOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define HB_VERSION 1u

/* Longest packet of this firmware, header and CRC counted: 128 to 65535. */
#ifndef HB_MAX_PACKET
#define HB_MAX_PACKET 1024u
#endif
#define HB_HEADER_BYTES 8u
#define HB_CRC_BYTES 4u

enum hb_type {
  HB_HELLO = 0x01,
  HB_SET_OPERATING_POINT = 0x02,
  HB_INPUT = 0x03,
  HB_RUN = 0x04,
  HB_READ = 0x05,
  HB_STATISTICS = 0x06,
  HB_OPS = 0x07,
  HB_FAULT = 0x08,
  HB_RESET = 0x09,
  HB_ECHO = 0x0a,
  HB_CRASH = 0x0b,
  HB_UPLOAD_BEGIN = 0x10,
  HB_UPLOAD_DATA = 0x11,
  HB_UPLOAD_COMMIT = 0x12,
  HB_UPLOAD_PROGRESS = 0x13,
  HB_REPLY = 0x80, /* or-ed to the type of the request */
  HB_WORKING = 0xfe,
  HB_ERROR = 0xff
};

enum hb_tag {
  HB_TAG_SALT = 1,
  HB_TAG_PROTOCOL = 2,
  HB_TAG_BUILD_ID = 3,
  HB_TAG_MODEL_SHA256 = 4,
  HB_TAG_MODEL_BYTES = 5,
  HB_TAG_TFLM_VERSION = 6,
  HB_TAG_KERNELS = 7,
  HB_TAG_CORE = 8,
  HB_TAG_TARGET = 9,
  HB_TAG_UNIQUE_ID = 10,
  HB_TAG_MAX_PACKET = 11,
  HB_TAG_INPUT_BYTES = 12,
  HB_TAG_OUTPUT_BYTES = 13,
  HB_TAG_OP_COUNT = 14,
  HB_TAG_RESET_CAUSE = 15,
  HB_TAG_CAPABILITIES = 16,
  HB_TAG_OPERATING_POINT = 17,
  HB_TAG_MODEL_STATUS = 18,
  HB_TAG_TEXT = 19,
  HB_TAG_CLOCK_POINT = 20,
  HB_TAG_CLOCK_HZ = 21,
  HB_TAG_CLOCK_CONFIRMED = 22,
  HB_TAG_CLOCK_CAUSE = 23,
  HB_TAG_TICK_SOURCE = 24,
  HB_TAG_TICK_HZ = 25,
  HB_TAG_OFFSET = 26,
  HB_TAG_DATA = 27,
  HB_TAG_TOTAL = 28,
  HB_TAG_CRC = 29,
  HB_TAG_WARMUPS = 30,
  HB_TAG_RUNS = 31,
  HB_TAG_PER_OP = 32,
  HB_TAG_STOP_AFTER = 33,
  HB_TAG_OP = 34,
  HB_TAG_LENGTH = 35,
  HB_TAG_FIRST = 36,
  HB_TAG_RUN_TICKS = 37,
  HB_TAG_ARENA_USED = 38,
  HB_TAG_ARENA_BYTES = 39,
  HB_TAG_STACK_USED = 40,
  HB_TAG_STACK_BYTES = 41,
  HB_TAG_OP_RECORD = 42,
  HB_TAG_OP_CODE = 43,
  HB_TAG_TICKS = 44,
  HB_TAG_SOURCE = 45,
  HB_TAG_ERROR_CODE = 46,
  HB_TAG_TAG = 47,
  HB_TAG_PHASE = 48,
  HB_TAG_FAULT_PC = 49,
  HB_TAG_FAULT_LR = 50,
  HB_TAG_CFSR = 51,
  HB_TAG_HFSR = 52,
  HB_TAG_BFAR = 53,
  HB_TAG_MMFAR = 54,
  HB_TAG_SLOT_BYTES = 64,
  HB_TAG_PLACE = 65,
  HB_TAG_FLASH_SLOT_BYTES = 66,
  HB_TAG_FLASH_ADDRESS = 67,
  HB_TAG_FLASH_STATUS = 68
};

enum hb_error {
  HB_UNKNOWN_MESSAGE = 1,
  HB_BAD_FIELD = 2,
  HB_WRONG_NONCE = 3,
  HB_BAD_STATE = 4,
  HB_OUT_OF_RANGE = 5,
  HB_MODEL_NOT_READY = 6,
  HB_INVOKE_FAILED = 7,
  HB_UNKNOWN_OPERATING_POINT = 8,
  HB_FAULTED = 9,
  HB_NOT_SUPPORTED = 10,
  HB_CORRUPT = 11,
  HB_FLASH_FAILED = 12
};

enum hb_model_status { HB_MODEL_READY = 0, HB_MODEL_NONE = 1, HB_MODEL_REFUSED = 4 };

enum hb_source { HB_SOURCE_OUTPUT = 0, HB_SOURCE_OP = 1, HB_SOURCE_INPUT = 2 };

enum hb_place { HB_PLACE_RAM = 0, HB_PLACE_FLASH = 1 };

enum hb_capability {
  HB_CAN_PER_OP = 1u << 0,
  HB_CAN_STOP_AFTER = 1u << 1,
  HB_CAN_OPERATING_POINTS = 1u << 2,
  HB_CAN_RESET = 1u << 3,
  HB_CAN_UPLOAD = 1u << 4,
  HB_CAN_CRASH = 1u << 5
};

/* --- CRC-32 as zlib: hb_crc32(0, all) == hb_crc32(hb_crc32(0, first), rest). */
uint32_t hb_crc32(uint32_t crc, const void* data, size_t length);

/* --- COBS. Where bytes go one at a time. */
typedef void (*hb_write)(void* context, uint8_t byte);

/* Writes the encoded bytes, without the zeros around a frame. */
void hb_cobs_encode(const uint8_t* data, size_t length, hb_write write, void* context);

/* Decodes a byte at a time, so that the end of a frame costs no more than any other byte. */
typedef struct {
  uint8_t left;  /* bytes of the group that are still to come */
  bool begun;    /* a group has begun */
  bool zero_due; /* a zero stands between this group and the next, if there is one */
} hb_cobs_decoder;

void hb_cobs_begin(hb_cobs_decoder* decoder);
/* Takes the next encoded byte, not zero; how many bytes it gave: 0 or 1, which is then in `decoded`. */
size_t hb_cobs_next(hb_cobs_decoder* decoder, uint8_t encoded, uint8_t* decoded);
/* Whether what was taken is whole. */
bool hb_cobs_whole(const hb_cobs_decoder* decoder);

/* --- Fields, reading. */
typedef struct {
  uint8_t tag;
  uint16_t length;
  const uint8_t* value; /* points into the packet */
} hb_field;

typedef struct {
  const uint8_t* at;
  size_t left;
  bool malformed; /* a field ran over the end */
} hb_reader;

void hb_reader_init(hb_reader* reader, const uint8_t* fields, size_t length);
/* The next field; false at the end or where malformed. */
bool hb_next(hb_reader* reader, hb_field* field);
/* True if every field ends inside. */
bool hb_fields_well_formed(const uint8_t* fields, size_t length);
/* First field of this tag. */
bool hb_find(const uint8_t* fields, size_t length, uint8_t tag, hb_field* field);
/* First field of this tag as an integer; false if it is absent, or no integer, or above `max`. */
bool hb_find_uint(const uint8_t* fields, size_t length, uint8_t tag, uint64_t max, uint64_t* value);

/* --- Packets, writing: begin, put fields, end. */
typedef struct {
  uint8_t bytes[HB_MAX_PACKET];
  size_t length;
  bool overflow; /* a field did not fit and was left out whole */
} hb_packet;

void hb_packet_begin(hb_packet* packet, uint8_t type, uint16_t sequence, uint32_t nonce);
/* Room for values: what the packet still takes, without the 3 bytes of one more field's head. */
size_t hb_room(const hb_packet* packet);
/* Each returns false, and leaves the packet as it was, where the field does not fit. */
bool hb_put_bytes(hb_packet* packet, uint8_t tag, const void* data, size_t length);
bool hb_put_text(hb_packet* packet, uint8_t tag, const char* text); /* cut where the packet ends */
bool hb_put_u8(hb_packet* packet, uint8_t tag, uint8_t value);
bool hb_put_u16(hb_packet* packet, uint8_t tag, uint16_t value);
bool hb_put_u32(hb_packet* packet, uint8_t tag, uint32_t value);
bool hb_put_u64(hb_packet* packet, uint8_t tag, uint64_t value);
/* A field that holds fields: whatever is put between the two. `mark` is hb_open's answer; hb_close returns false, and
 * takes the field back, where something in it did not fit. */
size_t hb_open(hb_packet* packet, uint8_t tag);
bool hb_close(hb_packet* packet, size_t mark);
/* Appends the CRC. No field may follow. */
void hb_packet_end(hb_packet* packet);
/* Writes the packet as a frame: 00 COBS 00. */
void hb_frame_write(const hb_packet* packet, hb_write write, void* context);

/* --- Frames, receiving. */
typedef struct {
  uint8_t bytes[HB_MAX_PACKET];
  size_t length;
  hb_cobs_decoder decoder;
  uint32_t crc;
  bool overlong;
} hb_receiver;

typedef struct {
  uint8_t type;
  uint16_t sequence;
  uint32_t nonce;
  uint32_t crc;
  const uint8_t* fields; /* points into the receiver: good until the next byte is taken */
  size_t length;
} hb_message;

void hb_receiver_init(hb_receiver* receiver);
/* Takes one byte of the line; true when it ended a good packet, which is then in `message`. */
bool hb_receive(hb_receiver* receiver, uint8_t byte, hb_message* message);

/* --- The device's side of the conversation: nonce, repeated requests, answers. Not what messages do. */
typedef struct {
  hb_receiver receiver;
  hb_packet answer; /* the answer in the making, then the last one sent */
  hb_write write;
  void* context;
  uint32_t boot_counter;
  uint32_t nonce;
  hb_message request; /* the one being carried out; `fields` are gone once the next byte is taken */
  bool answered;      /* `answer` answers `request` */
} hb_server;

/* `boot_counter`: of memory that start-up does not clear, counted up by the caller at each boot. */
void hb_server_init(hb_server* server, hb_write write, void* context, uint32_t boot_counter);

/* Takes one byte of the line. True: `server->request` is a new request with the right nonce and well-formed fields, to
 * be carried out and answered. Repeated requests, wrong nonces, malformed fields and other versions are answered in
 * here. */
bool hb_server_take(hb_server* server, uint8_t byte);

/* Tells the host that the request's work has begun. */
void hb_server_working(hb_server* server);

/* Begins the answer to the request: returns the packet, to put fields into; then hb_server_send. */
hb_packet* hb_server_answer(hb_server* server);
/* Begins an ERROR, with its code put. */
hb_packet* hb_server_refuse(hb_server* server, enum hb_error code);
void hb_server_send(hb_server* server);
/* An ERROR whose only other field is the tag at fault (0: none). */
void hb_server_refuse_tag(hb_server* server, enum hb_error code, uint8_t tag);

/* --- Model upload, the device's side: pieces in order of offset into a window of memory of the caller, who takes what
 * came out of it where the model is larger than the window. */
typedef struct {
  uint8_t* memory;
  uint32_t room;  /* bytes of the window */
  uint32_t base;  /* of the model, where the window begins */
  uint32_t total; /* bytes announced; 0: no upload is under way */
  uint32_t have;  /* of these in a row from the start */
} hb_upload;

void hb_upload_begin(hb_upload* upload, uint8_t* memory, uint32_t room, uint32_t total);
/* Takes a piece. False: it runs past the end. A piece behind a gap, and what does not fit the window, is left out, and
 * `have` tells where to go on; a piece that came before is harmless. */
bool hb_upload_take(hb_upload* upload, uint32_t offset, const uint8_t* data, size_t length);
/* Moves the window on by this many bytes, of those that it has. */
void hb_upload_move(hb_upload* upload, uint32_t count);
/* Whether every byte is there. */
bool hb_upload_whole(const hb_upload* upload);
/* No upload is under way any more. */
void hb_upload_end(hb_upload* upload);

#ifdef __cplusplus
}
#endif

#endif
