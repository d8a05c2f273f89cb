#include "hb_dsp.h"
#include "hb_requant.h"

// Weight `index` of int8 weights, or of 4-bit ones in TFLite's order.
HB_INLINE int32_t weight_at(const void* weights, int bits, int32_t index) {
  if (bits == 8) return ((const int8_t*)weights)[index];
  const uint8_t both = ((const uint8_t*)weights)[index >> 1];
  return (int8_t)(uint8_t)(index & 1 ? both & 0xF0 : both << 4) >> 4;
}

#if HB_DSP

// Four input channels (lanes) at a time, and along the longer side of the image, called x here whichever it is. The
// input rows are packed by twos: a packed row holds, for every lane and every x, the pair of the inputs at y and y +
// dilation, offset added, padding as zeros. An output is then a dot product of ceil(kernel rows / 2) packed rows, two
// rows apart, with weights packed the same way: two products an instruction. It is computed in terms of three taps of
// one packed row, for four neighbouring outputs. Packed rows stay in a ring as long as outputs need them.

enum { kLanes = 4, kTaps = 3, kOutputs = 4 };

// One side of the image. Steps are in elements.
typedef struct {
  int32_t in, out, kernel, stride, dilation, pad;
  int32_t in_step, out_step, weight_step;
} axis;

typedef struct {
  const hb_conv_params* p;
  axis x, y;
  int32_t multiplier;         // output channels of an input channel
  int32_t pairs;              // packed rows that an output needs
  int32_t terms;              // of an output: pairs * ceil(kernel columns / 3), the weights padded with zeros
  int32_t row_step;           // input rows from one packed row to the next
  int32_t pair_rows;          // packed rows from one pair of an output to its next
  int32_t out_rows;           // packed rows from one output row to the next
  int32_t ring;               // packed rows held
  int32_t columns;            // of a packed row, padding included
  int32_t lane;               // pairs of a lane: ring * columns
  hb_pair *packed, *weights;  // [lane][packed row][column], [output channel][term][tap]
  int32_t* offsets;           // bytes from a lane's start to each term of an output row
} depthwise_pass;

static axis horizontal(const hb_conv_params* p) {
  const hb_window* w = &p->window;
  axis a = {p->in.width, p->out.width,   w->width,        w->stride_w,    w->dilation_w,
            w->pad_left, p->in.channels, p->out.channels, p->out.channels};
  return a;
}

static axis vertical(const hb_conv_params* p) {
  const hb_window* w = &p->window;
  axis a = {p->in.height,
            p->out.height,
            w->height,
            w->stride_h,
            w->dilation_h,
            w->pad_top,
            p->in.width * p->in.channels,
            p->out.width * p->out.channels,
            w->width * p->out.channels};
  return a;
}

static int32_t greatest_common_divisor(int32_t a, int32_t b) {
  while (b) {
    const int32_t rest = a % b;
    a = b, b = rest;
  }
  return a;
}

static depthwise_pass pass_of(const hb_conv_params* p, void* scratch) {
  const int wide = p->out.width >= p->out.height;
  depthwise_pass d = {.p = p, .x = wide ? horizontal(p) : vertical(p), .y = wide ? vertical(p) : horizontal(p)};
  const axis *x = &d.x, *y = &d.y;
  const int32_t chunks = (x->kernel + kTaps - 1) / kTaps;
  d.multiplier = p->out.channels / p->in.channels;
  d.pairs = (y->kernel + 1) / 2;
  d.terms = d.pairs * chunks;
  d.row_step = d.pairs == 1 ? y->stride : greatest_common_divisor(y->stride, 2 * y->dilation);
  d.pair_rows = d.pairs == 1 ? 0 : 2 * y->dilation / d.row_step;
  d.out_rows = y->stride / d.row_step;
  d.ring = (d.pairs - 1) * d.pair_rows + 1;
  d.columns = (x->out - 1) * x->stride + (chunks * kTaps - 1) * x->dilation + 1;
  d.lane = d.ring * d.columns;
  d.packed = scratch;
  d.weights = d.packed + kLanes * d.lane;
  const int32_t lanes = p->in.channels < kLanes ? p->in.channels : kLanes;
  d.offsets = (int32_t*)(d.weights + lanes * d.multiplier * d.terms * kTaps);
  return d;
}

