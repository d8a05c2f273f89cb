#include "hb_dsp.h"
#include "hb_kernels.h"

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

void hb_max_pool_s8(const hb_pool_params* p, const int8_t* in, int8_t* out) {
  for (int32_t y = 0; y < p->out.height; y++) {
    for (int32_t x = 0; x < p->out.width; x++, out += p->out.channels) {
      const span s = inside(p, y, x);
      for (int32_t channel = 0; channel < p->in.channels; channel++) {
        int32_t largest = -128;
        for (int32_t iy = s.y0; iy < s.y1; iy++) {
          const int8_t* at = in + (iy * p->in.width + s.x0) * p->in.channels + channel;
          for (int32_t ix = s.x0; ix < s.x1; ix++, at += p->in.channels) {
            if (*at > largest) largest = *at;
          }
        }
        out[channel] = clamped(largest, p);
      }
    }
  }
}
