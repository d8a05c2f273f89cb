#include "hb_strip.h"

// How many outputs a strip is for, and what it may take.
enum { kOutputs = 64, kMostWidth = 32, kMostBytes = 1536 };
enum { kValueBytes = 2 };
enum { kNext = -1 };  // in a table: the second of a pair that lies beside the first

static int32_t at_most(int32_t value, int32_t limit) { return value < limit ? value : limit; }

static int32_t reach(int32_t outputs, int32_t stride, int32_t kernel, int32_t dilation) {
  return (outputs - 1) * stride + (kernel - 1) * dilation + 1;
}

// Sizes of the strip for so many outputs.
static void shape(hb_strip* s, int32_t height, int32_t width) {
  const hb_window* w = &s->p->window;
  s->height = height, s->width = width;
  s->rows = reach(height, w->stride_h, w->height, w->dilation_h);
  s->columns = reach(width, w->stride_w, w->width, w->dilation_w);
}

static int32_t value_bytes(const hb_strip* s) {
  return (s->rows * s->columns * s->depth + 1) * kValueBytes;  // one more, since pairs are read
}

static hb_strip shape_of(const hb_conv_params* p) {
  const hb_window* w = &p->window;
  const int32_t width = at_most(p->out.width, kMostWidth);
  hb_strip s = {.p = p, .depth = p->in.channels / p->groups};
  shape(&s, width < p->out.width ? 1 : at_most((kOutputs + width - 1) / width, p->out.height), width);
  // At least four outputs remain.
  while (value_bytes(&s) > kMostBytes && s.height / 2 * s.width >= kColumns) shape(&s, s.height / 2, s.width);
  while (value_bytes(&s) > kMostBytes && s.height == 1 && s.width / 2 >= kColumns) shape(&s, 1, s.width / 2);
  s.patch = w->height * w->width * s.depth;
  s.step = w->stride_w * s.depth * kValueBytes;
  s.row_step = w->stride_h * s.columns * s.depth * kValueBytes;
  return s;
}

// A table has whole groups.
static size_t table_bytes(const hb_strip* s) { return (size_t)hb_groups(s->patch) * 4 * sizeof *s->table; }

size_t hb_strip_bytes(const hb_conv_params* p) {
  const hb_strip s = shape_of(p);
  return table_bytes(&s) + (((size_t)value_bytes(&s) + 7) & ~(size_t)7);
}

// Where input `i` of a patch stands in a column.
static int32_t place(const hb_strip* s, int32_t i) {
  return s->wide || !HB_DSP ? i : (i & ~3) + 2 * (i & 1) + (i >> 1 & 1);
}

static void fill_table(const hb_strip* s) {
  const hb_window* w = &s->p->window;
  int32_t i = 0;
  memset(s->table, 0, table_bytes(s));
  for (int32_t ky = 0; ky < w->height; ky++) {
    for (int32_t kx = 0; kx < w->width; kx++) {
      int32_t at = (ky * w->dilation_h * s->columns + kx * w->dilation_w) * s->depth;
      for (int32_t channel = 0; channel < s->depth; channel++) {
        s->table[place(s, i++)] = at++ * kValueBytes;
      }
    }
  }
  for (int32_t j = 1; s->wide && j <= s->patch; j += 2) {
    const int beside = s->table[j] == s->table[j - 1] + kValueBytes || j == s->patch;  // which has no weight
    if (beside) s->table[j] = kNext;
  }
}

hb_strip hb_strip_of(const hb_conv_params* p, int size, hb_lay_inputs* lay, int wide, void* memory) {
  hb_strip s = shape_of(p);
  s.size = size;
  s.lay = lay;
  s.wide = wide;
  s.table = memory;
  s.table_end = s.table + (wide ? (s.patch + 1) & ~1 : 4 * hb_groups(s.patch));
  s.values = (int16_t*)((char*)memory + table_bytes(&s));
  fill_table(&s);
  return s;
}

int16_t* hb_lay_s16(int16_t* to, const int8_t* from, int32_t count, int32_t no_offset) {
  (void)no_offset;
  memcpy(to, from, (size_t)count * sizeof *to);
  return to + count;
}

int16_t* hb_lay_s8(int16_t* to, const int8_t* from, int32_t count, int32_t offset) {
#if HB_DSP
  const hb_pair offsets = hb_pair_of(offset, offset);
  for (; count >= 4; count -= 4, from += 4, to += 4) {
    const uint32_t four = hb_load32(from);
    const hb_pair even = hb_even_bytes_plus(offsets, four), odd = hb_odd_bytes_plus(offsets, four);
    hb_store32(to, hb_pack_lows(even, odd));
    hb_store32(to + 2, hb_pack_highs(even, odd));
  }
#endif
  for (; count > 0; count--) *to++ = (int16_t)(*from++ + offset);
  return to;
}

static int16_t* zeros(int16_t* to, int32_t count) {
  for (; count > 0; count--) {
    HB_OPAQUE(count);  // no call of memset for the few that there are
    *to++ = 0;
  }
  return to;
}

static int32_t between(int32_t value, int32_t low, int32_t high) {
  return value < low ? low : value > high ? high : value;
}

