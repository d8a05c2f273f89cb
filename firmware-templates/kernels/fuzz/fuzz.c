// Every kernel against its reference over random shapes, windows, zero points, multipliers and extremes.
// fuzz [CASES [FIRST]]: each case draws from its own seed, so that one that fails can be run alone.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buffers.h"
#include "reference.h"

#ifndef HB_FUZZ_CASES
#define HB_FUZZ_CASES 2000
#endif

typedef struct {
  const char* name;
  int (*run)(void);  // whether the kernel's output equals the reference's
} fuzz_op;

static void fill(int8_t* values, size_t count) {
  const int kind = (int)random_below(8);
  for (size_t i = 0; i < count; i++) {
    const int8_t any = (int8_t)random_in(-128, 127);
    values[i] = kind == 0 ? -128 : kind == 1 ? 127 : kind == 2 ? (any & 1 ? -128 : 127) : any;
  }
}

static int8_t* bytes(size_t count) {
  int8_t* values = buffer(count, 1);
  fill(values, count);
  return values;
}

static int equal(const char* op, const int8_t* got, const int8_t* expected, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (got[i] != expected[i]) {
      printf("%s: output %lu of %lu is %d, expected %d\n", op, (unsigned long)i, (unsigned long)count, got[i],
             expected[i]);
      return 0;
    }
  }
  return 1;
}

// Scales that bring sums of `terms` products mostly into range, sometimes far out of it, ties made likely now and then.
static void random_requant(hb_requant* r, int32_t count, int32_t terms) {
  const int wild = chance(10), powers = chance(20);
  int32_t *multiplier = buffer((size_t)count * 4, 4), *shift = buffer((size_t)count * 4, 4);
  int bits = 0;
  while ((terms >> bits) > 1) bits++;
  for (int32_t i = 0; i < count; i++) {
    multiplier[i] = powers ? 1 << 30 : (1 << 30) + (int32_t)random_below((1u << 30) - 1);
    shift[i] = -7 - bits / 2 + random_in(-2, 2);
    if (wild) shift[i] = random_in(-31, 5 - bits > 0 ? 5 - bits : 0);
    if (chance(1)) multiplier[i] = chance(50) ? 0 : INT32_MAX;
  }
  r->zero_point = chance(50) ? -128 : random_in(-128, 127);
  r->min = chance(70) ? -128 : random_in(-128, 127);
  r->max = chance(70) ? 127 : random_in(r->min, 127);
  r->multiplier = multiplier;
  r->shift = shift;
}

static int32_t* random_bias(int32_t channels, int32_t terms) {
  if (chance(15)) return NULL;
  int32_t* bias = buffer((size_t)channels * 4, 4);
  const int32_t range = terms * (chance(20) ? 16000 : 500);
  for (int32_t i = 0; i < channels; i++) bias[i] = random_in(-range, range);
  return bias;
}

// `count` random weights of 4 bits.
static int8_t* small_weights(size_t count) {
  int8_t* weights = bytes(count);
  for (size_t i = 0; i < count; i++) weights[i] = (int8_t)(weights[i] >> 4);
  return weights;
}

static uint8_t* packed_rows(const int8_t* weights, int32_t rows, int32_t k) {
  const size_t row = hb_row_bytes_w4(k);
  uint8_t* packed = buffer((size_t)rows * row, 1);
  for (int32_t i = 0; i < rows; i++) hb_pack_row_w4(weights + i * k, k, packed + (size_t)i * row);
  return packed;
}

static uint8_t* packed_in_order(const int8_t* weights, size_t count) {
  uint8_t* packed = buffer((count + 1) / 2, 1);
  for (size_t i = 0; i < (count + 1) / 2; i++) {
    const int high = 2 * i + 1 < count ? weights[2 * i + 1] : 0;
    packed[i] = (uint8_t)((weights[2 * i] & 15) | (high & 15) << 4);
  }
  return packed;
}

static int32_t small_or_one(int32_t most) { return chance(30) ? 1 : random_in(1, most); }

static int32_t out_size(int32_t in, int32_t kernel, int32_t stride, int32_t dilation, int32_t pad) {
  return (in + pad - ((kernel - 1) * dilation + 1)) / stride + 1;
}

