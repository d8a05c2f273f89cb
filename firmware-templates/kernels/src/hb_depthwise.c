#include "hb_dsp.h"
#include "hb_requant.h"

#if HB_DSP

// Four input channels at a time. For each output row the input rows under the kernel are packed into columns: for every
// channel the kh inputs of one x stand in ceil(kh / 2) pairs, offset added, padding as zeros. An output is then a dot
// product of kw columns with weights packed the same way, two products an instruction. Layout: columns[x][channel of
// four][pair].

enum { kLanes = 4 };

typedef struct {
  const hb_conv_params* p;
  int32_t pairs;       // of a column of one channel
  int32_t columns;     // of a packed row, padding included
  int32_t multiplier;  // output channels of an input channel
  hb_pair *packed, *weights;
} depthwise_pass;

static int32_t pairs_of(const hb_conv_params* p) { return (p->window.height + 1) / 2; }

static int32_t columns_of(const hb_conv_params* p) {
  return (p->out.width - 1) * p->window.stride_w + (p->window.width - 1) * p->window.dilation_w + 1;
}

size_t hb_depthwise_s8_scratch(const hb_conv_params* p) {
  const int32_t multiplier = p->out.channels / p->in.channels;
  const int32_t lanes = p->in.channels < kLanes ? p->in.channels : kLanes;
  return sizeof(hb_pair) * (size_t)pairs_of(p) *
         (size_t)(columns_of(p) * kLanes + lanes * multiplier * p->window.width);
}

static void pack_weights(const depthwise_pass* d, const int8_t* weights, int32_t first, int32_t count) {
  const hb_window* w = &d->p->window;
  const int32_t stride = d->p->out.channels;
  hb_pair* to = d->weights;
  for (int32_t channel = first; channel < first + count; channel++) {
    for (int32_t kx = 0; kx < w->width; kx++) {
      for (int32_t ky = 0; ky < w->height; ky += 2) {
        const int8_t* at = weights + (ky * w->width + kx) * stride + channel;
        *to++ = hb_pair_of(at[0], ky + 1 < w->height ? at[w->width * stride] : 0);
      }
    }
  }
}

// One input row under the kernel: where it starts, or a padding word that is read over and over.
typedef struct {
  const int8_t* at;
  int32_t step;
} input_row;

HB_INLINE uint32_t load_lanes(const input_row* row, int lanes) {
  return lanes == kLanes ? hb_load32(row->at) : hb_load_partial(row->at, lanes);
}

HB_INLINE void pack_two_rows(hb_pair* to, int32_t pairs, input_row a, input_row b, int32_t count, hb_pair offsets,
                             int lanes) {
  for (; count > 0; count--, to += kLanes * pairs) {
    const uint32_t from_a = load_lanes(&a, lanes), from_b = load_lanes(&b, lanes);
    a.at += a.step, b.at += b.step;
    const hb_pair even_a = hb_even_bytes_plus(offsets, from_a), even_b = hb_even_bytes_plus(offsets, from_b);
    const hb_pair odd_a = hb_odd_bytes_plus(offsets, from_a), odd_b = hb_odd_bytes_plus(offsets, from_b);
    to[0] = hb_pack_lows(even_a, even_b);
    to[pairs] = hb_pack_lows(odd_a, odd_b);
    to[2 * pairs] = hb_pack_highs(even_a, even_b);
    to[3 * pairs] = hb_pack_highs(odd_a, odd_b);
  }
}

// The last row of an odd kernel: its weights' high halves are 0, so whatever stands in the columns' high halves has no
// effect.
HB_INLINE void pack_one_row(hb_pair* to, int32_t pairs, input_row a, int32_t count, hb_pair offsets, int lanes) {
  for (; count > 0; count--, to += kLanes * pairs) {
    const uint32_t from = load_lanes(&a, lanes);
    a.at += a.step;
    const hb_pair even = hb_even_bytes_plus(offsets, from), odd = hb_odd_bytes_plus(offsets, from);
    to[0] = even;
    to[pairs] = odd;
    to[2 * pairs] = even >> 16;
    to[3 * pairs] = odd >> 16;
  }
}

