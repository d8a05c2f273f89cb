#include "hilbench_protocol.h"

/* How many bytes from `data` on are not zero, at most 254. */
static size_t run_length(const uint8_t* data, size_t length) {
  size_t run = 0;
  while (run < length && run < 254 && data[run] != 0) {
    run++;
  }
  return run;
}

void hb_cobs_encode(const uint8_t* data, size_t length, hb_write write, void* context) {
  size_t at = 0;
  bool open = true; /* one more group is due: at the start, and after each zero */
  while (open) {
    size_t run = run_length(data + at, length - at);
    write(context, (uint8_t)(run + 1));
    for (size_t i = 0; i < run; i++) {
      write(context, data[at + i]);
    }
    at += run;
    if (run == 254) {
      open = at < length; /* a full group stands for no zero */
    } else {
      open = at < length;
      at += open ? 1 : 0;
    }
  }
}

void hb_cobs_begin(hb_cobs_decoder* decoder) {
  decoder->left = 0;
  decoder->begun = false;
  decoder->zero_due = false;
}

size_t hb_cobs_next(hb_cobs_decoder* decoder, uint8_t encoded, uint8_t* decoded) {
  if (decoder->left > 0) {
    decoder->left--;
    *decoded = encoded;
    return 1;
  }
  size_t given = decoder->zero_due ? 1 : 0;
  *decoded = 0;
  decoder->left = (uint8_t)(encoded - 1);
  decoder->begun = true;
  decoder->zero_due = encoded != 255; /* a full group stands for no zero */
  return given;
}

bool hb_cobs_whole(const hb_cobs_decoder* decoder) { return decoder->begun && decoder->left == 0; }
