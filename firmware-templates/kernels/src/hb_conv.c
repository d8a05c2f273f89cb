#include "hb_conv.h"

#include "hb_requant.h"

static size_t aligned8(size_t bytes) { return (bytes + 7) & ~(size_t)7; }

static int32_t depth_of(const hb_conv_params* p) { return p->in.channels / p->groups; }
static int32_t patch_size(const hb_conv_params* p) { return p->window.height * p->window.width * depth_of(p); }
static int is_whole(const hb_conv_params* p) { return depth_of(p) % 4 == 0; }

static int is_dense_pointwise(const hb_window* w) {
  return w->height == 1 && w->width == 1 && w->pad_top == 0 && w->pad_left == 0 && w->stride_h == 1 && w->stride_w == 1;
}

static int has_strip(const hb_conv_params* p) { return !is_whole(p) && !is_dense_pointwise(&p->window); }

// A narrow pass takes outputs by so many, and patches of two groups: their weights fit the registers.
enum { kNarrowOutputs = 32, kNarrowGroups = 2 };

static int is_narrow(int32_t groups) { return HB_DSP && groups == kNarrowGroups; }

// Wide rows are made where all of a group take no more memory than this.
enum { kMostWideBytes = 1536, kWideConstants = 4 };

static size_t wide_bytes(const hb_conv_params* p) {
  const int32_t k = patch_size(p);
  if (!HB_DSP || !has_strip(p) || is_narrow(hb_groups(k))) return 0;
  const size_t bytes = (size_t)((k + 1) / 2 + kWideConstants) * 4 * (size_t)(p->out.channels / p->groups);
  return bytes <= kMostWideBytes ? bytes : 0;
}

static size_t columns_bytes(int32_t k, int bits) {
  const int32_t groups = hb_row_groups(k, bits);
  return (size_t)groups * 8 * (is_narrow(groups) ? kNarrowOutputs : kColumns);
}

// Columns, strip, wide rows; after them, copied rows.
static size_t scratch_bytes(const hb_conv_params* p, int bits) {
  return columns_bytes(patch_size(p), bits) + (has_strip(p) ? hb_strip_bytes(p) : 0) + aligned8(wide_bytes(p));
}

size_t hb_conv2d_s8_scratch(const hb_conv_params* p) { return scratch_bytes(p, 8) + hb_rows_scratch(patch_size(p)); }
size_t hb_conv2d_s8w4_scratch(const hb_conv_params* p) { return scratch_bytes(p, 4); }
size_t hb_conv2d_s16_scratch(const hb_conv_params* p) { return hb_conv2d_s8_scratch(p); }

static int is_fast(const hb_conv_params* p) { return p->requant.fast && p->out.height * p->out.width >= kColumns; }

static hb_conv_pass pass_of(const hb_conv_params* p, const hb_conv_width* width, const void* weights, int fast,
                            void* scratch, hb_strip* strip) {
  hb_conv_pass c = {.p = p, .width = width, .depth = depth_of(p), .patch = patch_size(p), .columns = scratch};
  int8_t* memory = (int8_t*)scratch + columns_bytes(c.patch, width->bits);
  c.groups = hb_row_groups(c.patch, width->bits);
  c.whole = is_whole(p);
  c.contiguous = p->window.dilation_w == 1 && p->groups == 1;
  if (has_strip(p)) {
    const size_t wide = wide_bytes(p);
    if (fast && wide) c.wide_pairs = (c.patch + 1) / 2;
    *strip = hb_strip_of(p, width->size, width->lay, c.wide_pairs != 0, memory);
    c.strip = strip;
    memory += hb_strip_bytes(p);
    c.wide_rows = (int32_t*)memory;
    memory += aligned8(wide);
  }
  c.rows = width->rows(weights, c.patch, p->out.channels, memory);
  return c;
}

static void widen(const hb_conv_pass* c, void* to, int columns, const void* from, int32_t count) {
  c->width->widen(to, columns, from, count, c->p->input_offset);
}

// A run of inputs to a place in a column; returns the next place.
static void* put_run(const hb_conv_pass* c, void* to, int columns, const int8_t* from, int32_t count) {
  widen(c, to, columns, from, count);
  return hb_group(to, columns, count / 4);
}