int32_t hb_strip_lay(hb_strip* s, const int8_t* in, int32_t y, int32_t x) {
  const hb_conv_params* p = s->p;
  const int32_t rows_of_four = (kColumns - 1 + p->out.width) / p->out.width;
  y = at_most(y, p->out.height - at_most(p->out.height, rows_of_four));
  x = at_most(x, p->out.width - at_most(p->out.width, kColumns));
  const int32_t height = at_most(s->height, p->out.height - y);
  const int32_t x0 = x * p->window.stride_w - p->window.pad_left;
  const int32_t before = between(-x0, 0, s->columns), end = between(p->in.width - x0, before, s->columns);
  const int32_t zeros_before = before * s->depth, zeros_after = (s->columns - end) * s->depth;
  const int32_t tap_bytes = p->in.channels * s->size, row_bytes = p->in.width * tap_bytes;
  const int32_t runs = p->groups == 1 ? 1 : end - before, run = p->groups == 1 ? (end - before) * s->depth : s->depth;
  int16_t* to = s->values;
  s->in = in, s->y = y, s->x = x;
  int32_t in_y = y * p->window.stride_h - p->window.pad_top;
  in += in_y * row_bytes + (x0 + before) * tap_bytes;
  for (int32_t rows = s->rows - (s->height - height) * p->window.stride_h; rows > 0; rows--, in_y++, in += row_bytes) {
    if (in_y < 0 || in_y >= p->in.height) {
      to = zeros(to, s->columns * s->depth);
      continue;
    }
    to = zeros(to, zeros_before);
    for (int32_t i = 0; i < runs; i++) to = s->lay(to, in + i * tap_bytes, run, p->input_offset);
    to = zeros(to, zeros_after);
  }
  return height * at_most(s->width, p->out.width - x);
}

// The patch of the output at (y, x) of those that the strip lies under.
static const char* patch_at(const hb_strip* s, int32_t y, int32_t x) {
  return (const char*)s->values + y * s->row_step + x * s->step;
}

static const char* laid_patch(hb_strip* s, const int8_t* in, int32_t y, int32_t x) {
  const int lies_there = in == s->in && y >= s->y && y < s->y + s->height && x >= s->x && x < s->x + s->width;
  if (!lies_there) hb_strip_lay(s, in, y, s->width == s->p->out.width ? 0 : x);
  return patch_at(s, y - s->y, x - s->x);
}

HB_INLINE int16_t value(const char* patch, int32_t offset) { return *(const int16_t*)(patch + offset); }

#if HB_DSP

HB_INLINE hb_pair pair(const char* patch, int32_t low, int32_t high) {
  return hb_pack_lows((hb_pair)value(patch, low), (hb_pair)value(patch, high));
}

// Weight rows that stand as they are give what lies beyond the patch the next row's weights; wide rows have zeros.
static void mask_last_group(const hb_strip* s, hb_pair* end, int columns) {
  const int rest = s->patch & 3;
  if (s->wide || rest == 0) return;
  if (rest < 3) end[-2 * columns] &= 0xFFFF;
  end[-columns] &= rest > 1 ? 0xFFFF : 0;
}

void hb_strip_patch(hb_strip* s, const int8_t* in, int32_t y, int32_t x, hb_pair* to, int columns) {
  const char* patch = laid_patch(s, in, y, x);
  for (const int32_t* entry = s->table; entry != s->table_end; entry += 2, to += columns) {
    *to = pair(patch, entry[0], entry[1]);
  }
  mask_last_group(s, to, columns);
}

// The patch after `patch`; `left`: how many of its row there are from `patch` on.
HB_INLINE const char* next_patch(const hb_strip* s, const char* patch, int32_t* left, int32_t width) {
  if (--*left > 0) return patch + s->step;
  *left = width;
  return patch + s->row_step - (width - 1) * s->step;
}

void hb_strip_four_patches(const hb_strip* s, int32_t first, hb_pair* to) {
  const int32_t width = at_most(s->width, s->p->out.width - s->x), y = first / width, x = first - y * width;
  int32_t left = width - x;
  const char *a = patch_at(s, y, x), *b = next_patch(s, a, &left, width), *c = next_patch(s, b, &left, width),
             *d = next_patch(s, c, &left, width);
  for (const int32_t* entry = s->table; entry != s->table_end; entry += 2, to += kColumns) {
    const int32_t low = entry[0], high = entry[1];
    if (high == kNext) {
      to[0] = hb_load32(a + low), to[1] = hb_load32(b + low), to[2] = hb_load32(c + low), to[3] = hb_load32(d + low);
    } else {
      to[0] = pair(a, low, high), to[1] = pair(b, low, high), to[2] = pair(c, low, high), to[3] = pair(d, low, high);
    }
  }
}

#else

void hb_strip_patch(hb_strip* s, const int8_t* in, int32_t y, int32_t x, int16_t* to, int columns) {
  const char* patch = laid_patch(s, in, y, x);
  int32_t i = 0;
  for (; i < s->patch; i++, to += columns) *to = value(patch, s->table[i]);
  for (; i < 4 * hb_groups(s->patch); i++, to += columns) *to = 0;
}

#endif