size_t hb_depthwise_s8_scratch(const hb_conv_params* p) {
  const depthwise_pass d = pass_of(p, NULL);
  return (size_t)((char*)(d.offsets + d.terms) - (char*)d.packed);
}

static void pack_weights(const depthwise_pass* d, const void* weights, int bits, int32_t first, int32_t count) {
  const axis *x = &d->x, *y = &d->y;
  hb_pair* to = d->weights;
  for (int32_t channel = first; channel < first + count; channel++) {
    for (int32_t ky = 0; ky < y->kernel; ky += 2) {
      int32_t at = channel + ky * y->weight_step;
      const int32_t next = ky + 1 < y->kernel ? y->weight_step : 0;
      for (int32_t kx = 0; kx < x->kernel; kx++, at += x->weight_step) {
        *to++ = hb_pair_of(weight_at(weights, bits, at), next ? weight_at(weights, bits, at + next) : 0);
      }
      for (int32_t kx = x->kernel; kx % kTaps; kx++) *to++ = 0;
    }
  }
}

// One input row: where it starts, or a word of padding that is read over and over.
typedef struct {
  const int8_t* at;
  int32_t step;
} input_row;

HB_INLINE input_row row_at(const depthwise_pass* d, const int8_t* in, int size, int32_t y, const uint32_t* padding) {
  const int inside = y >= 0 && y < d->y.in;
  input_row row = {inside ? in + y * d->y.in_step * size : (const int8_t*)padding, inside ? d->x.in_step * size : 0};
  return row;
}

HB_INLINE uint32_t load_lanes(const input_row* row, int lanes) {
  return lanes == kLanes ? hb_load32(row->at) : hb_load_partial(row->at, lanes);
}

HB_INLINE void pack_columns(hb_pair* to, int32_t lane, input_row a, input_row b, int32_t count, hb_pair offsets,
                            int lanes) {
  for (hb_pair* const end = to + count; to != end; to++) {
    const uint32_t from_a = load_lanes(&a, lanes), from_b = load_lanes(&b, lanes);
    a.at += a.step, b.at += b.step;
    const hb_pair even_a = hb_even_bytes_plus(offsets, from_a), even_b = hb_even_bytes_plus(offsets, from_b);
    const hb_pair odd_a = hb_odd_bytes_plus(offsets, from_a), odd_b = hb_odd_bytes_plus(offsets, from_b);
    to[0] = hb_pack_lows(even_a, even_b);
    to[lane] = hb_pack_lows(odd_a, odd_b);
    to[2 * lane] = hb_pack_highs(even_a, even_b);
    to[3 * lane] = hb_pack_highs(odd_a, odd_b);
  }
}

// The same for inputs that are 16 bits wide already.
HB_INLINE void pack_columns_s16(hb_pair* to, int32_t lane, input_row a, input_row b, int32_t count, int lanes) {
  for (hb_pair* const end = to + count; to != end; to++, a.at += a.step, b.at += b.step) {
    hb_pair from_a[2] = {0, 0}, from_b[2] = {0, 0};
    memcpy(from_a, a.at, (size_t)lanes * 2);
    memcpy(from_b, b.at, (size_t)lanes * 2);
    to[0] = hb_pack_lows(from_a[0], from_b[0]);
    to[lane] = hb_pack_highs(from_a[0], from_b[0]);
    to[2 * lane] = hb_pack_lows(from_a[1], from_b[1]);
    to[3 * lane] = hb_pack_highs(from_a[1], from_b[1]);
  }
}

static int32_t left_padding(const depthwise_pass* d) { return d->x.pad < d->columns ? d->x.pad : d->columns; }

// `size`: bytes of an input, 1 or 2.
HB_INLINE void pack_row(const depthwise_pass* d, const int8_t* in, int size, int32_t index, int lanes) {
  const int32_t offset = d->p->input_offset, left = left_padding(d), y = index * d->row_step - d->y.pad;
  const hb_pair offsets = hb_pair_of(offset, offset);
  const uint32_t zeros = (uint32_t)(uint8_t)-offset * 0x01010101u, padding[2] = {zeros, zeros};
  const input_row a = row_at(d, in, size, y, padding), b = row_at(d, in, size, y + d->y.dilation, padding);
  const int32_t count = d->columns - left < d->x.in ? d->columns - left : d->x.in;
  hb_pair* to = d->packed + index % d->ring * d->columns + left;
  if (size == 2 && lanes == kLanes) {
    pack_columns_s16(to, d->lane, a, b, count, kLanes);
  } else if (size == 2) {
    pack_columns_s16(to, d->lane, a, b, count, lanes);
  } else if (lanes == kLanes) {
    pack_columns(to, d->lane, a, b, count, offsets, kLanes);
  } else {
    pack_columns(to, d->lane, a, b, count, offsets, lanes);
  }
}

