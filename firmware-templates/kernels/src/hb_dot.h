// The inner loops of convolution and fully connected layers: int8 weight rows against int16 columns of inputs.
//
// A column is the K inputs that one output needs, offset added, widened to 16 bits. Columns are stored by groups of
// four inputs, padded with zeros to whole groups. With DSP instructions a group holds (k0,k2) of each column, then
// (k1,k3) of each column: the order in which SXTB16 widens four weights, so that the weights need no reordering.
// Without, it holds k0 of each column, then k1 and so on.
#ifndef HILBENCH_HB_DOT_H_
#define HILBENCH_HB_DOT_H_

#include "hb_dsp.h"

enum { kColumns = 4 };  // that share a pass over a weight row

HB_INLINE int32_t hb_groups(int32_t k) { return (k + 3) / 4; }

// Bytes of `columns` columns of k inputs.
HB_INLINE size_t hb_column_bytes(int32_t k, int columns) { return (size_t)hb_groups(k) * 8 * (size_t)columns; }

// Widens k bytes into one column of the `columns` (1 or kColumns) at `to`, which points at the column's first element.
void hb_widen(void* to, int columns, const int8_t* from, int32_t k, int32_t offset);

// Zeros for `groups` groups of one column.
void hb_zero_column(void* to, int columns, int32_t groups);

HB_INLINE void* hb_column(void* columns, int which) { return (char*)columns + which * (HB_DSP ? 4 : 2); }
HB_INLINE void* hb_group(void* column, int columns, int32_t group) { return (char*)column + group * 8 * columns; }

// Weight rows of k bytes, read in whole groups: the rows whose last group would reach beyond the weights are read from
// a copy.
typedef struct {
  const int8_t *weights, *copy;
  int32_t k, first_copied;
} hb_rows;

HB_INLINE size_t hb_rows_scratch(int32_t k) { return ((size_t)k + 3 + 3 + 7) & ~(size_t)7; }

hb_rows hb_rows_of(const int8_t* weights, int32_t k, int32_t count, int8_t* scratch);

HB_INLINE const int8_t* hb_row(const hb_rows* r, int32_t row) {
  return row < r->first_copied ? r->weights + row * r->k : r->copy + (row - r->first_copied) * r->k;
}

#if HB_DSP

HB_INLINE void hb_dot_four_columns_c(const int8_t* w, const hb_pair* x, int32_t groups, int32_t sums[kColumns]) {
  int32_t s0 = sums[0], s1 = sums[1], s2 = sums[2], s3 = sums[3];
  for (const hb_pair* end = x + groups * 8; x != end; x += 8, w += 4) {
    const uint32_t bytes = hb_load32(w);
    const hb_pair even = hb_even_bytes(bytes), odd = hb_odd_bytes(bytes);
    s0 = hb_smlad(even, x[0], s0);
    s1 = hb_smlad(even, x[1], s1);
    s2 = hb_smlad(even, x[2], s2);
    s3 = hb_smlad(even, x[3], s3);
    s0 = hb_smlad(odd, x[4], s0);
    s1 = hb_smlad(odd, x[5], s1);
    s2 = hb_smlad(odd, x[6], s2);
    s3 = hb_smlad(odd, x[7], s3);
  }
  sums[0] = s0, sums[1] = s1, sums[2] = s2, sums[3] = s3;
}

#if HB_ARM_DSP && !HB_DUAL_ISSUE

