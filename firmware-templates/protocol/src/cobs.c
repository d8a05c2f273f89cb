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

bool hb_cobs_decode(uint8_t* data, size_t length, size_t* decoded) {
  size_t in = 0;
  size_t out = 0;
  if (length == 0) {
    return false;
  }
  while (in < length) {
    size_t code = data[in++];
    if (code == 0 || code - 1 > length - in) {
      return false;
    }
    for (size_t i = 1; i < code; i++) {
      data[out++] = data[in++];
    }
    if (code != 255 && in < length) {
      data[out++] = 0;
    }
  }
  *decoded = out;
  return true;
}
