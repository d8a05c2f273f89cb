#include "hb_dot.h"
#include "hb_requant.h"

// Four outputs at a time: their patches become columns, then every weight row passes over them; the last four may
// overlap the ones before. Grouped convolution does this once a group. Fewer than four outputs, and scales that need
// the long rounding sequence, go one output at a time.

typedef struct {
  const hb_conv_params* p;
  int32_t depth;       // input channels of a group
  int32_t patch;       // inputs of an output: kernel area * depth
  int32_t groups;      // of a column
  int32_t size;        // bytes of an input, 1 or 2
  int32_t whole;       // a tap is whole groups, so that patches are widened where they lie
  int32_t contiguous;  // a kernel row's taps follow each other in memory
  int8_t* bytes;       // else patches (of inputs, not bytes only) are gathered here before they are widened
  void* columns;
  hb_rows rows;
} conv_pass;

static size_t aligned8(size_t bytes) { return (bytes + 7) & ~(size_t)7; }

static int32_t patch_size(const hb_conv_params* p) {
  return p->window.height * p->window.width * (p->in.channels / p->groups);
}

// A narrow pass takes outputs by so many, and patches of two groups: their weights fit the registers.
enum { kNarrowOutputs = 32, kNarrowGroups = 2 };

static int is_narrow(int32_t groups) { return HB_DSP && groups == kNarrowGroups; }

// Columns, gathered inputs, copied rows.
static size_t columns_bytes(int32_t k, int bits) {
  const int32_t groups = hb_row_groups(k, bits);
  return (size_t)groups * 8 * (is_narrow(groups) ? kNarrowOutputs : kColumns);
}

size_t hb_conv2d_s8_scratch(const hb_conv_params* p) {
  const int32_t k = patch_size(p);
  return columns_bytes(k, 8) + aligned8((size_t)k) + hb_rows_scratch(k);
}

size_t hb_conv2d_s8w4_scratch(const hb_conv_params* p) {
  const int32_t k = patch_size(p);
  return columns_bytes(k, 4) + aligned8((size_t)k);
}

size_t hb_conv2d_s16_scratch(const hb_conv_params* p) {
  const int32_t k = patch_size(p);
  return columns_bytes(k, 8) + aligned8(2 * (size_t)k) + hb_rows_scratch(k);
}

static conv_pass pass_of(const hb_conv_params* p, const void* weights, int bits, int size, void* scratch) {
  conv_pass c = {.p = p, .depth = p->in.channels / p->groups, .patch = patch_size(p), .size = size, .columns = scratch};
  c.groups = hb_row_groups(c.patch, bits);
  c.whole = c.depth % 4 == 0;
  c.contiguous = p->window.dilation_w == 1 && p->groups == 1;
  c.bytes = (int8_t*)scratch + columns_bytes(c.patch, bits);
  c.rows = bits == 4 ? hb_rows_of_w4(weights, c.patch, p->out.channels)
                     : hb_rows_of(weights, c.patch, p->out.channels, c.bytes + aligned8((size_t)(c.patch * size)));
  return c;
}

static void widen(const conv_pass* c, void* to, int columns, const void* from, int32_t count) {
  if (c->size == 2) {
    hb_spread_s16(to, columns, from, count);
  } else {
    hb_widen(to, columns, from, count, c->p->input_offset);
  }
}

// A run of inputs to `to`, a place in a column or in the gathered inputs; returns the next place.
static void* put_run(const conv_pass* c, void* to, int columns, const int8_t* from, int32_t count) {
  if (c->whole) {
    widen(c, to, columns, from, count);
    return hb_group(to, columns, count / 4);
  }
  return hb_copy_bytes(to, from, count * c->size);
}

static void* put_padding(const conv_pass* c, void* to, int columns, int32_t taps) {
  if (c->whole) {
    hb_zero_column(to, columns, taps * c->depth / 4);
    return hb_group(to, columns, taps * c->depth / 4);
  }
  // 16-bit inputs have no offset: the zero point is 0 in every byte.
  return hb_fill_bytes(to, (int8_t)-c->p->input_offset, taps * c->depth * c->size);
}