static void* put_padding(const hb_conv_pass* c, void* to, int columns, int32_t taps) {
  hb_zero_column(to, columns, taps * c->depth / 4);
  return hb_group(to, columns, taps * c->depth / 4);
}

static void* put_taps(const hb_conv_pass* c, void* to, int columns, const int8_t* from, int32_t taps) {
  if (c->contiguous) return taps > 0 ? put_run(c, to, columns, from, taps * c->depth) : to;
  const int32_t step = c->p->window.dilation_w * c->p->in.channels * c->width->size;
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
static int lie_inside(const hb_conv_pass* c, int32_t y, int32_t x, int32_t outputs) {
  const hb_conv_params* p = c->p;
  const hb_window* w = &p->window;
  return c->contiguous && y >= 0 && x >= 0 && y + (w->height - 1) * w->dilation_h < p->in.height &&
         x + (outputs - 1) * w->stride_w + w->width <= p->in.width;
}

// A patch that lies inside, from `from` on.
static void widen_inside(const hb_conv_pass* c, void* column, int columns, const int8_t* from) {
  const hb_conv_params* p = c->p;
  const int32_t row = p->window.width * c->depth;
  const int32_t step = p->in.width * p->in.channels * c->width->size * p->window.dilation_h;
  for (int32_t ky = p->window.height; ky > 0; ky--, from += step) {
    widen(c, column, columns, from, row);
    column = hb_group(column, columns, row / 4);
  }
}

// The patch of the output at (y, x) into one column.
static void widen_patch(const hb_conv_pass* c, void* column, int columns, const int8_t* in, int32_t y, int32_t x) {
  const hb_conv_params* p = c->p;
  const hb_window* w = &p->window;
  if (c->strip) {
    hb_strip_patch(c->strip, in, y, x, column, columns);
    return;
  }
  const int32_t x0 = x * w->stride_w - w->pad_left;
  if (lie_inside(c, y * w->stride_h - w->pad_top, x0, 1)) {
    widen_inside(c, column, columns,
                 in + ((y * w->stride_h - w->pad_top) * p->in.width + x0) * p->in.channels * c->width->size);
    return;
  }
  const int32_t before = taps_before(x0, w->dilation_w, 0, w->width);
  const int32_t inside = taps_before(x0, w->dilation_w, p->in.width, w->width) - before;
  void* to = column;
  int32_t iy = y * w->stride_h - w->pad_top;
  for (int32_t ky = 0; ky < w->height; ky++, iy += w->dilation_h) {
    if (iy < 0 || iy >= p->in.height) {
      to = put_padding(c, to, columns, w->width);
      continue;
    }
    if (before) to = put_padding(c, to, columns, before);
    const int32_t ix = x0 + before * w->dilation_w;
    to = put_taps(c, to, columns, in + (iy * p->in.width + ix) * p->in.channels * c->width->size, inside);
    if (before + inside < w->width) to = put_padding(c, to, columns, w->width - before - inside);
  }
}

// The patches of four outputs, in row-major order from `output` on.
static void widen_four_patches(const hb_conv_pass* c, const int8_t* in, int32_t output) {
  const hb_conv_params* p = c->p;
  if (is_dense_pointwise(&p->window)) {
    const int32_t step = p->in.channels * c->width->size;
    c->width->widen_four(c->columns, in + output * step, step, c->depth, p->input_offset);
    return;
  }
  int32_t y = output / p->out.width, x = output % p->out.width;
  const int32_t y0 = y * p->window.stride_h - p->window.pad_top, x0 = x * p->window.stride_w - p->window.pad_left;
  if (!c->strip && x + kColumns <= p->out.width && lie_inside(c, y0, x0, kColumns)) {
    const int8_t* from = in + (y0 * p->in.width + x0) * p->in.channels * c->width->size;
    for (int i = 0; i < kColumns; i++, from += p->window.stride_w * p->in.channels * c->width->size) {
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
HB_INLINE void multiply_four_columns(const hb_conv_pass* c, const int32_t* bias, int8_t* out, int32_t first,
                                     int32_t end, int bits) {
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
static void widen_narrow(const hb_conv_pass* c, const int8_t* in, int32_t output, int32_t count) {
  const hb_conv_params* p = c->p;
  if (is_dense_pointwise(&p->window) && c->patch == 4 * kNarrowGroups && p->groups == 1) {
    widen(c, c->columns, 1, in + output * c->patch * c->width->size, count * c->patch);
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

HB_INLINE void convolve_narrow(const hb_conv_pass* c, const int8_t* in, const int32_t* bias, int8_t* out, int32_t first,
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

HB_INLINE void convolve_group(const hb_conv_pass* c, const int8_t* in, const int32_t* bias, int8_t* out, int32_t first,
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
      int8_t* const to = out + o * p->out.channels;
      if (bits == 4) {
        hb_multiply_column_w4(&c->rows, first, end, c->columns, bias, 0, &p->requant, 1, to);
      } else {
        hb_multiply_column(&c->rows, first, end, c->columns, bias, 0, &p->requant, 1, to);
      }
    }
  }
}

HB_INLINE void convolve(const hb_conv_pass* c, const int8_t* in, const int32_t* bias, int8_t* out, int bits) {
  const hb_conv_params* p = c->p;
  const int32_t rows = p->out.channels / p->groups;
  for (int32_t group = 0; group < p->groups; group++) {
    const int8_t* from = in + group * c->depth;
    if (HB_DSP && c->wide_pairs) {
      hb_convolve_wide(c, from, bias, out, group * rows, (group + 1) * rows);
    } else {
      convolve_group(c, from, bias, out, group * rows, (group + 1) * rows, bits);
    }
  }
  hb_clamp_s8(out, (size_t)(p->out.height * p->out.width) * (size_t)p->out.channels, p->requant.min, p->requant.max);
}

void hb_conv2d_s8(const hb_conv_params* p, const int8_t* in, const int8_t* weights, const int32_t* bias, int8_t* out,
                  void* scratch) {
  static const hb_conv_width width = {1, 8, hb_rows_of, hb_widen, hb_widen_four, hb_lay_s8, hb_widen_row};
  hb_strip strip;
  const hb_conv_pass c = pass_of(p, &width, weights, bias && is_fast(p), scratch, &strip);
  convolve(&c, in, bias, out, 8);
}

void hb_conv2d_s8w4(const hb_conv_params* p, const int8_t* in, const uint8_t* weights, const int32_t* bias, int8_t* out,
                    void* scratch) {
  static const hb_conv_width width = {1, 4, hb_rows_of_w4, hb_widen, hb_widen_four, hb_lay_s8, hb_widen_row_w4};
  hb_strip strip;
  const hb_conv_pass c = pass_of(p, &width, weights, bias && is_fast(p), scratch, &strip);
  convolve(&c, in, bias, out, 4);
}

// 16-bit activations. 32 bits hold the sums where hb_rows_s16_are_fast.
static void multiply_four_columns_s16(const hb_conv_pass* c, const int64_t* bias, int16_t* out, int32_t first,
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

static void convolve_narrow_s16(const hb_conv_pass* c, const int8_t* in, const int64_t* bias, int16_t* out,
                                int32_t first, int32_t end) {
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

static void convolve_group_s16(const hb_conv_pass* c, const int8_t* in, const int64_t* bias, int16_t* out,
                               int32_t first, int32_t end) {
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
  static const hb_conv_width width = {2, 8, hb_rows_of, hb_spread_s16, hb_spread_four_s16, hb_lay_s16, hb_widen_row};
  hb_strip strip;
  const hb_conv_pass c = pass_of(p, &width, weights, is_fast(p), scratch, &strip);
  const int32_t rows = p->out.channels / p->groups;
  for (int32_t group = 0; group < p->groups; group++) {
    const int8_t* from = (const int8_t*)(in + group * c.depth);
    if (HB_DSP && c.wide_pairs) {
      hb_convolve_wide_s16(&c, from, bias, out, group * rows, (group + 1) * rows);
    } else {
      convolve_group_s16(&c, from, bias, out, group * rows, (group + 1) * rows);
    }
  }
  hb_clamp_s16(out, (size_t)(p->out.height * p->out.width) * (size_t)p->out.channels, p->requant.min, p->requant.max);
}
