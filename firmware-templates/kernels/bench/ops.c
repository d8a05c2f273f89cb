// Instructions of the core kernels over the shapes that the search spaces use, one line each: name, instructions, work,
// unit.
#include <stdio.h>
#include <stdlib.h>

#include "hb_kernels.h"
#include "ticks.h"

enum { kArena = 64 * 1024, kWeights = 100 * 1024, kChannels = 1024 };

static int8_t input[kArena] __attribute__((aligned(4))), second[kArena], weights[kWeights];
static int8_t output[kArena] __attribute__((aligned(4)));
static int64_t bias16[1024];
static int32_t bias[kChannels], multiplier[kChannels], shift[kChannels];
static uint64_t scratch[4096];

static uint32_t state = 1;
static uint32_t next(void) { return state = state * 1664525u + 1013904223u; }

static void fill(int8_t* values, size_t count) {
  for (size_t i = 0; i < count; i++) values[i] = (int8_t)(next() >> 24);
}

static const char* kind;
static void section(const char* name) { kind = name; }

static void line(const char* name, uint32_t instructions, uint32_t work, const char* unit) {
  const uint32_t hundredths = (uint32_t)((uint64_t)instructions * 100 / work);
  printf("%-14s %-28s %9lu %9lu %4lu.%02lu %s\n", kind, name, (unsigned long)instructions, (unsigned long)work,
         (unsigned long)(hundredths / 100), (unsigned long)(hundredths % 100), unit);
}

typedef struct {
  const char* name;
  int depthwise, height, width, channels, out_channels, kernel_h, kernel_w, stride, dilation, valid;
} conv_case;

static const conv_case kConvs[] = {
    {"first conv 10x4x1-64 s2", 0, 49, 10, 1, 64, 10, 4, 2, 1, 0},
    {"first conv 3x3x3-16", 0, 32, 32, 3, 16, 3, 3, 1, 1, 0},
    {"first conv 3x3x1-8 s2", 0, 28, 28, 1, 8, 3, 3, 2, 1, 0},
    {"first conv 3x3x1-16", 0, 28, 28, 1, 16, 3, 3, 1, 1, 0},
    {"first conv 5x5x1-16 s2", 0, 28, 28, 1, 16, 5, 5, 2, 1, 0},
    {"conv 3x3 8-16 s2", 0, 28, 28, 8, 16, 3, 3, 2, 1, 0},
    {"conv 3x3 16-16", 0, 32, 32, 16, 16, 3, 3, 1, 1, 0},
    {"conv 3x3 32-32", 0, 16, 16, 32, 32, 3, 3, 1, 1, 0},
    {"conv 3x3 64-64", 0, 8, 8, 64, 64, 3, 3, 1, 1, 0},
    {"conv 1x1 s2 16-32", 0, 32, 32, 16, 32, 1, 1, 2, 1, 0},
    {"conv 1x1 s2 32-64", 0, 16, 16, 32, 64, 1, 1, 2, 1, 0},
    {"pointwise 8-8", 0, 16, 16, 8, 8, 1, 1, 1, 1, 0},
    {"pointwise 8-16", 0, 16, 16, 8, 16, 1, 1, 1, 1, 0},
    {"pointwise 12-24", 0, 14, 14, 12, 24, 1, 1, 1, 1, 0},
    {"pointwise 24-48", 0, 14, 14, 24, 48, 1, 1, 1, 1, 0},
    {"pointwise 16-16", 0, 16, 16, 16, 16, 1, 1, 1, 1, 0},
    {"pointwise 32-32", 0, 16, 16, 32, 32, 1, 1, 1, 1, 0},
    {"pointwise 64-64 25x5", 0, 25, 5, 64, 64, 1, 1, 1, 1, 0},
    {"pointwise 128-128", 0, 8, 8, 128, 128, 1, 1, 1, 1, 0},
    {"pointwise 256-256", 0, 4, 4, 256, 256, 1, 1, 1, 1, 0},
    {"pointwise 64-10 on 1x1", 0, 1, 1, 64, 10, 1, 1, 1, 1, 0},
    {"pointwise 18-30", 0, 14, 14, 18, 30, 1, 1, 1, 1, 0},
    {"temporal 1x9 16-16 d2", 0, 1, 64, 16, 16, 1, 9, 1, 2, 0},
    {"depthwise 3x3 64 25x5", 1, 25, 5, 64, 64, 3, 3, 1, 1, 0},
    {"depthwise 3x3 16 28x28", 1, 28, 28, 16, 16, 3, 3, 1, 1, 0},
    {"depthwise 3x3 32 s2 16x16", 1, 16, 16, 32, 32, 3, 3, 2, 1, 0},
    {"depthwise 3x3 24 14x14", 1, 14, 14, 24, 24, 3, 3, 1, 1, 0},
    {"depthwise 5x5 48 7x7", 1, 7, 7, 48, 48, 5, 5, 1, 1, 0},
    {"depthwise 5x5 32 14x14", 1, 14, 14, 32, 32, 5, 5, 1, 1, 0},
    {"depthwise 5x5 32 s2 14x14", 1, 14, 14, 32, 32, 5, 5, 2, 1, 0},
    {"depthwise 3x3 18 14x14", 1, 14, 14, 18, 18, 3, 3, 1, 1, 0},
    {"depthwise 1x9 32 1x64", 1, 1, 64, 32, 32, 1, 9, 1, 1, 0},
    {"depthwise 9x1 32 64x1", 1, 64, 1, 32, 32, 9, 1, 1, 1, 0},
    {"depthwise 3x3 8x2 14x14", 1, 14, 14, 8, 16, 3, 3, 1, 1, 0},
};