static void* put_taps(const conv_pass* c, void* to, int columns, const int8_t* from, int32_t taps) {
  if (c->contiguous) return taps > 0 ? put_run(c, to, columns, from, taps * c->depth) : to;
  const int32_t step = c->p->window.dilation_w * c->p->in.channels * c->size;
  for (; taps > 0; taps--, from += step) to = put_run(c, to, columns, from, c->depth);
  return to;
}

static int32_t at_most(int32_t value, int32_t limit) { return value < limit ? value : limit; }

// How many of `taps` taps, `step` apart, from x on lie before `limit`.
static int32_t taps_before(int32_t x, int32_t step, int32_t limit, int32_t taps) {
  return x >= limit ? 0 : step == 1 ? at_most(limit - x, taps) : at_most((limit - x + step - 1) / step, taps);
}

// Whether the patches of `outputs` neighbours need no padding and have their rows in one piece; the first starts at
// (y, x) of the input.
static int lie_inside(const conv_pass* c, int32_t y, int32_t x, int32_t outputs) {
  const hb_conv_params* p = c->p;
  const hb_window* w = &p->window;
  return c->contiguous && y >= 0 && x >= 0 && y + (w->height - 1) * w->dilation_h < p->in.height &&
         x + (outputs - 1) * w->stride_w + w->width <= p->in.width;
}

// Rows of few bytes, `step` apart, to one place. But for the last, a word at a time: that reads and writes up to 3
// bytes too many, which are the next row's where a row has 2 bytes or more.
static void gather_rows(int8_t* to, const int8_t* from, int32_t bytes, int32_t step, int32_t rows) {
  for (; rows > 1 && bytes > 1; rows--, from += step, to += bytes) {
    for (int32_t i = 0; i < bytes; i += 4) memcpy(to + i, from + i, 4);
  }
  for (; rows > 0; rows--, from += step) to = hb_copy_bytes(to, from, bytes);
}

// A patch that lies inside, from `from` on.
static void widen_inside(const conv_pass* c, void* column, int columns, const int8_t* from) {
  const hb_conv_params* p = c->p;
  const int32_t row = p->window.width * c->depth;
  const int32_t step = p->in.width * p->in.channels * c->size * p->window.dilation_h;
  if (!c->whole) {
    gather_rows(c->bytes, from, row * c->size, step, p->window.height);
    widen(c, column, columns, c->bytes, c->patch);
    return;
  }
  for (int32_t ky = p->window.height; ky > 0; ky--, from += step) {
    widen(c, column, columns, from, row);
    column = hb_group(column, columns, row / 4);
  }
}

// The patch of the output at (y, x) into one column.
static void widen_patch(const conv_pass* c, void* column, int columns, const int8_t* in, int32_t y, int32_t x) {
  const hb_conv_params* p = c->p;
  const hb_window* w = &p->window;
  const int32_t x0 = x * w->stride_w - w->pad_left;
  if (lie_inside(c, y * w->stride_h - w->pad_top, x0, 1)) {
    widen_inside(c, column, columns,
                 in + ((y * w->stride_h - w->pad_top) * p->in.width + x0) * p->in.channels * c->size);
    return;
  }
  const int32_t before = taps_before(x0, w->dilation_w, 0, w->width);
  const int32_t inside = taps_before(x0, w->dilation_w, p->in.width, w->width) - before;
  void* to = c->whole ? column : c->bytes;
  int32_t iy = y * w->stride_h - w->pad_top;
  for (int32_t ky = 0; ky < w->height; ky++, iy += w->dilation_h) {
    if (iy < 0 || iy >= p->in.height) {
      to = put_padding(c, to, columns, w->width);
      continue;
    }
    if (before) to = put_padding(c, to, columns, before);
    const int32_t ix = x0 + before * w->dilation_w;
    to = put_taps(c, to, columns, in + (iy * p->in.width + ix) * p->in.channels * c->size, inside);
    if (before + inside < w->width) to = put_padding(c, to, columns, w->width - before - inside);
  }
  if (!c->whole) widen(c, column, columns, c->bytes, c->patch);
}