// As hb_dot_four_columns_c, in 13 instructions for 16 products: a load-multiple brings a pair of every column. Sixteen
// inputs a round, after the groups that do not fill one.
HB_INLINE void hb_dot_four_columns(const int8_t* w, const hb_pair* x, int32_t groups, int32_t sums[kColumns]) {
  int32_t s0 = sums[0], s1 = sums[1], s2 = sums[2], s3 = sums[3];
  const hb_pair* end = x + (groups & 3) * 8;
  const hb_pair* last = x + groups * 8;
  uint32_t even, odd;
#define HB_GROUP                        \
  "ldr %[odd], [%[w]], #4\n\t"          \
  "ldmia %[x]!, {r3, r4, r5, r6}\n\t"   \
  "sxtb16 %[even], %[odd]\n\t"          \
  "smlad %[s0], %[even], r3, %[s0]\n\t" \
  "smlad %[s1], %[even], r4, %[s1]\n\t" \
  "smlad %[s2], %[even], r5, %[s2]\n\t" \
  "smlad %[s3], %[even], r6, %[s3]\n\t" \
  "ldmia %[x]!, {r3, r4, r5, r6}\n\t"   \
  "sxtb16 %[odd], %[odd], ror #8\n\t"   \
  "smlad %[s0], %[odd], r3, %[s0]\n\t"  \
  "smlad %[s1], %[odd], r4, %[s1]\n\t"  \
  "smlad %[s2], %[odd], r5, %[s2]\n\t"  \
  "smlad %[s3], %[odd], r6, %[s3]\n\t"
#define HB_OPERANDS                                                                                         \
  [s0] "+r"(s0), [s1] "+r"(s1), [s2] "+r"(s2), [s3] "+r"(s3), [w] "+r"(w), [x] "+r"(x), [even] "=&r"(even), \
      [odd] "=&r"(odd)
  while (x != end) {
    __asm__ volatile(HB_GROUP:HB_OPERANDS : : "r3", "r4", "r5", "r6", "memory");
  }
  while (x != last) {
    __asm__ volatile(HB_GROUP HB_GROUP HB_GROUP HB_GROUP:HB_OPERANDS : : "r3", "r4", "r5", "r6", "memory");
  }
#undef HB_GROUP
#undef HB_OPERANDS
  sums[0] = s0, sums[1] = s1, sums[2] = s2, sums[3] = s3;
}

#else
#define hb_dot_four_columns hb_dot_four_columns_c
#endif

// Four weight rows, `stride` bytes apart, against one column.
HB_INLINE void hb_dot_four_rows(const int8_t* w, int32_t stride, const hb_pair* x, int32_t groups, int32_t sums[4]) {
  const int8_t *w1 = w + stride, *w2 = w1 + stride, *w3 = w2 + stride;
  int32_t s0 = sums[0], s1 = sums[1], s2 = sums[2], s3 = sums[3];
  for (const hb_pair* end = x + groups * 2; x != end; x += 2) {
    const hb_pair even = x[0], odd = x[1];
    const uint32_t b0 = hb_load32(w), b1 = hb_load32(w1), b2 = hb_load32(w2), b3 = hb_load32(w3);
    w += 4, w1 += 4, w2 += 4, w3 += 4;
    s0 = hb_smlad(hb_odd_bytes(b0), odd, hb_smlad(hb_even_bytes(b0), even, s0));
    s1 = hb_smlad(hb_odd_bytes(b1), odd, hb_smlad(hb_even_bytes(b1), even, s1));
    s2 = hb_smlad(hb_odd_bytes(b2), odd, hb_smlad(hb_even_bytes(b2), even, s2));
    s3 = hb_smlad(hb_odd_bytes(b3), odd, hb_smlad(hb_even_bytes(b3), even, s3));
  }
  sums[0] = s0, sums[1] = s1, sums[2] = s2, sums[3] = s3;
}

HB_INLINE int32_t hb_dot_one_row(const int8_t* w, const hb_pair* x, int32_t groups, int32_t sum) {
  for (const hb_pair* end = x + groups * 2; x != end; x += 2, w += 4) {
    const uint32_t bytes = hb_load32(w);
    sum = hb_smlad(hb_odd_bytes(bytes), x[1], hb_smlad(hb_even_bytes(bytes), x[0], sum));
  }
  return sum;
}

typedef hb_pair hb_element;

#else

typedef int16_t hb_element;

HB_INLINE void hb_dot_four_columns(const int8_t* w, const int16_t* x, int32_t groups, int32_t sums[kColumns]) {
  int32_t s0 = sums[0], s1 = sums[1], s2 = sums[2], s3 = sums[3];
  for (const int16_t* end = x + groups * 16; x != end; x += 4, w++) {
    s0 += *w * x[0];
    s1 += *w * x[1];
    s2 += *w * x[2];
    s3 += *w * x[3];
  }
  sums[0] = s0, sums[1] = s1, sums[2] = s2, sums[3] = s3;
}

HB_INLINE int32_t hb_dot_one_row(const int8_t* w, const int16_t* x, int32_t groups, int32_t sum) {
  for (const int16_t* end = x + groups * 4; x != end; x++, w++) sum += *w * *x;
  return sum;
}

HB_INLINE void hb_dot_four_rows(const int8_t* w, int32_t stride, const int16_t* x, int32_t groups, int32_t sums[4]) {
  for (int i = 0; i < 4; i++) sums[i] = hb_dot_one_row(w + i * stride, x, groups, sums[i]);
}

#endif

#endif