static void zero_borders(const depthwise_pass* d) {
  const int32_t left = left_padding(d);
  hb_pair* row = d->packed;
  for (int32_t i = 0; i < kLanes * d->ring; i++, row += d->columns) {
    for (int32_t x = 0; x < left; x++) row[x] = 0;
    for (int32_t x = left + d->x.in; x < d->columns; x++) row[x] = 0;
  }
}

// A channel of an output row: its lane from the first column on, and its terms.
typedef struct {
  const hb_pair *x, *weights;
  const int32_t *offsets, *end;
  int32_t bias, stride, dilation;
} channel_filter;

HB_INLINE const hb_pair* term(const hb_pair* x, int32_t offset) { return (const hb_pair*)((const char*)x + offset); }

static int32_t dot_output(const channel_filter* f, const hb_pair* x) {
  int32_t sum = f->bias;
  const hb_pair* w = f->weights;
  for (const int32_t* offset = f->offsets; offset != f->end; offset++, w += kTaps) {
    const hb_pair* at = term(x, *offset);
    sum = hb_smlad(at[0], w[0], sum);
    sum = hb_smlad(at[f->dilation], w[1], sum);
    sum = hb_smlad(at[2 * f->dilation], w[2], sum);
  }
  return sum;
}

#if HB_ARM_DSP

// Four neighbouring outputs without dilation, for the strides that networks are made of: each input is loaded once. The
// end of the terms stands in memory, since the registers are full.
#define HB_FOUR_OUTPUTS(taps)                                                                                         \
  __asm__ volatile(                                                                                                   \
      "1:\n\t"                                                                                                        \
      "ldr r6, [%[offset]], #4\n\t"                                                                                   \
      "ldmia %[w]!, {r3, r4, r5}\n\t"                                                                                 \
      "add r6, r6, %[x]\n\t" taps                                                                                     \
      "ldr r3, %[end]\n\t"                                                                                            \
      "cmp %[offset], r3\n\t"                                                                                         \
      "bne 1b\n\t"                                                                                                    \
      : [s0] "+r"(s0), [s1] "+r"(s1), [s2] "+r"(s2), [s3] "+r"(s3), [w] "+r"(w), [offset] "+r"(offset), [a] "=&r"(a), \
        [b] "=&r"(b)                                                                                                  \
      : [x] "r"(x), [end] "m"(f->end)                                                                                 \
      : "r3", "r4", "r5", "r6", "cc", "memory")

#define HB_STRIDE_1                  \
  "ldrd %[a], %[b], [r6]\n\t"        \
  "smlad %[s0], %[a], r3, %[s0]\n\t" \
  "smlad %[s1], %[b], r3, %[s1]\n\t" \
  "smlad %[s0], %[b], r4, %[s0]\n\t" \
  "ldrd %[a], %[b], [r6, #8]\n\t"    \
  "smlad %[s0], %[a], r5, %[s0]\n\t" \
  "smlad %[s1], %[a], r4, %[s1]\n\t" \
  "smlad %[s2], %[a], r3, %[s2]\n\t" \
  "smlad %[s1], %[b], r5, %[s1]\n\t" \
  "smlad %[s2], %[b], r4, %[s2]\n\t" \
  "smlad %[s3], %[b], r3, %[s3]\n\t" \
  "ldrd %[a], %[b], [r6, #16]\n\t"   \
  "smlad %[s2], %[a], r5, %[s2]\n\t" \
  "smlad %[s3], %[a], r4, %[s3]\n\t" \
  "smlad %[s3], %[b], r5, %[s3]\n\t"