static int32_t same_pad(int32_t in, int32_t out, int32_t kernel, int32_t stride, int32_t dilation) {
  const int32_t total = (out - 1) * stride + (kernel - 1) * dilation + 1 - in;
  return total > 0 ? total / 2 : 0;
}

static void run_conv(const conv_case* c, int bits) {
  hb_conv_params p = {.in = {c->height, c->width, c->channels},
                      .window = {c->kernel_h, c->kernel_w, c->stride, c->stride, c->dilation, c->dilation, 0, 0},
                      .groups = 1,
                      .input_offset = 128,
                      .requant = {-128, -128, 127, 0, multiplier, shift}};
  p.out.height = (c->height + c->stride - 1) / c->stride;
  p.out.width = (c->width + c->stride - 1) / c->stride;
  p.out.channels = c->out_channels;
  p.window.pad_top = same_pad(p.in.height, p.out.height, c->kernel_h, c->stride, c->dilation);
  p.window.pad_left = same_pad(p.in.width, p.out.width, c->kernel_w, c->stride, c->dilation);
  const int32_t terms = c->kernel_h * c->kernel_w * (c->depthwise ? 1 : c->channels);
  p.requant.fast = hb_requant_is_fast(&p.requant, c->out_channels, bias, c->out_channels, terms);
  if (hb_conv2d_s8w4_scratch(&p) > sizeof scratch || hb_conv2d_s8_scratch(&p) > sizeof scratch) exit(3);
  if (c->depthwise && hb_depthwise_s8_scratch(&p) > sizeof scratch) exit(3);
  const uint8_t* weights4 = (const uint8_t*)weights;
  if (bits == 16) {
    p.requant.min = -32768, p.requant.max = 32767;
    p.requant.fast = 1;
    if (hb_conv2d_s16_scratch(&p) > sizeof scratch) exit(3);
  }
  const int16_t* input16 = (const int16_t*)input;
  const uint32_t from = hb_ticks();
  if (bits == 16 && c->depthwise) {
    hb_depthwise_s16(&p, input16, weights, bias16, (int16_t*)output, scratch);
  } else if (bits == 16) {
    hb_conv2d_s16(&p, input16, weights, bias16, (int16_t*)output, scratch);
  } else if (bits == 4 && c->depthwise) {
    hb_depthwise_s8w4(&p, input, weights4, bias, output, scratch);
  } else if (bits == 4) {
    hb_conv2d_s8w4(&p, input, weights4, bias, output, scratch);
  } else if (c->depthwise) {
    hb_depthwise_s8(&p, input, weights, bias, output, scratch);
  } else {
    hb_conv2d_s8(&p, input, weights, bias, output, scratch);
  }
  const uint32_t to = hb_ticks();
  line(c->name, hb_instructions(from, to), (uint32_t)(p.out.height * p.out.width * p.out.channels * terms), "MAC");
}

static void run_fully_connected(const char* name, int32_t in, int32_t out, int bits) {
  hb_fully_connected_params p = {1, in, out, 128, 0, 1, {-128, -128, 127, 0, multiplier, shift}};
  p.requant.fast = hb_requant_is_fast(&p.requant, 1, bias, out, in);
  const uint32_t from = hb_ticks();
  if (bits == 16) {
    p.requant.min = -32768, p.requant.max = 32767;
    hb_fully_connected_s16(&p, (const int16_t*)input, weights, bias16, (int16_t*)output, scratch);
  } else if (bits == 4) {
    hb_fully_connected_s8w4(&p, input, (const uint8_t*)weights, bias, output, scratch);
  } else {
    hb_fully_connected_s8(&p, input, weights, bias, output, scratch);
  }
  const uint32_t to = hb_ticks();
  line(name, hb_instructions(from, to), (uint32_t)(in * out), "MAC");
}

static void run_add(const char* name, int32_t shift_b) {
  const hb_add_params p = {
      {128, 1 << 30, 0}, {3, shift_b ? 1518500250 : 1 << 30, shift_b}, 1518500250, -18, -128, -128, 127};
  const uint32_t from = hb_ticks();
  hb_add_s8(&p, input, second, output, 16384);
  const uint32_t to = hb_ticks();
  line(name, hb_instructions(from, to), 16384, "element");
}

