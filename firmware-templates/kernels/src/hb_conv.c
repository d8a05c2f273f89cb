#include "hb_dot.h"
#include "hb_requant.h"

// Four outputs at a time: their patches become columns, then every weight row passes over them. Grouped convolution
// does this once a group. Outputs that do not fill a pass of four are computed and dropped, a lone one takes four rows
// at a time.

typedef struct {
  const hb_conv_params* p;
  const int8_t* in;
  int32_t depth;    // input channels of a group
  int32_t patch;    // inputs of an output: kernel area * depth
  int32_t groups4;  // patch in groups of four
  int8_t* bytes;    // a patch before widening, where channels do not come in fours
  hb_rows rows;
  void* columns;
} conv_pass;

static size_t aligned8(size_t bytes) { return (bytes + 7) & ~(size_t)7; }

static int32_t patch_size(const hb_conv_params* p) {
  return p->window.height * p->window.width * (p->in.channels / p->groups);
}

size_t hb_conv2d_s8_scratch(const hb_conv_params* p) {
  const int32_t k = patch_size(p);
  return hb_column_bytes(k, kColumns) + aligned8((size_t)k) + hb_rows_scratch(k);
}

static int is_pointwise(const hb_conv_params* p) {
  const hb_window* w = &p->window;
  return w->height == 1 && w->width == 1 && w->pad_top == 0 && w->pad_left == 0;
}

// Channels come in fours: every tap is a run of whole groups.
static void widen_taps(const conv_pass* c, void* column, int columns, const int8_t* in, int32_t y0, int32_t x0) {
  const hb_conv_params* p = c->p;
  const hb_window* w = &p->window;
  const int32_t tap = c->depth / 4;
  const int whole_rows = w->dilation_w == 1 && c->depth == p->in.channels && x0 >= 0 && x0 + w->width <= p->in.width;
  char* to = column;
  for (int32_t ky = 0; ky < w->height; ky++) {
    const int32_t y = y0 + ky * w->dilation_h;
    if (y < 0 || y >= p->in.height) {
      hb_zero_column(to, columns, tap * w->width);
      to = hb_group(to, columns, tap * w->width);
      continue;
    }
    const int8_t* row = in + (y * p->in.width + x0) * p->in.channels;
    if (whole_rows) {
      hb_widen(to, columns, row, c->depth * w->width, p->input_offset);
      to = hb_group(to, columns, tap * w->width);
      continue;
    }
    for (int32_t kx = 0; kx < w->width; kx++, to = hb_group(to, columns, tap)) {
      const int32_t x = x0 + kx * w->dilation_w;
      if (x < 0 || x >= p->in.width) {
        hb_zero_column(to, columns, tap);
      } else {
        hb_widen(to, columns, row + kx * w->dilation_w * p->in.channels, c->depth, p->input_offset);
      }
    }
  }
}

// Any depth: the taps are gathered as bytes first, the input's zero point standing for the padding.
static void widen_gathered(const conv_pass* c, void* column, int columns, const int8_t* in, int32_t y0, int32_t x0) {
  const hb_conv_params* p = c->p;
  const hb_window* w = &p->window;
  int8_t* to = c->bytes;
  for (int32_t ky = 0; ky < w->height; ky++) {
    const int32_t y = y0 + ky * w->dilation_h;
    const int inside = y >= 0 && y < p->in.height;
    for (int32_t kx = 0; kx < w->width; kx++) {
      const int32_t x = x0 + kx * w->dilation_w;
      if (inside && x >= 0 && x < p->in.width) {
        const int8_t* from = in + (y * p->in.width + x) * p->in.channels;
        for (int32_t i = 0; i < c->depth; i++) *to++ = from[i];
      } else {
        for (int32_t i = 0; i < c->depth; i++) *to++ = (int8_t)-p->input_offset;
      }
    }
  }
  hb_widen(column, columns, c->bytes, c->patch, p->input_offset);
}

static void widen_patch(const conv_pass* c, void* column, int columns, const int8_t* in, int32_t output) {
  const hb_conv_params* p = c->p;
  const int32_t y0 = output / p->out.width * p->window.stride_h - p->window.pad_top;
  const int32_t x0 = output % p->out.width * p->window.stride_w - p->window.pad_left;
  if (is_pointwise(p)) {
    hb_widen(column, columns, in + (y0 * p->in.width + x0) * p->in.channels, c->depth, p->input_offset);
  } else if (c->depth % 4 == 0) {
    widen_taps(c, column, columns, in, y0, x0);
  } else {
    widen_gathered(c, column, columns, in, y0, x0);
  }
}

static void multiply_four_columns(const conv_pass* c, const int32_t* bias, int8_t* out, int valid, int32_t first,
                                  int32_t rows) {
  const hb_requant* r = &c->p->requant;
  const int32_t stride = c->p->out.channels;
  for (int32_t i = 0; i < rows; i++) {
    const int32_t channel = first + i;
    const int32_t start = bias ? bias[channel] : 0;
    int32_t sums[kColumns] = {start, start, start, start};
    hb_dot_four_columns(hb_row(&c->rows, channel), c->columns, c->groups4, sums);
    hb_requant_sums(r, channel, sums, kColumns);
    int8_t* to = out + channel;
    to[0] = (int8_t)sums[0];
    if (valid > 1) to[stride] = (int8_t)sums[1];
    if (valid > 2) to[2 * stride] = (int8_t)sums[2];
    if (valid > 3) to[3 * stride] = (int8_t)sums[3];
  }
}

static void multiply_one_column(const conv_pass* c, const int32_t* bias, int8_t* out, int32_t first, int32_t rows) {
  for (int32_t channel = first; channel < first + rows; channel++) {
    int32_t sum = bias ? bias[channel] : 0;
    sum = hb_dot_one_row(hb_row(&c->rows, channel), c->columns, c->groups4, sum);
    hb_requant_sums(&c->p->requant, channel, &sum, 1);
    out[channel] = (int8_t)sum;
  }
}

void hb_conv2d_s8(const hb_conv_params* p, const int8_t* in, const int8_t* weights, const int32_t* bias, int8_t* out,
                  void* scratch) {
  conv_pass c = {.p = p, .in = in, .depth = p->in.channels / p->groups, .patch = patch_size(p), .columns = scratch};
  c.groups4 = hb_groups(c.patch);
  c.bytes = (int8_t*)scratch + hb_column_bytes(c.patch, kColumns);
  c.rows = hb_rows_of(weights, c.patch, p->out.channels, c.bytes + aligned8((size_t)c.patch));

  const int32_t outputs = p->out.height * p->out.width;
  const int32_t rows = p->out.channels / p->groups;
  for (int32_t group = 0; group < p->groups; group++) {
    const int8_t* group_in = in + group * c.depth;
    for (int32_t o = 0; o < outputs; o += kColumns) {
      const int valid = outputs - o < kColumns ? (int)(outputs - o) : kColumns;
      int8_t* to = out + o * p->out.channels;
      if (valid == 1) {
        widen_patch(&c, c.columns, 1, group_in, o);
        multiply_one_column(&c, bias, to, group * rows, rows);
        continue;
      }
      for (int i = 0; i < valid; i++) widen_patch(&c, hb_column(c.columns, i), kColumns, group_in, o + i);
      for (int i = valid; i < kColumns; i++) hb_zero_column(hb_column(c.columns, i), kColumns, c.groups4);
      multiply_four_columns(&c, bias, to, valid, group * rows, rows);
    }
  }
  hb_clamp_s8(out, (size_t)outputs * (size_t)p->out.channels, p->requant.min, p->requant.max);
}