static int is_dense_pointwise(const hb_window* w) {
  return w->height == 1 && w->width == 1 && w->pad_top == 0 && w->pad_left == 0 && w->stride_h == 1 && w->stride_w == 1;
}

// The patches of four outputs, in row-major order from `output` on.
static void widen_four_patches(const conv_pass* c, const int8_t* in, int32_t output) {
  const hb_conv_params* p = c->p;
  if (is_dense_pointwise(&p->window)) {
    const int32_t step = p->in.channels * c->size;
    if (c->size == 1) {
      hb_widen_four(c->columns, in + output * step, step, c->depth, p->input_offset);
    } else {
      for (int i = 0; i < kColumns; i++) {
        hb_spread_s16(hb_column(c->columns, i), kColumns, (const int16_t*)(in + (output + i) * step), c->depth);
      }
    }
    return;
  }
  int32_t y = output / p->out.width, x = output % p->out.width;
  const int32_t y0 = y * p->window.stride_h - p->window.pad_top, x0 = x * p->window.stride_w - p->window.pad_left;
  if (x + kColumns <= p->out.width && lie_inside(c, y0, x0, kColumns)) {
    const int8_t* from = in + (y0 * p->in.width + x0) * p->in.channels * c->size;
    for (int i = 0; i < kColumns; i++, from += p->window.stride_w * p->in.channels * c->size) {
      widen_inside(c, hb_column(c->columns, i), kColumns, from);
    }
    return;
  }
  for (int i = 0; i < kColumns; i++) {
    widen_patch(c, hb_column(c->columns, i), kColumns, in, y, x);
    if (++x == p->out.width) x = 0, y++;
  }
}

// The short rounding sequence, for four outputs from `output` on and the channels first .. end - 1. Everything that a
// row needs is in locals, since the stores of outputs would make the compiler read structs again and again; and all of
// it is reached from one opaque index, since a pointer each would be more than fits the registers.
HB_INLINE void multiply_four_columns(const conv_pass* c, const int32_t* bias, int8_t* out, int32_t first, int32_t end,
                                     int bits) {
  const hb_scales scales = hb_scales_of(&c->p->requant);
  const int32_t stride = c->p->out.channels, row_bytes = c->rows.row_bytes;
  const hb_four_columns columns = hb_four_columns_of(c->columns, c->groups);
  int32_t i = first;
  while (i < end) {
    const int in_place = i < c->rows.first_copied;
    const int8_t* weights = in_place ? c->rows.weights : c->rows.copied;
    const int32_t stop = in_place ? at_most(end, c->rows.first_copied) : end;
    for (; i < stop; i++) {
      HB_OPAQUE(i);
      const int32_t start = bias[i], first_sum = bits == 4 ? 0 : start;
      int32_t sums[kColumns] = {first_sum, first_sum, first_sum, first_sum};
      const int8_t* w = hb_row_at(weights, i * row_bytes);
      if (bits == 4) {
        hb_dot_four_columns_w4(w, &columns, sums);
        sums[0] = (sums[0] >> 4) + start, sums[1] = (sums[1] >> 4) + start;
        sums[2] = (sums[2] >> 4) + start, sums[3] = (sums[3] >> 4) + start;
      } else {
        hb_dot_four_columns(w, &columns, sums);
      }
      const hb_scale s = hb_scale_at(&scales, i);
      int8_t* to = out + i;
      to[0] = (int8_t)hb_scaled(sums[0], s);
      to[stride] = (int8_t)hb_scaled(sums[1], s);
      to += 2 * stride;
      to[0] = (int8_t)hb_scaled(sums[2], s);
      to[stride] = (int8_t)hb_scaled(sums[3], s);
    }
  }
}

// Narrow patches: the weights of a row stay in registers while many outputs pass, so that an output costs no more than
// its products, its rounding and its store.