static void random_window(hb_window* w, hb_shape in, hb_shape* out, int32_t dilations, int32_t largest) {
  do {
    w->height = chance(40) ? 3 : random_in(1, largest);
    w->width = chance(70) ? w->height : random_in(1, largest);
    w->stride_h = chance(60) ? 1 : random_in(1, 3);
    w->stride_w = chance(80) ? w->stride_h : random_in(1, 3);
    w->dilation_h = dilations && chance(20) ? random_in(1, 3) : 1;
    w->dilation_w = dilations && chance(20) ? random_in(1, 3) : 1;
    const int32_t pads_h = (w->height - 1) * w->dilation_h, pads_w = (w->width - 1) * w->dilation_w;
    const int32_t pad_h = chance(50) ? pads_h : random_in(0, pads_h),
                  pad_w = chance(50) ? pads_w : random_in(0, pads_w);
    w->pad_top = pad_h / 2;
    w->pad_left = pad_w / 2;
    out->height = in.height + pad_h > pads_h ? out_size(in.height, w->height, w->stride_h, w->dilation_h, pad_h) : 0;
    out->width = in.width + pad_w > pads_w ? out_size(in.width, w->width, w->stride_w, w->dilation_w, pad_w) : 0;
  } while (out->height < 1 || out->width < 1);
}

// Of a first layer now and then: few channels, and a row longer than what a kernel takes at a time.
static hb_shape random_conv_input(int32_t groups) {
  if (groups == 1 && chance(25)) return (hb_shape){small_or_one(20), small_or_one(80), random_in(1, 4)};
  return (hb_shape){small_or_one(9), small_or_one(9), groups * (chance(50) ? 4 * random_in(1, 8) : random_in(1, 19))};
}

static int fuzz_conv_of(int bits) {
  hb_conv_params p;
  memset(&p, 0, sizeof p);
  p.groups = chance(85) ? 1 : random_in(2, 3);
  p.in = random_conv_input(p.groups);
  random_window(&p.window, p.in, &p.out, 1, chance(30) ? 1 : 5);
  p.out.channels = p.groups * random_in(1, 9);
  p.input_offset = chance(40) ? 128 : random_in(-127, 128);
  const int32_t depth = p.in.channels / p.groups, terms = p.window.height * p.window.width * depth;
  random_requant(&p.requant, p.out.channels, terms);
  const int32_t* bias = random_bias(p.out.channels, terms);
  const size_t outputs = (size_t)(p.out.height * p.out.width * p.out.channels);
  const int8_t* in = bytes((size_t)(p.in.height * p.in.width * p.in.channels));
  const size_t weight_count = (size_t)(p.out.channels * terms);
  const int8_t* weights = bits == 4 ? small_weights(weight_count) : bytes(weight_count);
  int8_t *got = bytes(outputs), *expected = bytes(outputs);
  p.requant.fast = chance(95) && hb_requant_is_fast(&p.requant, p.out.channels, bias, p.out.channels, terms);
  if (bits == 4) {
    const uint8_t* packed = packed_rows(weights, p.out.channels, terms);
    hb_conv2d_s8w4(&p, in, packed, bias, got, buffer(hb_conv2d_s8w4_scratch(&p), 8));
  } else {
    hb_conv2d_s8(&p, in, weights, bias, got, buffer(hb_conv2d_s8_scratch(&p), 8));
  }
  ref_conv(&p, in, weights, bias, expected);
  return equal("conv", got, expected, outputs);
}

static int fuzz_conv(void) { return fuzz_conv_of(8); }
static int fuzz_conv_w4(void) { return fuzz_conv_of(4); }

