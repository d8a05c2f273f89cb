#include "hb_requant.h"

// ADD and pools on 16 bits, the arithmetic that TFLite's reference kernels do.

enum { kLeftShift = 15, kLargestRightShift = 22 };

static int32_t scaled(int16_t value, const hb_scaled_input* s) {
  return hb_multiply_exact((value + s->offset) * (1 << kLeftShift), s->multiplier, s->shift);
}

static int32_t sum_exactly(const hb_add_params* p, int16_t a, int16_t b) {
  const int32_t sum = scaled(a, &p->a) + scaled(b, &p->b);
  return hb_multiply_exact(sum, p->multiplier, p->shift) + p->zero_point;
}

// The input of the larger scale has the factor 1/2: it is shifted. The other one has at most that, so that twice the
// sum stays inside 32 bits.
static int is_half(const hb_scaled_input* s) { return s->multiplier == 1 << 30 && s->shift == 0; }

static int add_is_fast(const hb_add_params* p, const hb_scaled_input* other) {
  const int at_most_half = is_half(other) || (other->shift < 0 && other->shift >= -kLargestRightShift);
  return at_most_half && p->a.offset == 0 && p->b.offset == 0 && p->zero_point == 0 && p->shift < 0 &&
         p->shift >= -kLargestRightShift;
}

// out = larger / 2 + scaled other, scaled; ties of both shifts to the right go away from zero.
static void add_fast(const hb_add_params* p, const hb_scaled_input* s, const int16_t* larger, const int16_t* other,
                     int16_t* out, size_t count) {
  const int32_t right = -s->shift, half = right ? 1 << (right - 1) : 0, sign = right ? -1 : 0;
  const hb_scale sum_scale = {p->multiplier, 1 << (-p->shift - 1), -p->shift};
  for (const int16_t* end = larger + count; larger != end;) {
    const int32_t value = *other++;
    const int32_t high = hb_smmlar((int32_t)((uint32_t)value << (kLeftShift + 1)), s->multiplier, half);
    const int32_t sum = ((high + (value >> 31 & sign)) >> right) + *larger++ * (1 << (kLeftShift - 1));
    const int32_t twice = (int32_t)((uint32_t)sum << 1);
    *out++ =
        (int16_t)hb_sat16(hb_smmlar(twice, sum_scale.multiplier, sum_scale.round + (sum >> 31)) >> sum_scale.exponent);
  }
}

void hb_add_s16(const hb_add_params* p, const int16_t* a, const int16_t* b, int16_t* out, size_t count) {
  const int swap = !is_half(&p->a);
  const hb_scaled_input* other = swap ? &p->a : &p->b;
  if (is_half(swap ? &p->b : &p->a) && add_is_fast(p, other)) {
    add_fast(p, other, swap ? b : a, swap ? a : b, out, count);
    hb_clamp_s16(out, count, p->min, p->max);
    return;
  }
  for (size_t i = 0; i < count; i++) {
    const int32_t value = sum_exactly(p, a[i], b[i]);
    out[i] = (int16_t)(value < p->min ? p->min : value > p->max ? p->max : value);
  }
}

static int32_t larger(int32_t a, int32_t b) { return a > b ? a : b; }
static int32_t smaller(int32_t a, int32_t b) { return a < b ? a : b; }

// The mean or the largest of a channel in the part of the window that lies inside the input.
static int32_t pooled(const hb_pool_params* p, const int16_t* in, int32_t y0, int32_t x0, int largest) {
  const int32_t top = larger(y0, 0), rows = smaller(y0 + p->window.height, p->in.height) - top;
  const int32_t left = larger(x0, 0), columns = smaller(x0 + p->window.width, p->in.width) - left;
  const int32_t step = p->in.channels, row = p->in.width * step;
  int32_t sum = 0, most = INT16_MIN;
  in += top * row + left * step;
  for (int32_t y = 0; y < rows; y++, in += row) {
    const int16_t* from = in;
    if (largest) {
      for (int32_t x = columns; x > 0; x--, from += step) most = larger(most, *from);
    } else {
      for (int32_t x = columns; x > 0; x--, from += step) sum += *from;
    }
  }
  if (largest) return most;
  const int32_t count = rows * columns;
  return sum > 0 ? (sum + count / 2) / count : (sum - count / 2) / count;
}

static void pool(const hb_pool_params* p, const int16_t* in, int16_t* out, int largest) {
  for (int32_t y = 0; y < p->out.height; y++) {
    for (int32_t x = 0; x < p->out.width; x++) {
      for (int32_t channel = 0; channel < p->out.channels; channel++) {
        const int32_t value = pooled(p, in + channel, y * p->window.stride_h - p->window.pad_top,
                                     x * p->window.stride_w - p->window.pad_left, largest);
        *out++ = (int16_t)(value < p->min ? p->min : value > p->max ? p->max : value);
      }
    }
  }
}

void hb_average_pool_s16(const hb_pool_params* p, const int16_t* in, int16_t* out) { pool(p, in, out, 0); }
void hb_max_pool_s16(const hb_pool_params* p, const int16_t* in, int16_t* out) { pool(p, in, out, 1); }