// The columns of `count` outputs from `output` on, one after the other.
static void widen_narrow(const conv_pass* c, const int8_t* in, int32_t output, int32_t count) {
  const hb_conv_params* p = c->p;
  if (is_dense_pointwise(&p->window) && c->patch == 4 * kNarrowGroups && p->groups == 1) {
    widen(c, c->columns, 1, in + output * c->patch * c->size, count * c->patch);
    return;
  }
  int32_t y = output / p->out.width, x = output % p->out.width;
  for (int32_t i = 0; i < count; i++) {
    widen_patch(c, hb_group(c->columns, 1, i * kNarrowGroups), 1, in, y, x);
    if (++x == p->out.width) x = 0, y++;
  }
}

// A row's weights in the order of a column's pairs.
HB_INLINE void load_narrow(const int8_t* w, int bits, hb_pair pairs[4]) {
  const uint32_t first = hb_load32(w);
  if (bits == 4) {
    hb_unpack_w4(first, pairs);
    return;
  }
  const uint32_t second = hb_load32(w + 4);
  pairs[0] = hb_even_bytes(first), pairs[1] = hb_odd_bytes(first);
  pairs[2] = hb_even_bytes(second), pairs[3] = hb_odd_bytes(second);
}

HB_INLINE int32_t dot_narrow(const hb_pair w[4], const hb_pair* x, int32_t start) {
  return hb_smlad(w[3], x[3], hb_smlad(w[2], x[2], hb_smlad(w[1], x[1], hb_smlad(w[0], x[0], start))));
}

HB_INLINE void convolve_narrow(const conv_pass* c, const int8_t* in, const int32_t* bias, int8_t* out, int32_t first,
                               int32_t end, int bits) {
  const hb_conv_params* p = c->p;
  const int32_t outputs = p->out.height * p->out.width, stride = p->out.channels;
  for (int32_t o = 0, count; o < outputs; o += count) {
    count = at_most(outputs - o, kNarrowOutputs);
    widen_narrow(c, in, o, count);
    const hb_pair* const columns_end = (const hb_pair*)c->columns + 4 * count;
    for (int32_t i = first; i < end; i++) {
      hb_pair w[4];
      load_narrow(hb_row(&c->rows, i), bits, w);
      const hb_scale s = hb_scale_of(&p->requant, i);
      const int32_t start = bias[i];
      int8_t* to = out + o * stride + i;
      for (const hb_pair* x = c->columns; x != columns_end; x += 4, to += stride) {
        *to = (int8_t)hb_scaled(dot_narrow(w, x, start), s);
      }
    }
  }
}

HB_INLINE void convolve_group(const conv_pass* c, const int8_t* in, const int32_t* bias, int8_t* out, int32_t first,
                              int32_t end, int bits) {
  const hb_conv_params* p = c->p;
  const int32_t outputs = p->out.height * p->out.width;
  if (is_narrow(c->groups) && p->requant.fast && bias) {
    convolve_narrow(c, in, bias, out, first, end, bits);
  } else if (outputs >= kColumns && p->requant.fast && bias) {
    for (int32_t o = 0; o < outputs; o += kColumns) {
      const int32_t from = at_most(o, outputs - kColumns);
      widen_four_patches(c, in, from);
      multiply_four_columns(c, bias, out + from * p->out.channels, first, end, bits);
    }
  } else {
    for (int32_t o = 0; o < outputs; o++) {
      widen_patch(c, c->columns, 1, in, o / p->out.width, o % p->out.width);
      hb_multiply_column(&c->rows, first, end, c->columns, bias, 0, &p->requant, 1, out + o * p->out.channels);
    }
  }
}

HB_INLINE void convolve(const conv_pass* c, const int8_t* in, const int32_t* bias, int8_t* out, int bits) {
  const hb_conv_params* p = c->p;
  const int32_t rows = p->out.channels / p->groups;
  for (int32_t group = 0; group < p->groups; group++) {
    convolve_group(c, in + group * c->depth, bias, out, group * rows, (group + 1) * rows, bits);
  }
  hb_clamp_s8(out, (size_t)(p->out.height * p->out.width) * (size_t)p->out.channels, p->requant.min, p->requant.max);
}

void hb_conv2d_s8(const hb_conv_params* p, const int8_t* in, const int8_t* weights, const int32_t* bias, int8_t* out,
                  void* scratch) {
  const conv_pass c = pass_of(p, weights, 8, 1, scratch);
  convolve(&c, in, bias, out, 8);
}