static int fuzz_depthwise_of(int bits) {
  hb_conv_params p;
  memset(&p, 0, sizeof p);
  p.groups = 1;
  p.in = (hb_shape){small_or_one(9), small_or_one(9), chance(50) ? 4 * random_in(1, 4) : random_in(1, 13)};
  random_window(&p.window, p.in, &p.out, 1, chance(30) ? 9 : 5);
  p.out.channels = p.in.channels * (chance(75) ? 1 : random_in(2, 4));
  p.input_offset = chance(40) ? 128 : random_in(-127, 128);
  const int32_t terms = p.window.height * p.window.width;
  random_requant(&p.requant, p.out.channels, terms);
  const int32_t* bias = random_bias(p.out.channels, terms);
  const size_t outputs = (size_t)(p.out.height * p.out.width * p.out.channels);
  const int8_t* in = bytes((size_t)(p.in.height * p.in.width * p.in.channels));
  const size_t weight_count = (size_t)(p.out.channels * terms);
  const int8_t* weights = bits == 4 ? small_weights(weight_count) : bytes(weight_count);
  int8_t *got = bytes(outputs), *expected = bytes(outputs);
  p.requant.fast = chance(95) && hb_requant_is_fast(&p.requant, p.out.channels, bias, p.out.channels, terms);
  void* scratch = buffer(hb_depthwise_s8_scratch(&p), 8);
  if (bits == 4) {
    hb_depthwise_s8w4(&p, in, packed_in_order(weights, weight_count), bias, got, scratch);
  } else {
    hb_depthwise_s8(&p, in, weights, bias, got, scratch);
  }
  ref_depthwise(&p, in, weights, bias, expected);
  return equal("depthwise", got, expected, outputs);
}

static int fuzz_depthwise(void) { return fuzz_depthwise_of(8); }
static int fuzz_depthwise_w4(void) { return fuzz_depthwise_of(4); }

static int fuzz_fully_connected_of(int bits) {
  hb_fully_connected_params p;
  memset(&p, 0, sizeof p);
  p.rows = small_or_one(3);
  p.in = random_in(1, 70);
  p.out = random_in(1, 20);
  p.input_offset = random_in(-127, 128);
  p.weight_offset = bits == 4 || chance(90) ? 0 : random_in(-5, 5);
  p.per_tensor = chance(70);
  random_requant(&p.requant, p.per_tensor ? 1 : p.out, p.in);
  const int32_t* bias = random_bias(p.out, p.in);
  const size_t outputs = (size_t)(p.rows * p.out);
  const int8_t *in = bytes((size_t)(p.rows * p.in)),
               *weights = bits == 4 ? small_weights((size_t)(p.in * p.out)) : bytes((size_t)(p.in * p.out));
  int8_t *got = bytes(outputs), *expected = bytes(outputs);
  p.requant.fast = hb_requant_is_fast(&p.requant, p.per_tensor ? 1 : p.out, bias, p.out, 2 * p.in);
  if (bits == 4) {
    const uint8_t* packed = packed_rows(weights, p.out, p.in);
    hb_fully_connected_s8w4(&p, in, packed, bias, got, buffer(hb_fully_connected_s8w4_scratch(&p), 8));
  } else {
    hb_fully_connected_s8(&p, in, weights, bias, got, buffer(hb_fully_connected_s8_scratch(&p), 8));
  }
  ref_fully_connected(&p, in, weights, bias, expected);
  return equal("fully connected", got, expected, outputs);
}

static int fuzz_fully_connected(void) { return fuzz_fully_connected_of(8); }
static int fuzz_fully_connected_w4(void) { return fuzz_fully_connected_of(4); }

static hb_scaled_input random_input(int half) {
  hb_scaled_input s = {random_in(-127, 128), 1 << 30, 0};
  if (!half) {
    s.multiplier = chance(20) ? 1 << 30 : (1 << 30) + (int32_t)random_below((1u << 30) - 1);
    s.shift = random_in(-9, 0);
  }
  return s;
}

// As scales are, and any other positive float.
static float random_scale(void) {
  const uint32_t exponent = chance(80) ? random_below(20) + 110 : random_below(120) + 60;
  const uint32_t mantissa = chance(20) ? 0 : chance(10) ? 0x7FFFFF - random_below(4) : random_below(1u << 23);
  const uint32_t bits = chance(1) ? 0 : exponent << 23 | mantissa;
  float scale;
  memcpy(&scale, &bits, sizeof scale);
  return scale;
}