static void run_add_s16(const char* name, int32_t shift_b) {
  const hb_add_params p = {
      {0, 1 << 30, 0}, {0, shift_b ? 1518500250 : 1 << 30, shift_b}, 1518500250, -13, 0, -32768, 32767};
  const uint32_t from = hb_ticks();
  hb_add_s16(&p, (const int16_t*)input, (const int16_t*)second, (int16_t*)output, 16384);
  const uint32_t to = hb_ticks();
  line(name, hb_instructions(from, to), 16384, "element");
}

static void run_pool_s16(const char* name, hb_shape in) {
  const hb_pool_params p = {in, {1, 1, in.channels}, {in.height, in.width, 1, 1, 1, 1, 0, 0}, -32768, 32767};
  const uint32_t from = hb_ticks();
  hb_average_pool_s16(&p, (const int16_t*)input, (int16_t*)output);
  const uint32_t to = hb_ticks();
  line(name, hb_instructions(from, to), (uint32_t)(in.height * in.width * in.channels), "element");
}

static void run_rescale(void) {
  const hb_rescale_params up = {-128, 0, 1518500250, 7, -32768, 32767}, down = {0, 3, 1518500250, -7, -128, 127};
  const uint32_t from = hb_ticks();
  hb_rescale_s8_s16(&up, input, (int16_t*)output, 16384);
  const uint32_t between = hb_ticks();
  hb_rescale_s16_s8(&down, (const int16_t*)input, output, 16384);
  const uint32_t to = hb_ticks();
  line("quantize int8 to int16", hb_instructions(from, between), 16384, "element");
  line("quantize int16 to int8", hb_instructions(between, to), 16384, "element");
}

static void run_pool(const char* name, int maximum, hb_shape in, hb_shape out, int32_t kernel_h, int32_t kernel_w) {
  const hb_pool_params p = {in, out, {kernel_h, kernel_w, kernel_h, kernel_w, 1, 1, 0, 0}, -128, 127};
  const uint32_t from = hb_ticks();
  if (maximum) {
    hb_max_pool_s8(&p, input, output);
  } else {
    hb_average_pool_s8(&p, input, output);
  }
  const uint32_t to = hb_ticks();
  line(name, hb_instructions(from, to), (uint32_t)(in.height * in.width * in.channels), "element");
}

static void run_softmax(void) {
  const hb_softmax_params p = {1, 12, 1717986918, 24, -124};
  const uint32_t from = hb_ticks();
  hb_softmax_s8(&p, input, output);
  const uint32_t to = hb_ticks();
  line("softmax 12", hb_instructions(from, to), 12, "element");
}

int main(void) {
  fill(input, sizeof input);
  fill(second, sizeof second);
  fill(weights, sizeof weights);
  for (int i = 0; i < kChannels; i++) {
    bias[i] = (int32_t)(next() >> 18) - 8192;
    multiplier[i] = (1 << 30) + (int32_t)(next() >> 2);
    shift[i] = -7 - (int32_t)(next() >> 31);
  }
  hb_ticks_start();
  section("int8");
  for (size_t i = 0; i < sizeof kConvs / sizeof *kConvs; i++) run_conv(&kConvs[i], 8);
  run_fully_connected("fully connected 640-128", 640, 128, 8);
  run_fully_connected("fully connected 128-128", 128, 128, 8);
  run_fully_connected("fully connected 128-8", 128, 8, 8);
  run_fully_connected("fully connected 8-128", 8, 128, 8);
  run_fully_connected("fully connected 64-12", 64, 12, 8);
  section("4-bit weights");
  for (size_t i = 0; i < sizeof kConvs / sizeof *kConvs; i++) run_conv(&kConvs[i], 4);
  run_fully_connected("fully connected 640-128", 640, 128, 4);
  run_fully_connected("fully connected 64-12", 64, 12, 4);
  section("16-bit data");
  for (size_t i = 0; i < sizeof kConvs / sizeof *kConvs; i++) run_conv(&kConvs[i], 16);
  run_fully_connected("fully connected 640-128", 640, 128, 16);
  run_fully_connected("fully connected 64-12", 64, 12, 16);
  run_add_s16("add, equal scales", 0);
  run_add_s16("add, other scales", -2);
  run_pool_s16("average pool 25x5x64", (hb_shape){25, 5, 64});
  run_rescale();
  section("other");
  run_add("add, equal scales", 0);
  run_add("add, other scales", -2);
  run_pool("average pool 25x5x64", 0, (hb_shape){25, 5, 64}, (hb_shape){1, 1, 64}, 25, 5);
  run_pool("average pool 2x2 16x16x32", 0, (hb_shape){16, 16, 32}, (hb_shape){8, 8, 32}, 2, 2);
  run_pool("max pool 2x2 16x16x32", 1, (hb_shape){16, 16, 32}, (hb_shape){8, 8, 32}, 2, 2);
  run_softmax();
  return 0;
}