static void pack_rows(const depthwise_pass* d, const int8_t* in, int32_t y0, int lanes) {
  const hb_conv_params* p = d->p;
  const hb_window* w = &p->window;
  const hb_pair offsets = hb_pair_of(p->input_offset, p->input_offset);
  const uint32_t zero_point = (uint32_t)(uint8_t)-p->input_offset * 0x01010101u;
  const int32_t left = w->pad_left < d->columns ? w->pad_left : d->columns;
  const int32_t rest = d->columns - left;
  const int32_t inside = rest < p->in.width ? rest : p->in.width;
  for (int32_t ky = 0; ky < w->height; ky += 2) {
    input_row rows[2];
    for (int i = 0; i < 2; i++) {
      const int32_t y = y0 + (ky + i) * w->dilation_h;
      const int valid = y >= 0 && y < p->in.height && ky + i < w->height;
      rows[i].at = valid ? in + y * p->in.width * p->in.channels : (const int8_t*)&zero_point;
      rows[i].step = valid ? p->in.channels : 0;
    }
    hb_pair* to = d->packed + ky / 2 + left * kLanes * d->pairs;
    if (ky + 1 == w->height) {
      if (lanes == kLanes) {
        pack_one_row(to, d->pairs, rows[0], inside, offsets, kLanes);
      } else {
        pack_one_row(to, d->pairs, rows[0], inside, offsets, lanes);
      }
    } else if (lanes == kLanes) {
      pack_two_rows(to, d->pairs, rows[0], rows[1], inside, offsets, kLanes);
    } else {
      pack_two_rows(to, d->pairs, rows[0], rows[1], inside, offsets, lanes);
    }
  }
}

static void zero_borders(const depthwise_pass* d) {
  const int32_t words = kLanes * d->pairs;
  const int32_t left = d->p->window.pad_left < d->columns ? d->p->window.pad_left : d->columns;
  for (int32_t i = 0; i < left * words; i++) d->packed[i] = 0;
  for (int32_t i = (left + d->p->in.width) * words; i < d->columns * words; i++) d->packed[i] = 0;
}

// One channel of one output row for a 3x3 kernel without dilation: its six weight pairs stay in registers.
static void filter_row_3x3(const depthwise_pass* d, const hb_pair* x, const hb_pair* w, int32_t bias, hb_scale s,
                           int8_t* out) {
  const int32_t step = d->p->window.stride_w * kLanes * 2, out_step = d->p->out.channels;
  const hb_pair w0 = w[0], w1 = w[1], w2 = w[2], w3 = w[3], w4 = w[4], w5 = w[5];
  for (int32_t count = d->p->out.width; count > 0; count--, x += step, out += out_step) {
    int32_t sum = hb_smlad(x[1], w1, hb_smlad(x[0], w0, bias));
    sum = hb_smlad(x[9], w3, hb_smlad(x[8], w2, sum));
    sum = hb_smlad(x[17], w5, hb_smlad(x[16], w4, sum));
    *out = (int8_t)hb_scaled(sum, s);
  }
}

HB_INLINE int32_t dot_columns(const hb_pair* x, int32_t column_step, const hb_pair* w, int32_t width, int32_t pairs,
                              int32_t sum) {
  for (; width > 0; width--, x += column_step, w += pairs) {
    for (int32_t j = 0; j < pairs; j++) sum = hb_smlad(x[j], w[j], sum);
  }
  return sum;
}

static void filter_row(const depthwise_pass* d, const hb_pair* x, const hb_pair* w, int32_t bias, int32_t channel,
                       int8_t* out) {
  const hb_window* k = &d->p->window;
  const int32_t column = kLanes * d->pairs;
  for (int32_t i = 0; i < d->p->out.width; i++, x += k->stride_w * column, out += d->p->out.channels) {
    int32_t sum = dot_columns(x, k->dilation_w * column, w, k->width, d->pairs, bias);
    *out = (int8_t)hb_requantized(&d->p->requant, channel, sum);
  }
}