static int fuzz_multiplier(void) {
  hb_multiplier* got = buffer(sizeof *got, 4);
  for (int i = 0; i < 20; i++) {
    const float a = random_scale(), b = chance(50) ? 1 : random_scale();
    float c = chance(30) ? 1 : random_scale();
    if (c == 0) c = 1;
    const int32_t power = chance(50) ? 0 : random_in(-20, 26);
    const hb_multiplier expected = ref_multiplier(a, b, c, power);
    *got = hb_multiplier_of(a, b, c, power);
    if (got->multiplier == expected.multiplier && got->shift == expected.shift) continue;
    printf("multiplier of %a * %a / %a * 2^%ld is %ld, %ld, expected %ld, %ld\n", (double)a, (double)b, (double)c,
           (long)power, (long)got->multiplier, (long)got->shift, (long)expected.multiplier, (long)expected.shift);
    return 0;
  }
  return 1;
}

static int fuzz_add(void) {
  hb_add_params p;
  memset(&p, 0, sizeof p);
  const int which = (int)random_below(8);
  p.a = random_input(which < 4);
  p.b = random_input(which >= 4 || which == 0);
  if (chance(5)) p.a = random_input(0), p.b = random_input(0);
  if (chance(25)) p.b.multiplier = -p.b.multiplier;
  p.multiplier = chance(20) ? 1 << 30 : (1 << 30) + (int32_t)random_below((1u << 30) - 1);
  p.shift = chance(80) ? random_in(-20, -17) : random_in(-25, 0);
  p.zero_point = random_in(-128, 127);
  p.min = chance(70) ? -128 : random_in(-128, 127);
  p.max = chance(70) ? 127 : random_in(p.min, 127);
  const size_t count = 1 + random_below(300);
  const int8_t *a = bytes(count), *b = bytes(count);
  int8_t *got = bytes(count), *expected = bytes(count);
  hb_add_s8(&p, a, b, got, count);
  ref_add(&p, a, b, expected, count);
  return equal("add", got, expected, count);
}

static int fuzz_pool(void) {
  hb_pool_params p;
  memset(&p, 0, sizeof p);
  const int global = chance(30);
  p.in = (hb_shape){small_or_one(9), small_or_one(9), random_in(1, 13)};
  if (global) {
    p.window = (hb_window){p.in.height, p.in.width, 1, 1, 1, 1, 0, 0};
    p.out = (hb_shape){1, 1, 0};
  } else {
    random_window(&p.window, p.in, &p.out, 0, 4);
  }
  p.out.channels = p.in.channels;
  p.min = chance(70) ? -128 : random_in(-128, 127);
  p.max = chance(70) ? 127 : random_in(p.min, 127);
  const size_t outputs = (size_t)(p.out.height * p.out.width * p.out.channels);
  const int8_t* in = bytes((size_t)(p.in.height * p.in.width * p.in.channels));
  int8_t *got = bytes(outputs), *expected = bytes(outputs);
  hb_average_pool_s8(&p, in, got);
  ref_average_pool(&p, in, expected);
  if (!equal("average pool", got, expected, outputs)) return 0;
  hb_max_pool_s8(&p, in, got);
  ref_max_pool(&p, in, expected);
  return equal("max pool", got, expected, outputs);
}

static int fuzz_softmax(void) {
  hb_softmax_params p;
  memset(&p, 0, sizeof p);
  p.rows = small_or_one(4);
  p.depth = random_in(1, 40);
  p.multiplier = (1 << 30) + (int32_t)random_below((1u << 30) - 1);
  p.left_shift = random_in(18, 26);
  p.diff_min = -(int32_t)(31ll << 26 >> p.left_shift);
  const size_t count = (size_t)(p.rows * p.depth);
  const int8_t* in = bytes(count);
  int8_t *got = bytes(count), *expected = bytes(count);
  hb_softmax_s8(&p, in, got);
  ref_softmax(&p, in, expected);
  return equal("softmax", got, expected, count);
}

static int32_t random_multiplier(void) { return (1 << 30) + (int32_t)random_below((1u << 30) - 1); }