#define HB_STRIDE_2                  \
  "ldrd %[a], %[b], [r6]\n\t"        \
  "smlad %[s0], %[a], r3, %[s0]\n\t" \
  "smlad %[s0], %[b], r4, %[s0]\n\t" \
  "ldrd %[a], %[b], [r6, #8]\n\t"    \
  "smlad %[s0], %[a], r5, %[s0]\n\t" \
  "smlad %[s1], %[a], r3, %[s1]\n\t" \
  "smlad %[s1], %[b], r4, %[s1]\n\t" \
  "ldrd %[a], %[b], [r6, #16]\n\t"   \
  "smlad %[s1], %[a], r5, %[s1]\n\t" \
  "smlad %[s2], %[a], r3, %[s2]\n\t" \
  "smlad %[s2], %[b], r4, %[s2]\n\t" \
  "ldrd %[a], %[b], [r6, #24]\n\t"   \
  "ldr r6, [r6, #32]\n\t"            \
  "smlad %[s2], %[a], r5, %[s2]\n\t" \
  "smlad %[s3], %[a], r3, %[s3]\n\t" \
  "smlad %[s3], %[b], r4, %[s3]\n\t" \
  "smlad %[s3], r6, r5, %[s3]\n\t"

HB_INLINE void dot_four_outputs(const channel_filter* f, const hb_pair* x, int kind, int32_t sums[kOutputs]) {
  int32_t s0 = f->bias, s1 = s0, s2 = s0, s3 = s0;
  const hb_pair* w = f->weights;
  const int32_t* offset = f->offsets;
  hb_pair a, b;
  if (kind == 1) {
    HB_FOUR_OUTPUTS(HB_STRIDE_1);
  } else {
    HB_FOUR_OUTPUTS(HB_STRIDE_2);
  }
  sums[0] = s0, sums[1] = s1, sums[2] = s2, sums[3] = s3;
}

#else

HB_INLINE void dot_four_outputs(const channel_filter* f, const hb_pair* x, int kind, int32_t sums[kOutputs]) {
  for (int i = 0; i < kOutputs; i++) sums[i] = dot_output(f, x + i * kind);
}

#endif

// By fours, then one by one.
HB_INLINE void filter_row(const channel_filter* f, int32_t outputs, hb_scale s, int8_t* out, int32_t step, int kind) {
  int32_t sums[kOutputs];
  const hb_pair* x = f->x;
  for (; outputs >= kOutputs; outputs -= kOutputs, x += kOutputs * kind) {
    dot_four_outputs(f, x, kind, sums);
    out[0] = (int8_t)hb_scaled(sums[0], s);
    out[step] = (int8_t)hb_scaled(sums[1], s);
    out += 2 * step;
    out[0] = (int8_t)hb_scaled(sums[2], s);
    out[step] = (int8_t)hb_scaled(sums[3], s);
    out += 2 * step;
  }
  for (; outputs > 0; outputs--, x += kind, out += step) *out = (int8_t)hb_scaled(dot_output(f, x), s);
}

// Any stride, dilation and scale.
static void filter_row_one_by_one(const depthwise_pass* d, const channel_filter* f, int32_t channel, int8_t* out) {
  const hb_pair* x = f->x;
  for (int32_t i = 0; i < d->x.out; i++, x += f->stride, out += d->x.out_step) {
    *out = (int8_t)hb_requantized(&d->p->requant, channel, dot_output(f, x));
  }
}

static void filter_channels(const depthwise_pass* d, const int32_t* bias, int32_t first, int32_t count, int8_t* out) {
  const hb_requant* r = &d->p->requant;
  const int kind = r->fast && d->x.dilation == 1 ? d->x.stride : 0;
  channel_filter f = {d->packed, d->weights, d->offsets, d->offsets + d->terms, 0, d->x.stride, d->x.dilation};
  for (int32_t channel = first, same = 0; channel < first + count; channel++, f.weights += kTaps * d->terms) {
    f.bias = bias ? bias[channel] : 0;
    if (kind == 1) {
      filter_row(&f, d->x.out, hb_scale_of(r, channel), out + channel, d->x.out_step, 1);
    } else if (kind == 2) {
      filter_row(&f, d->x.out, hb_scale_of(r, channel), out + channel, d->x.out_step, 2);
    } else {
      filter_row_one_by_one(d, &f, channel, out + channel);
    }
    if (++same == d->multiplier) f.x += d->lane, same = 0;
  }
}

