#include "hb_requant.h"

void hb_mul_s8(const hb_mul_params* p, const int8_t* a, const int8_t* b, int8_t* out) {
  const hb_requant* r = &p->requant;
  const hb_scale s = r->fast ? hb_scale_of(r, 0) : (hb_scale){0, 0, 0};
  for (int32_t row = 0; row < p->rows; row++, a += p->count, b += p->b_step, out += p->count) {
    for (int32_t i = 0; i < p->count; i++) {
      const int32_t product = (a[i] + p->a_offset) * (b[i] + p->b_offset);
      out[i] = (int8_t)(r->fast ? hb_scaled(product, s) : hb_requantized(r, 0, product));
    }
  }
  const size_t count = (size_t)p->rows * (size_t)p->count;
  hb_clamp_s8(out - count, count, r->min, r->max);
}