static int fuzz_mean(void) {
  hb_mean_params p;
  memset(&p, 0, sizeof p);
  p.in = (hb_shape){small_or_one(12), small_or_one(12), random_in(1, 13)};
  const int32_t input_zero_point = random_in(-128, 127), multiplier = random_multiplier(), shift = random_in(-6, 3);
  p.input_offset = -input_zero_point;
  p.zero_point = random_in(-128, 127);
  hb_mean_fold_count(&p, multiplier, shift);
  const size_t channels = (size_t)p.in.channels;
  const int8_t* in = bytes((size_t)(p.in.height * p.in.width) * channels);
  int8_t *got = bytes(channels), *expected = bytes(channels);
  hb_mean_s8(&p, in, got);
  ref_mean(&p.in, input_zero_point, multiplier, shift, p.zero_point, in, expected);
  return equal("mean", got, expected, channels);
}

static int fuzz_mul(void) {
  hb_mul_params p;
  memset(&p, 0, sizeof p);
  p.rows = small_or_one(20);
  p.count = random_in(1, 30);
  p.b_step = chance(50) ? 0 : p.count;
  p.a_offset = random_in(-127, 128);
  p.b_offset = random_in(-127, 128);
  random_requant(&p.requant, 1, 1);
  p.requant.fast = hb_requant_is_fast(&p.requant, 1, NULL, 0, 2);
  const size_t count = (size_t)(p.rows * p.count);
  const int8_t *a = bytes(count), *b = bytes(p.b_step ? count : (size_t)p.count);
  int8_t *got = bytes(count), *expected = bytes(count);
  hb_mul_s8(&p, a, b, got);
  ref_mul(&p, a, b, expected);
  return equal("mul", got, expected, count);
}

static int fuzz_prelu(void) {
  const hb_prelu_params p = {random_in(-127, 128),
                             random_in(-127, 128),
                             random_in(-128, 127),
                             {random_multiplier(), random_in(-9, 6)},
                             {random_multiplier(), random_in(-16, 2)}};
  const size_t count = 1 + random_below(100);
  const int8_t *in = bytes(count), *alpha = bytes(count);
  int8_t *got = bytes(count), *expected = bytes(count);
  hb_prelu_s8(&p, in, alpha, got, count);
  ref_prelu(&p, in, alpha, expected, count);
  return equal("prelu", got, expected, count);
}

// The table's 256 entries and one look-up.
static int fuzz_table(void) {
  int8_t *table = bytes(256), *expected = bytes(256);
  if (chance(50)) {
    const hb_hard_swish_params p = {random_in(-128, 127), random_in(-128, 127),    random_in(16384, 32767),
                                    random_in(-12, 0),    random_in(16384, 32767), random_in(-8, 8)};
    hb_hard_swish_table(&p, table);
    for (int i = 0; i < 256; i++) expected[i] = ref_hard_swish(&p, (int8_t)(i - 128));
  } else {
    const int32_t min = random_in(-128, 127);
    const hb_rescale_params p = {random_in(-128, 127), random_in(-128, 127), random_multiplier(), random_in(-9, 6), min,
                                 random_in(min, 127)};
    hb_rescale_table(&p, table);
    for (int i = 0; i < 256; i++) expected[i] = (int8_t)ref_rescale(&p, i - 128);
  }
  if (!equal("table", table, expected, 256)) return 0;
  const size_t count = 1 + random_below(50);
  const int8_t* in = bytes(count);
  int8_t *got = bytes(count), *wanted = bytes(count);
  hb_lookup_s8(table, in, got, count);
  for (size_t i = 0; i < count; i++) wanted[i] = table[in[i] + 128];
  return equal("lookup", got, wanted, count);
}

static int fuzz_pad(void) {
  hb_pad_params p;
  memset(&p, 0, sizeof p);
  size_t in_bytes = 1, out_bytes = 1;
  for (int i = 0; i < 4; i++) {
    p.in[i] = small_or_one(7);
    p.before[i] = chance(50) ? 0 : random_in(0, 3);
    p.after[i] = chance(50) ? 0 : random_in(0, 3);
    in_bytes *= (size_t)p.in[i];
    out_bytes *= (size_t)(p.before[i] + p.in[i] + p.after[i]);
  }
  p.value = (int8_t)random_in(-128, 127);
  const int8_t* in = bytes(in_bytes);
  int8_t *got = bytes(out_bytes), *expected = bytes(out_bytes);
  hb_pad_s8(&p, in, got);
  ref_pad(&p, in, expected);
  return equal("pad", got, expected, out_bytes);
}

