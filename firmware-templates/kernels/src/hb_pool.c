#include "hb_dsp.h"
#include "hb_requant.h"

// The part of a pooling window that lies inside the input.
typedef struct {
  int32_t y0, y1, x0, x1;
} span;

static span inside(const hb_pool_params* p, int32_t y, int32_t x) {
  const hb_window* w = &p->window;
  span s = {y * w->stride_h - w->pad_top, 0, x * w->stride_w - w->pad_left, 0};
  s.y1 = s.y0 + w->height < p->in.height ? s.y0 + w->height : p->in.height;
  s.x1 = s.x0 + w->width < p->in.width ? s.x0 + w->width : p->in.width;
  if (s.y0 < 0) s.y0 = 0;
  if (s.x0 < 0) s.x0 = 0;
  return s;
}

static int8_t clamped(int32_t value, const hb_pool_params* p) {
  return (int8_t)(value < p->min ? p->min : value > p->max ? p->max : value);
}

// Rounded to nearest, ties away from zero.
static int32_t mean_of(int32_t sum, int32_t count) {
  return sum > 0 ? (sum + count / 2) / count : (sum - count / 2) / count;
}

static int32_t sum_one(const hb_pool_params* p, const int8_t* in, const span* s) {
  int32_t sum = 0;
  for (int32_t y = s->y0; y < s->y1; y++) {
    const int8_t* at = in + (y * p->in.width + s->x0) * p->in.channels;
    for (int32_t x = s->x0; x < s->x1; x++, at += p->in.channels) sum += *at;
  }
  return sum;
}

static void sum_four(const hb_pool_params* p, const int8_t* in, const span* s, int32_t sums[4]) {
  int32_t s0 = 0, s1 = 0, s2 = 0, s3 = 0;
  for (int32_t y = s->y0; y < s->y1; y++) {
    const int8_t* at = in + (y * p->in.width + s->x0) * p->in.channels;
    for (int32_t x = s->x0; x < s->x1; x++, at += p->in.channels) s0 += at[0], s1 += at[1], s2 += at[2], s3 += at[3];
  }
  sums[0] = s0, sums[1] = s1, sums[2] = s2, sums[3] = s3;
}

void hb_average_pool_s8(const hb_pool_params* p, const int8_t* in, int8_t* out) {
  for (int32_t y = 0; y < p->out.height; y++) {
    for (int32_t x = 0; x < p->out.width; x++, out += p->out.channels) {
      const span s = inside(p, y, x);
      const int32_t count = (s.y1 - s.y0) * (s.x1 - s.x0);
      int32_t channel = 0;
      for (; channel + 4 <= p->in.channels; channel += 4) {
        int32_t sums[4];
        sum_four(p, in + channel, &s, sums);
        for (int i = 0; i < 4; i++) out[channel + i] = clamped(mean_of(sums[i], count), p);
      }
      for (; channel < p->in.channels; channel++) {
        out[channel] = clamped(mean_of(sum_one(p, in + channel, &s), count), p);
      }
    }
  }
}

static int32_t largest_one(const hb_pool_params* p, const int8_t* in, const span* s) {
  int32_t largest = -128;
  for (int32_t y = s->y0; y < s->y1; y++) {
    const int8_t* at = in + (y * p->in.width + s->x0) * p->in.channels;
    for (int32_t x = s->x0; x < s->x1; x++, at += p->in.channels) largest = *at > largest ? *at : largest;
  }
  return largest;
}

#if HB_DSP
static uint32_t largest_four(const hb_pool_params* p, const int8_t* in, const span* s) {
  uint32_t largest = 0x80808080u;
  for (int32_t y = s->y0; y < s->y1; y++) {
    const int8_t* at = in + (y * p->in.width + s->x0) * p->in.channels;
    for (int32_t x = s->x0; x < s->x1; x++, at += p->in.channels) largest = hb_max_bytes(largest, hb_load32(at));
  }
  return largest;
}
#endif

void hb_max_pool_s8(const hb_pool_params* p, const int8_t* in, int8_t* out) {
  for (int32_t y = 0; y < p->out.height; y++) {
    for (int32_t x = 0; x < p->out.width; x++, out += p->out.channels) {
      const span s = inside(p, y, x);
      int32_t channel = 0;
#if HB_DSP
      for (; channel + 4 <= p->in.channels; channel += 4) {
        const uint32_t largest = largest_four(p, in + channel, &s);
        memcpy(out + channel, &largest, sizeof largest);
      }
#endif
      for (; channel < p->in.channels; channel++) out[channel] = (int8_t)largest_one(p, in + channel, &s);
    }
  }
  const size_t count = (size_t)(p->out.height * p->out.width) * (size_t)p->out.channels;
  hb_clamp_s8(out - count, count, p->min, p->max);
}

void hb_mean_fold_count(hb_mean_params* p, int32_t multiplier, int32_t shift) {
  const int64_t count = (int64_t)p->in.height * p->in.width;
  int bits = 0;
  while (count >> (bits + 1)) bits++;
  if (bits > 31 + shift) bits = 31 + shift;
  p->multiplier = (int32_t)(((int64_t)multiplier << bits) / count);
  p->shift = shift - bits;
}

void hb_mean_s8(const hb_mean_params* p, const int8_t* in, int8_t* out) {
  const hb_pool_params pool = {.in = p->in};
  const span all = {0, p->in.height, 0, p->in.width};
  const int32_t offsets = p->input_offset * p->in.height * p->in.width;
  for (int32_t channel = 0; channel < p->in.channels; channel += 4) {
    const int32_t count = p->in.channels - channel < 4 ? p->in.channels - channel : 4;
    int32_t sums[4];
    if (count == 4) {
      sum_four(&pool, in + channel, &all, sums);
    } else {
      for (int32_t i = 0; i < count; i++) sums[i] = sum_one(&pool, in + channel + i, &all);
    }
    for (int32_t i = 0; i < count; i++) {
      const int32_t mean = hb_multiply_exact(sums[i] + offsets, p->multiplier, p->shift);
      out[channel + i] = (int8_t)hb_sat8(mean + p->zero_point);
    }
  }
}
