#include "hb_requant.h"

// The inputs are scaled by 2^20 and rounded to a common scale, as TFLite does it. The one with the larger scale is
// exactly halved, which needs no multiplication.

enum { kLeftShift = 20 };

typedef struct {
  int32_t multiplier, exponent, half, offset;
} input_scale;

static input_scale scale_of(const hb_scaled_input* input) {
  input_scale s = {input->multiplier, -input->shift, input->shift < 0 ? 1 << (-input->shift - 1) : 0,
                   (int32_t)((uint32_t)input->offset << (kLeftShift + 1))};
  return s;
}

static int is_half(const hb_scaled_input* input) { return input->multiplier == 1 << 30 && input->shift == 0; }

// (value + offset) << 20, times the multiplier, for a shift of at least one to the right.
HB_INLINE int32_t scaled_input(int8_t value, input_scale s) {
  const int32_t doubled = (int32_t)((uint32_t)value << (kLeftShift + 1)) + s.offset;
  return hb_smmlar(doubled, s.multiplier, s.half + (doubled >> 31)) >> s.exponent;
}

static int32_t exact_input(int8_t value, const hb_scaled_input* s) {
  return hb_multiply_exact((value + s->offset) * (1 << kLeftShift), s->multiplier, s->shift);
}

static void add_exact(const hb_add_params* p, const int8_t* a, const int8_t* b, int8_t* out, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const int32_t sum = exact_input(a[i], &p->a) + exact_input(b[i], &p->b);
    out[i] = (int8_t)hb_sat8(hb_multiply_exact(sum, p->multiplier, p->shift) + p->zero_point);
  }
}

void hb_add_s8(const hb_add_params* p, const int8_t* a, const int8_t* b, int8_t* out, size_t count) {
  const hb_requant r = {p->zero_point, p->min, p->max, 1, &p->multiplier, &p->shift};
  const hb_scaled_input *first = &p->a, *second = &p->b;
  if (!is_half(first)) {
    const int8_t* swap = a;
    a = b, b = swap;
    first = &p->b, second = &p->a;
  }
  const int32_t first_offset = first->offset * (1 << (kLeftShift - 1));
  if (!is_half(first) || second->multiplier < 0 || !hb_requant_is_fast(&r, 1, NULL, 0, 0)) {
    add_exact(p, first == &p->a ? a : b, first == &p->a ? b : a, out, count);
  } else if (is_half(second)) {
    const hb_scale s = hb_scale_of(&r, 0);
    const int32_t offset = first_offset + second->offset * (1 << (kLeftShift - 1));
    for (size_t i = 0; i < count; i++) {
      out[i] = (int8_t)hb_scaled(offset + (a[i] + b[i]) * (1 << (kLeftShift - 1)), s);
    }
  } else {
    const hb_scale s = hb_scale_of(&r, 0);
    const input_scale other = scale_of(second);
    for (size_t i = 0; i < count; i++) {
      const int32_t half = (int32_t)((uint32_t)a[i] << (kLeftShift - 1)) + first_offset;
      out[i] = (int8_t)hb_scaled(half + scaled_input(b[i], other), s);
    }
  }
  hb_clamp_s8(out, count, p->min, p->max);
}