static int fuzz_scatter(void) {
  const int32_t first = random_in(1, 20), second = random_in(1, 20), count = random_in(1, 10), step = first + second;
  const int8_t *a = bytes((size_t)(first * count)), *b = bytes((size_t)(second * count));
  int8_t *got = bytes((size_t)(step * count)), *expected = bytes((size_t)(step * count));
  hb_scatter_blocks(a, first, count, got, step);
  hb_scatter_blocks(b, second, count, got + first, step);
  for (int32_t i = 0; i < step * count; i++) {
    const int32_t block = i / step, at = i % step;
    expected[i] = at < first ? a[block * first + at] : b[block * second + at - first];
  }
  return equal("concatenation", got, expected, (size_t)(step * count));
}

static int16_t* shorts(size_t count) {
  int16_t* values = buffer(2 * count, 4);
  const int kind = (int)random_below(8);
  for (size_t i = 0; i < count; i++) {
    const int16_t any = (int16_t)random_in(-32768, 32767);
    values[i] = kind == 0 ? -32768 : kind == 1 ? 32767 : kind == 2 ? (any & 1 ? -32768 : 32767) : any;
  }
  return values;
}

static int equal_s16(const char* op, const int16_t* got, const int16_t* expected, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (got[i] != expected[i]) {
      printf("%s: output %lu of %lu is %d, expected %d\n", op, (unsigned long)i, (unsigned long)count, got[i],
             expected[i]);
      return 0;
    }
  }
  return 1;
}

static void random_range_s16(int32_t* min, int32_t* max) {
  *min = chance(70) ? -32768 : random_in(-32768, 32767);
  *max = chance(70) ? 32767 : random_in(*min, 32767);
}

static void random_requant_s16(hb_requant* r, int32_t count, int32_t terms) {
  random_requant(r, count, terms);
  int32_t* shift = buffer((size_t)count * 4, 4);
  for (int32_t i = 0; i < count; i++) shift[i] = chance(90) ? random_in(-12, -4) : random_in(-31, 0);
  r->shift = shift;
  r->zero_point = 0;
  random_range_s16(&r->min, &r->max);
}

static int64_t* random_bias_s16(int32_t channels, int32_t terms) {
  if (chance(15)) return NULL;
  int64_t* bias = buffer((size_t)channels * 8, 8);
  const int64_t range = chance(20) ? 1 << 28 : terms * 4000;
  for (int32_t i = 0; i < channels; i++)
    bias[i] = random_in(-(int32_t)range, (int32_t)range) * (chance(2) ? 64ll : 1ll);
  return bias;
}

static int fuzz_conv_s16(void) {
  hb_conv_params p;
  memset(&p, 0, sizeof p);
  p.groups = chance(85) ? 1 : random_in(2, 3);
  p.in = random_conv_input(p.groups);
  random_window(&p.window, p.in, &p.out, 1, chance(30) ? 1 : 5);
  p.out.channels = p.groups * random_in(1, 9);
  const int32_t depth = p.in.channels / p.groups, terms = p.window.height * p.window.width * depth;
  random_requant_s16(&p.requant, p.out.channels, terms);
  const int64_t* bias = random_bias_s16(p.out.channels, terms);
  const size_t outputs = (size_t)(p.out.height * p.out.width * p.out.channels);
  const int16_t* in = shorts((size_t)(p.in.height * p.in.width * p.in.channels));
  const int8_t* weights = bytes((size_t)(p.out.channels * terms));
  int16_t *got = shorts(outputs), *expected = shorts(outputs);
  p.requant.fast = hb_rows_s16_are_fast(&p.requant, p.out.channels, weights, terms, p.out.channels, bias);
  hb_conv2d_s16(&p, in, weights, bias, got, buffer(hb_conv2d_s16_scratch(&p), 8));
  ref_conv_s16(&p, in, weights, bias, expected);
  return equal_s16("conv s16", got, expected, outputs);
}

