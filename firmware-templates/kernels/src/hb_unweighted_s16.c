#include "hb_requant.h"

// ADD and pools on 16 bits: plain loops, the arithmetic that TFLite's reference kernels do.

enum { kLeftShift = 15 };

static int32_t scaled(int16_t value, const hb_scaled_input* s) {
  return hb_multiply_exact((value + s->offset) * (1 << kLeftShift), s->multiplier, s->shift);
}

void hb_add_s16(const hb_add_params* p, const int16_t* a, const int16_t* b, int16_t* out, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const int32_t sum = scaled(a[i], &p->a) + scaled(b[i], &p->b);
    const int32_t value = hb_multiply_exact(sum, p->multiplier, p->shift) + p->zero_point;
    out[i] = (int16_t)(value < p->min ? p->min : value > p->max ? p->max : value);
  }
}

// The mean or the largest of a channel in the part of the window that lies inside the input.
static int32_t pooled(const hb_pool_params* p, const int16_t* in, int32_t y0, int32_t x0, int largest) {
  int32_t sum = 0, most = INT16_MIN, count = 0;
  for (int32_t y = y0 < 0 ? 0 : y0; y < y0 + p->window.height && y < p->in.height; y++) {
    for (int32_t x = x0 < 0 ? 0 : x0; x < x0 + p->window.width && x < p->in.width; x++, count++) {
      const int32_t value = in[(y * p->in.width + x) * p->in.channels];
      sum += value;
      if (value > most) most = value;
    }
  }
  if (largest) return most;
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