HB_INLINE void filter_row_s16(const channel_filter* f, int32_t outputs, int32_t s, int16_t* out, int32_t step,
                              int kind) {
  int32_t sums[kOutputs];
  const hb_pair* x = f->x;
  for (; outputs >= kOutputs; outputs -= kOutputs, x += kOutputs * kind) {
    dot_four_outputs(f, x, kind, sums);
    out[0] = hb_scaled_s16(sums[0], s);
    out[step] = hb_scaled_s16(sums[1], s);
    out += 2 * step;
    out[0] = hb_scaled_s16(sums[2], s);
    out[step] = hb_scaled_s16(sums[3], s);
    out += 2 * step;
  }
  for (; outputs > 0; outputs--, x += kind, out += step) *out = hb_scaled_s16(dot_output(f, x), s);
}

// A kernel's products fit 32 bits, its bias may not.
static void filter_row_s16_one_by_one(const depthwise_pass* d, const channel_filter* f, int32_t channel, int64_t bias,
                                      int16_t* out) {
  const hb_pair* x = f->x;
  for (int32_t i = 0; i < d->x.out; i++, x += f->stride, out += d->x.out_step) {
    *out = hb_requantized_s16(&d->p->requant, channel, dot_output(f, x) + bias);
  }
}

static void filter_channels_s16(const depthwise_pass* d, const int64_t* bias, int32_t first, int32_t count,
                                int16_t* out) {
  const hb_requant* r = &d->p->requant;
  const int kind = r->fast && d->x.dilation == 1 ? d->x.stride : 0;
  channel_filter f = {d->packed, d->weights, d->offsets, d->offsets + d->terms, 0, d->x.stride, d->x.dilation};
  for (int32_t channel = first, same = 0; channel < first + count; channel++, f.weights += kTaps * d->terms) {
    const int64_t start = bias ? bias[channel] : 0;
    f.bias = kind == 1 || kind == 2 ? (int32_t)start : 0;
    if (kind == 1) {
      filter_row_s16(&f, d->x.out, hb_scale_s16_of(r, channel), out + channel, d->x.out_step, 1);
    } else if (kind == 2) {
      filter_row_s16(&f, d->x.out, hb_scale_s16_of(r, channel), out + channel, d->x.out_step, 2);
    } else {
      filter_row_s16_one_by_one(d, &f, channel, start, out + channel);
    }
    if (++same == d->multiplier) f.x += d->lane, same = 0;
  }
}

// Where an output row's terms start.
static void place_terms(const depthwise_pass* d, int32_t y) {
  int32_t* offset = d->offsets;
  for (int32_t j = 0; j < d->pairs; j++) {
    int32_t at = (y * d->out_rows + j * d->pair_rows) % d->ring * d->columns;
    for (int32_t kx = 0; kx < d->x.kernel; kx += kTaps, at += kTaps * d->x.dilation) {
      *offset++ = at * (int32_t)sizeof(hb_pair);
    }
  }
}

// Either `out8` with 32-bit biases or `out16` with 64-bit ones.
HB_INLINE void filter_any(const depthwise_pass* d, const int8_t* in, const void* weights, int bits, const void* bias,
                          int8_t* out8, int16_t* out16) {
  const int32_t channels = d->p->in.channels;
  zero_borders(d);
  for (int32_t channel = 0; channel < channels; channel += kLanes) {
    const int lanes = channels - channel < kLanes ? (int)(channels - channel) : kLanes;
    const int32_t first = channel * d->multiplier, count = lanes * d->multiplier;
    pack_weights(d, weights, bits, first, count);
    int32_t packed = 0;
    for (int32_t y = 0; y < d->y.out; y++) {
      const int32_t needed = y * d->out_rows + (d->pairs - 1) * d->pair_rows + 1;
      if (packed < needed - d->ring) packed = needed - d->ring;
      for (; packed < needed; packed++) pack_row(d, in + channel * (out16 ? 2 : 1), out16 ? 2 : 1, packed, lanes);
      place_terms(d, y);
      if (out16) {
        filter_channels_s16(d, bias, first, count, out16 + y * d->y.out_step);
      } else {
        filter_channels(d, bias, first, count, out8 + y * d->y.out_step);
      }
    }
  }
}

static void filter(const hb_conv_params* p, const int8_t* in, const void* weights, int bits, const int32_t* bias,
                   int8_t* out, void* scratch) {
  const depthwise_pass d = pass_of(p, scratch);
  filter_any(&d, in, weights, bits, bias, out, NULL);
  hb_clamp_s8(out, (size_t)(p->out.height * p->out.width) * (size_t)p->out.channels, p->requant.min, p->requant.max);
}