static int fuzz_depthwise_s16(void) {
  hb_conv_params p;
  memset(&p, 0, sizeof p);
  p.groups = 1;
  p.in = (hb_shape){small_or_one(9), small_or_one(9), chance(50) ? 4 * random_in(1, 4) : random_in(1, 13)};
  random_window(&p.window, p.in, &p.out, 1, chance(30) ? 9 : 5);
  p.out.channels = p.in.channels * (chance(75) ? 1 : random_in(2, 4));
  const int32_t terms = p.window.height * p.window.width;
  random_requant_s16(&p.requant, p.out.channels, terms);
  const int64_t* bias = random_bias_s16(p.out.channels, terms);
  const size_t outputs = (size_t)(p.out.height * p.out.width * p.out.channels);
  const int16_t* in = shorts((size_t)(p.in.height * p.in.width * p.in.channels));
  const int8_t* weights = bytes((size_t)(p.out.channels * terms));
  int16_t *got = shorts(outputs), *expected = shorts(outputs);
  p.requant.fast = hb_depthwise_s16_is_fast(&p, bias);
  hb_depthwise_s16(&p, in, weights, bias, got, buffer(hb_depthwise_s8_scratch(&p), 8));
  ref_depthwise_s16(&p, in, weights, bias, expected);
  return equal_s16("depthwise s16", got, expected, outputs);
}

static int fuzz_fully_connected_s16(void) {
  hb_fully_connected_params p;
  memset(&p, 0, sizeof p);
  p.rows = small_or_one(3);
  p.in = chance(10) ? random_in(500, 700) : random_in(1, 70);
  p.out = random_in(1, 20);
  p.per_tensor = chance(70);
  random_requant_s16(&p.requant, p.per_tensor ? 1 : p.out, p.in);
  const int64_t* bias = random_bias_s16(p.out, p.in);
  const size_t outputs = (size_t)(p.rows * p.out);
  const int16_t* in = shorts((size_t)(p.rows * p.in));
  const int8_t* weights = bytes((size_t)(p.in * p.out));
  int16_t *got = shorts(outputs), *expected = shorts(outputs);
  p.requant.fast = hb_rows_s16_are_fast(&p.requant, p.per_tensor ? 1 : p.out, weights, p.in, p.out, bias);
  hb_fully_connected_s16(&p, in, weights, bias, got, buffer(hb_fully_connected_s16_scratch(&p), 8));
  ref_fully_connected_s16(&p, in, weights, bias, expected);
  return equal_s16("fully connected s16", got, expected, outputs);
}

static int fuzz_add_s16(void) {
  hb_add_params p;
  memset(&p, 0, sizeof p);
  p.a = random_input(chance(50));
  p.b = random_input(chance(50));
  p.a.offset = p.b.offset = 0;
  p.multiplier = random_multiplier();
  p.shift = random_in(-16, -12);
  random_range_s16(&p.min, &p.max);
  const size_t count = 1 + random_below(200);
  const int16_t *a = shorts(count), *b = shorts(count);
  int16_t *got = shorts(count), *expected = shorts(count);
  hb_add_s16(&p, a, b, got, count);
  ref_add_s16(&p, a, b, expected, count);
  return equal_s16("add s16", got, expected, count);
}

static int fuzz_pool_s16(void) {
  hb_pool_params p;
  memset(&p, 0, sizeof p);
  p.in = (hb_shape){small_or_one(9), small_or_one(9), random_in(1, 9)};
  random_window(&p.window, p.in, &p.out, 0, 4);
  p.out.channels = p.in.channels;
  random_range_s16(&p.min, &p.max);
  const size_t outputs = (size_t)(p.out.height * p.out.width * p.out.channels);
  const int16_t* in = shorts((size_t)(p.in.height * p.in.width * p.in.channels));
  int16_t *got = shorts(outputs), *expected = shorts(outputs);
  hb_average_pool_s16(&p, in, got);
  ref_pool_s16(&p, in, expected, 0);
  if (!equal_s16("average pool s16", got, expected, outputs)) return 0;
  hb_max_pool_s16(&p, in, got);
  ref_pool_s16(&p, in, expected, 1);
  return equal_s16("max pool s16", got, expected, outputs);
}

