#include "hb_dot.h"

// Fills the padding before and after one dimension, and between recurses into the next.
static int8_t* pad_dimension(const hb_pad_params* p, int dimension, const int8_t** in, int8_t* out) {
  int32_t inner = 1;
  for (int i = dimension + 1; i < 4; i++) inner *= p->before[i] + p->in[i] + p->after[i];
  out = hb_fill_bytes(out, p->value, p->before[dimension] * inner);
  if (dimension == 3) {
    out = hb_copy_bytes(out, *in, p->in[3]);
    *in += p->in[3];
  } else {
    for (int32_t i = 0; i < p->in[dimension]; i++) out = pad_dimension(p, dimension + 1, in, out);
  }
  return hb_fill_bytes(out, p->value, p->after[dimension] * inner);
}

void hb_pad_s8(const hb_pad_params* p, const int8_t* in, int8_t* out) { pad_dimension(p, 0, &in, out); }

void hb_scatter_blocks(const int8_t* in, int32_t bytes, int32_t count, int8_t* out, int32_t step) {
  for (; count > 0; count--, in += bytes, out += step) hb_copy_bytes(out, in, bytes);
}