void hb_conv2d_s8w4(const hb_conv_params* p, const int8_t* in, const uint8_t* weights, const int32_t* bias, int8_t* out,
                    void* scratch) {
  const conv_pass c = pass_of(p, weights, 4, 1, scratch);
  convolve(&c, in, bias, out, 4);
}

// 16-bit activations. 32 bits hold the sums where hb_rows_s16_are_fast.
static void multiply_four_columns_s16(const conv_pass* c, const int64_t* bias, int16_t* out, int32_t first,
                                      int32_t end) {
  const hb_requant* r = &c->p->requant;
  const int32_t stride = c->p->out.channels;
  const hb_four_columns columns = hb_four_columns_of(c->columns, c->groups);
  for (int32_t i = first; i < end; i++) {
    const int32_t start = bias ? (int32_t)bias[i] : 0;
    int32_t sums[kColumns] = {start, start, start, start};
    hb_dot_four_columns(hb_row(&c->rows, i), &columns, sums);
    const int32_t s = hb_scale_s16_of(r, i);
    int16_t* to = out + i;
    to[0] = hb_scaled_s16(sums[0], s);
    to[stride] = hb_scaled_s16(sums[1], s);
    to += 2 * stride;
    to[0] = hb_scaled_s16(sums[2], s);
    to[stride] = hb_scaled_s16(sums[3], s);
  }
}

static void convolve_narrow_s16(const conv_pass* c, const int8_t* in, const int64_t* bias, int16_t* out, int32_t first,
                                int32_t end) {
  const hb_conv_params* p = c->p;
  const int32_t outputs = p->out.height * p->out.width, stride = p->out.channels;
  for (int32_t o = 0, count; o < outputs; o += count) {
    count = at_most(outputs - o, kNarrowOutputs);
    widen_narrow(c, in, o, count);
    const hb_pair* const columns_end = (const hb_pair*)c->columns + 4 * count;
    for (int32_t i = first; i < end; i++) {
      hb_pair w[4];
      load_narrow(hb_row(&c->rows, i), 8, w);
      const int32_t s = hb_scale_s16_of(&p->requant, i), start = bias ? (int32_t)bias[i] : 0;
      int16_t* to = out + o * stride + i;
      for (const hb_pair* x = c->columns; x != columns_end; x += 4, to += stride) {
        *to = hb_scaled_s16(dot_narrow(w, x, start), s);
      }
    }
  }
}

static void convolve_group_s16(const conv_pass* c, const int8_t* in, const int64_t* bias, int16_t* out, int32_t first,
                               int32_t end) {
  const hb_conv_params* p = c->p;
  const int32_t outputs = p->out.height * p->out.width;
  if (is_narrow(c->groups) && p->requant.fast) {
    convolve_narrow_s16(c, in, bias, out, first, end);
  } else if (outputs >= kColumns && p->requant.fast) {
    for (int32_t o = 0; o < outputs; o += kColumns) {
      const int32_t from = at_most(o, outputs - kColumns);
      widen_four_patches(c, in, from);
      multiply_four_columns_s16(c, bias, out + from * p->out.channels, first, end);
    }
  } else {
    for (int32_t o = 0; o < outputs; o++) {
      widen_patch(c, c->columns, 1, in, o / p->out.width, o % p->out.width);
      hb_multiply_column_s16(&c->rows, first, end, c->columns, bias, &p->requant, 1, out + o * p->out.channels);
    }
  }
}

void hb_conv2d_s16(const hb_conv_params* p, const int16_t* in, const int8_t* weights, const int64_t* bias, int16_t* out,
                   void* scratch) {
  const conv_pass c = pass_of(p, weights, 8, 2, scratch);
  const int32_t rows = p->out.channels / p->groups;
  for (int32_t group = 0; group < p->groups; group++) {
    convolve_group_s16(&c, (const int8_t*)(in + group * c.depth), bias, out, group * rows, (group + 1) * rows);
  }
  hb_clamp_s16(out, (size_t)(p->out.height * p->out.width) * (size_t)p->out.channels, p->requant.min, p->requant.max);
}