static hb_rescale_params random_rescale(int32_t lowest, int32_t highest, int in_shorts) {
  hb_rescale_params p = {random_in(-128, 127), random_in(-128, 127), random_multiplier(), 0, lowest, highest};
  p.shift = in_shorts ? random_in(-20, 8) : random_in(-9, 15);
  if (chance(20)) p.min = random_in(lowest, highest), p.max = random_in(p.min, highest);
  return p;
}

static int fuzz_rescale(void) {
  const size_t count = 1 + random_below(200);
  const int8_t* narrow = bytes(count);
  const int16_t* wide = shorts(count);
  int16_t *got = shorts(count), *expected = shorts(count);
  hb_rescale_params p = random_rescale(-32768, 32767, 0);
  hb_rescale_s8_s16(&p, narrow, got, count);
  for (size_t i = 0; i < count; i++) expected[i] = (int16_t)ref_rescale(&p, narrow[i]);
  if (!equal_s16("rescale to s16", got, expected, count)) return 0;
  p = random_rescale(-32768, 32767, 1);
  hb_rescale_s16(&p, wide, got, count);
  for (size_t i = 0; i < count; i++) expected[i] = (int16_t)ref_rescale(&p, wide[i]);
  if (!equal_s16("rescale s16", got, expected, count)) return 0;
  p = random_rescale(-128, 127, 1);
  int8_t *got8 = bytes(count), *expected8 = bytes(count);
  hb_rescale_s16_s8(&p, wide, got8, count);
  for (size_t i = 0; i < count; i++) expected8[i] = (int8_t)ref_rescale(&p, wide[i]);
  return equal("rescale from s16", got8, expected8, count);
}

static const fuzz_op kOps[] = {{"multiplier", fuzz_multiplier},
                               {"conv", fuzz_conv},
                               {"depthwise", fuzz_depthwise},
                               {"conv", fuzz_conv},
                               {"depthwise", fuzz_depthwise},
                               {"fully connected", fuzz_fully_connected},
                               {"add", fuzz_add},
                               {"pool", fuzz_pool},
                               {"softmax", fuzz_softmax},
                               {"conv, 4-bit weights", fuzz_conv_w4},
                               {"depthwise, 4-bit weights", fuzz_depthwise_w4},
                               {"fully connected, 4-bit weights", fuzz_fully_connected_w4},
                               {"conv, 16-bit activations", fuzz_conv_s16},
                               {"depthwise, 16-bit activations", fuzz_depthwise_s16},
                               {"fully connected, 16-bit activations", fuzz_fully_connected_s16},
                               {"add, 16-bit activations", fuzz_add_s16},
                               {"pool, 16-bit activations", fuzz_pool_s16},
                               {"quantize between widths", fuzz_rescale},
                               {"mean", fuzz_mean},
                               {"mul", fuzz_mul},
                               {"prelu", fuzz_prelu},
                               {"table", fuzz_table},
                               {"pad", fuzz_pad},
                               {"concatenation", fuzz_scatter}};

int main(int argc, char** argv) {
  const uint32_t cases = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : HB_FUZZ_CASES;
  const uint32_t first = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 0;
  uint32_t failed = 0;
  for (uint32_t i = first; i < first + cases; i++) {
    const fuzz_op* op = &kOps[i % (sizeof kOps / sizeof *kOps)];
    buffers_reset(i);
    const int right = op->run();
    const int intact = buffers_intact();
    if (!intact) printf("%s: wrote outside its buffers\n", op->name);
    if (!right || !intact) {
      printf("case %lu failed\n", (unsigned long)i);
      if (++failed == 10) break;
    }
  }
  printf("%lu passed, %lu failed\n", (unsigned long)(cases - failed), (unsigned long)failed);
  return failed ? 1 : 0;
}
