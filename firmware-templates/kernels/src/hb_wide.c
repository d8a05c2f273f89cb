// Convolution by wide rows: weights that are widened to pairs once a run, each row with the constants of its output
// beside it. What an output of a short row costs is then its products and its rounding alone, whatever the weights'
// width.
#include "hb_conv.h"

// A row: the bias, the pairs, then what the rounding takes.

HB_INLINE int32_t weight_at(const int8_t* row, int bits, int32_t i) {
  if (bits == 8) return row[i];
  const int8_t both = row[i / 8 * 4 + i % 4];
  return i & 4 ? both >> 4 : (int8_t)(uint8_t)((uint8_t)both << 4) >> 4;
}

// The pairs of a row; returns where its constants belong.
HB_INLINE int32_t* widen_row(const int8_t* row, int bits, int32_t k, int32_t* to) {
  int32_t i = 0;
  for (; i < k - 1; i += 2) *to++ = (int32_t)hb_pair_of(weight_at(row, bits, i), weight_at(row, bits, i + 1));
  if (i < k) *to++ = (int32_t)hb_pair_of(weight_at(row, bits, i), 0);
  return to;
}

int32_t* hb_widen_row(const int8_t* weights, int32_t k, int32_t* to) { return widen_row(weights, 8, k, to); }
int32_t* hb_widen_row_w4(const int8_t* weights, int32_t k, int32_t* to) { return widen_row(weights, 4, k, to); }

#if HB_DSP

static int32_t* widen_row_at(const hb_conv_pass* c, int32_t row, int32_t* to) {
  return c->width->widen_row(hb_row_at(c->rows.weights, row * c->rows.row_bytes), c->rows.k, to);
}

static const int32_t* widen_rows(const hb_conv_pass* c, const int32_t* bias, int32_t first, int32_t end) {
  int32_t* to = c->wide_rows;
  for (int32_t i = first; i < end; i++) {
    *to++ = bias[i];
    to = widen_row_at(c, i, to);
    const hb_scale s = hb_scale_of(&c->p->requant, i);
    *to++ = s.multiplier, *to++ = s.round, *to++ = s.exponent;
  }
  return to;
}

static const int32_t* widen_rows_s16(const hb_conv_pass* c, const int64_t* bias, int32_t first, int32_t end) {
  int32_t* to = c->wide_rows;
  for (int32_t i = first; i < end; i++) {
    *to++ = bias ? (int32_t)bias[i] : 0;
    to = widen_row_at(c, i, to);
    *to++ = hb_scale_s16_of(&c->p->requant, i);
  }
  return to;
}

// Four columns of pairs.
typedef struct {
  const hb_pair *first, *end;
  uint32_t left_out;  // of the first round, so that whole rounds remain
} wide_columns;

enum { kPairsOfRound = 5 };  // as a 3x3 patch of one channel has

static wide_columns columns_of(const hb_conv_pass* c) {
  const hb_pair* first = c->columns;
  const int32_t rest = c->wide_pairs % kPairsOfRound;
  wide_columns columns = {first, first + c->wide_pairs * kColumns, rest ? (uint32_t)(kPairsOfRound - rest) : 0};
  return columns;
}

#if HB_ARM_DSP

#if HB_DUAL_ISSUE
#define HB_PAIR                      \
  "ldr.w %[v], [%[w]], #4\n\t"       \
  "ldrd r3, r4, [%[x]], #8\n\t"      \
  "smlad %[s0], %[v], r3, %[s0]\n\t" \
  "ldrd r5, r6, [%[x]], #8\n\t"      \
  "smlad %[s1], %[v], r4, %[s1]\n\t" \
  "smlad %[s2], %[v], r5, %[s2]\n\t" \
  "smlad %[s3], %[v], r6, %[s3]\n"
#else
#define HB_PAIR                         \
  "ldr.w %[v], [%[w]], #4\n\t"          \
  "ldmia.w %[x]!, {r3, r4, r5, r6}\n\t" \
  "smlad %[s0], %[v], r3, %[s0]\n\t"    \
  "smlad %[s1], %[v], r4, %[s1]\n\t"    \
  "smlad %[s2], %[v], r5, %[s2]\n\t"    \
  "smlad %[s3], %[v], r6, %[s3]\n"
#endif