void hb_depthwise_s16(const hb_conv_params* p, const int16_t* in, const int8_t* weights, const int64_t* bias,
                      int16_t* out, void* scratch) {
  const depthwise_pass d = pass_of(p, scratch);
  filter_any(&d, (const int8_t*)in, weights, 8, bias, NULL, out);
  hb_clamp_s16(out, (size_t)(p->out.height * p->out.width) * (size_t)p->out.channels, p->requant.min, p->requant.max);
}

#else

size_t hb_depthwise_s8_scratch(const hb_conv_params* p) {
  (void)p;
  return 0;
}

static int32_t window_sum(const hb_conv_params* p, const void* in, int size, int32_t input_channel, const void* weights,
                          int bits, int32_t channel, int32_t y0, int32_t x0) {
  const hb_window* w = &p->window;
  int32_t sum = 0;
  for (int32_t ky = 0; ky < w->height; ky++) {
    const int32_t y = y0 + ky * w->dilation_h;
    if (y < 0 || y >= p->in.height) continue;
    for (int32_t kx = 0; kx < w->width; kx++) {
      const int32_t x = x0 + kx * w->dilation_w;
      if (x < 0 || x >= p->in.width) continue;
      const int32_t at = (y * p->in.width + x) * p->in.channels + input_channel;
      const int32_t value = size == 2 ? ((const int16_t*)in)[at] : ((const int8_t*)in)[at] + p->input_offset;
      sum += value * weight_at(weights, bits, (ky * w->width + kx) * p->out.channels + channel);
    }
  }
  return sum;
}

static void filter(const hb_conv_params* p, const int8_t* in, const void* weights, int bits, const int32_t* bias,
                   int8_t* out, void* scratch) {
  const int32_t multiplier = p->out.channels / p->in.channels;
  (void)scratch;
  for (int32_t channel = 0; channel < p->out.channels; channel++) {
    int8_t* to = out + channel;
    for (int32_t y = 0; y < p->out.height; y++) {
      for (int32_t x = 0; x < p->out.width; x++, to += p->out.channels) {
        int32_t sum =
            window_sum(p, in, 1, channel / multiplier, weights, bits, channel,
                       y * p->window.stride_h - p->window.pad_top, x * p->window.stride_w - p->window.pad_left);
        sum += bias ? bias[channel] : 0;
        *to = (int8_t)hb_requantized(&p->requant, channel, sum);
      }
    }
  }
  hb_clamp_s8(out, (size_t)(p->out.height * p->out.width) * (size_t)p->out.channels, p->requant.min, p->requant.max);
}

void hb_depthwise_s16(const hb_conv_params* p, const int16_t* in, const int8_t* weights, const int64_t* bias,
                      int16_t* out, void* scratch) {
  const int32_t multiplier = p->out.channels / p->in.channels;
  (void)scratch;
  for (int32_t channel = 0; channel < p->out.channels; channel++) {
    int16_t* to = out + channel;
    for (int32_t y = 0; y < p->out.height; y++) {
      for (int32_t x = 0; x < p->out.width; x++, to += p->out.channels) {
        const int32_t sum =
            window_sum(p, in, 2, channel / multiplier, weights, 8, channel, y * p->window.stride_h - p->window.pad_top,
                       x * p->window.stride_w - p->window.pad_left);
        *to = hb_requantized_s16(&p->requant, channel, sum + (bias ? bias[channel] : 0));
      }
    }
  }
}

#endif

void hb_depthwise_s8(const hb_conv_params* p, const int8_t* in, const int8_t* weights, const int32_t* bias, int8_t* out,
                     void* scratch) {
  filter(p, in, weights, 8, bias, out, scratch);
}

void hb_depthwise_s8w4(const hb_conv_params* p, const int8_t* in, const uint8_t* weights, const int32_t* bias,
                       int8_t* out, void* scratch) {
  filter(p, in, weights, 4, bias, out, scratch);
}

int hb_depthwise_s16_is_fast(const hb_conv_params* p, const int64_t* bias) {
  for (int32_t i = 0; bias && i < p->out.channels; i++) {
    const int64_t largest = bias[i] < 0 ? -bias[i] : bias[i];
    if (largest + ((int64_t)(p->window.height * p->window.width) << 22) >= (int64_t)1 << 31) return 0;
  }
  return p->window.height * p->window.width < 512 && hb_shifts_s16_are_fast(&p->requant, p->out.channels);
}