static void filter_channels(const depthwise_pass* d, const int32_t* bias, int32_t first, int32_t count, int8_t* out) {
  const hb_conv_params* p = d->p;
  const int32_t taps = p->window.width * d->pairs;
  const int is_3x3 = p->window.width == 3 && d->pairs == 2 && p->window.dilation_w == 1 && p->requant.fast;
  for (int32_t i = 0; i < count; i++) {
    const int32_t channel = first + i;
    const hb_pair* x = d->packed + i / d->multiplier * d->pairs;
    const int32_t start = bias ? bias[channel] : 0;
    if (is_3x3) {
      filter_row_3x3(d, x, d->weights + i * taps, start, hb_scale_of(&p->requant, channel), out + channel);
    } else {
      filter_row(d, x, d->weights + i * taps, start, channel, out + channel);
    }
  }
}

void hb_depthwise_s8(const hb_conv_params* p, const int8_t* in, const int8_t* weights, const int32_t* bias, int8_t* out,
                     void* scratch) {
  depthwise_pass d = {p, pairs_of(p), columns_of(p), p->out.channels / p->in.channels, scratch, NULL};
  d.weights = d.packed + d.columns * kLanes * d.pairs;
  zero_borders(&d);
  for (int32_t channel = 0; channel < p->in.channels; channel += kLanes) {
    const int lanes = p->in.channels - channel < kLanes ? (int)(p->in.channels - channel) : kLanes;
    const int32_t first = channel * d.multiplier, count = lanes * d.multiplier;
    pack_weights(&d, weights, first, count);
    for (int32_t y = 0; y < p->out.height; y++) {
      pack_rows(&d, in + channel, y * p->window.stride_h - p->window.pad_top, lanes);
      filter_channels(&d, bias, first, count, out + y * p->out.width * p->out.channels);
    }
  }
  hb_clamp_s8(out, (size_t)(p->out.height * p->out.width) * (size_t)p->out.channels, p->requant.min, p->requant.max);
}

#else

size_t hb_depthwise_s8_scratch(const hb_conv_params* p) {
  (void)p;
  return 0;
}

static int32_t window_sum(const hb_conv_params* p, const int8_t* in, const int8_t* weights, int32_t y0, int32_t x0) {
  const hb_window* w = &p->window;
  int32_t sum = 0;
  for (int32_t ky = 0; ky < w->height; ky++) {
    const int32_t y = y0 + ky * w->dilation_h;
    if (y < 0 || y >= p->in.height) continue;
    for (int32_t kx = 0; kx < w->width; kx++) {
      const int32_t x = x0 + kx * w->dilation_w;
      if (x < 0 || x >= p->in.width) continue;
      sum += (in[(y * p->in.width + x) * p->in.channels] + p->input_offset) *
             weights[(ky * w->width + kx) * p->out.channels];
    }
  }
  return sum;
}

void hb_depthwise_s8(const hb_conv_params* p, const int8_t* in, const int8_t* weights, const int32_t* bias, int8_t* out,
                     void* scratch) {
  const int32_t multiplier = p->out.channels / p->in.channels;
  (void)scratch;
  for (int32_t channel = 0; channel < p->out.channels; channel++) {
    int8_t* to = out + channel;
    for (int32_t y = 0; y < p->out.height; y++) {
      for (int32_t x = 0; x < p->out.width; x++, to += p->out.channels) {
        int32_t sum =
            window_sum(p, in + channel / multiplier, weights + channel, y * p->window.stride_h - p->window.pad_top,
                       x * p->window.stride_w - p->window.pad_left);
        sum += bias ? bias[channel] : 0;
        *to = (int8_t)hb_requantized(&p->requant, channel, sum);
      }
    }
  }
  hb_clamp_s8(out, (size_t)(p->out.height * p->out.width) * (size_t)p->out.channels, p->requant.min, p->requant.max);
}

#endif