// A row's pairs against four columns; returns where they end. The first round is entered at the pair that the table
// says.
HB_INLINE const int32_t* dot_four_columns(const int32_t* w, const wide_columns* columns, int32_t sums[kColumns]) {
  int32_t s0 = sums[0], s1 = sums[1], s2 = sums[2], s3 = sums[3];
  const hb_pair* x = columns->first;
  uint32_t v = columns->left_out;
  __asm__ volatile(
      "tbb [pc, %[v]]\n"
      "0:\n\t"
      ".byte (1f - 0b) / 2, (2f - 0b) / 2, (3f - 0b) / 2, (4f - 0b) / 2, (5f - 0b) / 2\n\t"
      ".p2align 1\n"
      "1:\n\t" HB_PAIR "2:\n\t" HB_PAIR "3:\n\t" HB_PAIR "4:\n\t" HB_PAIR "5:\n\t" HB_PAIR
      "\tldr.w %[v], %[end]\n\t"
      "cmp %[x], %[v]\n\t"
      "bne 1b\n\t"
      : [s0] "+r"(s0), [s1] "+r"(s1), [s2] "+r"(s2), [s3] "+r"(s3), [w] "+r"(w), [x] "+r"(x), [v] "+r"(v)
      : [end] "m"(columns->end)
      : "r3", "r4", "r5", "r6", "cc", "memory");
  sums[0] = s0, sums[1] = s1, sums[2] = s2, sums[3] = s3;
  return w;
}

#else

HB_INLINE const int32_t* dot_four_columns(const int32_t* w, const wide_columns* columns, int32_t sums[kColumns]) {
  for (const hb_pair* x = columns->first; x != columns->end; x += kColumns, w++) {
    for (int i = 0; i < kColumns; i++) sums[i] = hb_smlad((hb_pair)*w, x[i], sums[i]);
  }
  return w;
}

#endif

HB_INLINE void multiply(const int32_t* row, const int32_t* rows_end, wide_columns columns, int8_t* out,
                        int32_t stride) {
  for (; row != rows_end; out++) {
    const int32_t start = *row++;
    int32_t sums[kColumns] = {start, start, start, start};
    row = dot_four_columns(row, &columns, sums);
    const hb_scale s = {row[0], row[1], row[2]};
    row += 3;
    int8_t* to = out;
    to[0] = (int8_t)hb_scaled(sums[0], s);
    to[stride] = (int8_t)hb_scaled(sums[1], s);
    to += 2 * stride;
    to[0] = (int8_t)hb_scaled(sums[2], s);
    to[stride] = (int8_t)hb_scaled(sums[3], s);
  }
}

HB_INLINE void multiply_s16(const int32_t* row, const int32_t* rows_end, wide_columns columns, int16_t* out,
                            int32_t stride) {
  for (; row != rows_end; out++) {
    const int32_t start = *row++;
    int32_t sums[kColumns] = {start, start, start, start};
    row = dot_four_columns(row, &columns, sums);
    const int32_t s = *row++;
    int16_t* to = out;
    to[0] = hb_scaled_s16(sums[0], s);
    to[stride] = hb_scaled_s16(sums[1], s);
    to += 2 * stride;
    to[0] = hb_scaled_s16(sums[2], s);
    to[stride] = hb_scaled_s16(sums[3], s);
  }
}

// Strip by strip, and of each the outputs by fours; the last four may overlap the ones before. Either `out8` or
// `out16`.
HB_INLINE void convolve(const hb_conv_pass* c, const int8_t* in, const int32_t* rows_end, int8_t* out8,
                        int16_t* out16) {
  const hb_conv_params* p = c->p;
  const wide_columns columns = columns_of(c);
  const int32_t* const rows = c->wide_rows;
  const int32_t stride = p->out.channels;
  hb_strip* const s = c->strip;
  for (int32_t y = 0; y < p->out.height; y += s->height) {
    for (int32_t x = 0; x < p->out.width; x += s->width) {
      const int32_t last = hb_strip_lay(s, in, y, x) - kColumns;
      const int32_t at = (s->y * p->out.width + s->x) * stride;
      for (int32_t i = 0; i < last + kColumns; i += kColumns) {
        const int32_t first = i < last ? i : last;
        hb_strip_four_patches(s, first, c->columns);
        if (out16) {
          multiply_s16(rows, rows_end, columns, out16 + at + first * stride, stride);
        } else {
          multiply(rows, rows_end, columns, out8 + at + first * stride, stride);
        }
      }
    }
  }
}

void hb_convolve_wide(const hb_conv_pass* c, const int8_t* in, const int32_t* bias, int8_t* out, int32_t first,
                      int32_t end) {
  convolve(c, in, widen_rows(c, bias, first, end), out + first, NULL);
}

void hb_convolve_wide_s16(const hb_conv_pass* c, const int8_t* in, const int64_t* bias, int16_t* out, int32_t first,
                          int32_t end) {
  convolve(c, in, widen_rows_s16(c, bias, first, end), NULL, out + first);
}

#endif
