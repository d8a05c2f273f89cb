// The inner loops of convolution and fully connected layers: int8 weight rows against int16 columns of inputs.
//
// A column is the K inputs that one output needs, offset added, widened to 16 bits. Columns are stored by groups of
// four inputs, padded with zeros to whole groups. With DSP instructions a group holds (k0,k2) of each column, then
// (k1,k3) of each column: the order in which SXTB16 widens four weights, so that the weights need no reordering.
// Without, it holds k0 of each column, then k1 and so on.
#ifndef HILBENCH_HB_DOT_H_
#define HILBENCH_HB_DOT_H_

#include "hb_dsp.h"
#include "hb_requant.h"

enum { kColumns = 4 };  // that share a pass over a weight row

HB_INLINE int32_t hb_groups(int32_t k) { return (k + 3) / 4; }

// Bytes of `columns` columns of k inputs.
HB_INLINE size_t hb_column_bytes(int32_t k, int columns) { return (size_t)hb_groups(k) * 8 * (size_t)columns; }

// Widens k int8 into one column of the `columns` (1 or kColumns) at `to`, which points at the column's first element.
void hb_widen(void* to, int columns, const void* from, int32_t k, int32_t offset);

// The same for four inputs of k int8 that start `step` bytes apart.
void hb_widen_four(void* to, const int8_t* from, int32_t step, int32_t k, int32_t offset);

// The same for int16 inputs, which have no offset.
void hb_spread_s16(void* to, int columns, const void* from, int32_t k, int32_t no_offset);
void hb_spread_four_s16(void* to, const int8_t* from, int32_t step, int32_t k, int32_t no_offset);

// Zeros for `groups` groups of one column.
void hb_zero_column(void* to, int columns, int32_t groups);

#if HB_DSP
typedef hb_pair hb_element;
#else
typedef int16_t hb_element;
#endif

// Four columns as the inner loop takes them.
typedef struct {
  const hb_element *first, *end;
  // Bytes of code that the first round of the loop leaves out, so that whole rounds remain: for 8-bit and 4-bit
  // weights.
  uint32_t skip, skip_w4;
} hb_four_columns;

enum { kGroupsOfRound = 4, kCodeBytesOfGroup = HB_DUAL_ISSUE ? 60 : 52, kCodeBytesOfEight = 112 };

HB_INLINE hb_four_columns hb_four_columns_of(const void* columns, int32_t groups) {
  hb_four_columns four = {columns, (const hb_element*)((const char*)columns + groups * 8 * kColumns),
                          (uint32_t)(-groups & (kGroupsOfRound - 1)) * kCodeBytesOfGroup,
                          (uint32_t)(groups / 2 & 1) * kCodeBytesOfEight};
  return four;
}

HB_INLINE void* hb_column(void* columns, int which) { return (char*)columns + which * (HB_DSP ? 4 : 2); }
HB_INLINE void* hb_group(void* column, int columns, int32_t group) { return (char*)column + group * 8 * columns; }

// Copies or fills `count` bytes; returns where they end.
HB_INLINE int8_t* hb_copy_bytes(int8_t* to, const int8_t* from, int32_t count) {
  for (; count >= 4; count -= 4, to += 4, from += 4) memcpy(to, from, 4);
  for (; count > 0; count--) *to++ = *from++;
  return to;
}

HB_INLINE int8_t* hb_fill_bytes(int8_t* to, int8_t value, int32_t count) {
  for (; count > 0; count--) *to++ = value;
  return to;
}

// Weight rows of k bytes, read in whole groups: the rows whose last group would reach beyond the weights are read from
// a copy. 4-bit rows are whole groups already. Row i starts i * k after `weights`, or after `copied` from the first
// copied row on.
typedef struct {
  const int8_t *weights, *copied;
  int32_t k, row_bytes, first_copied;
} hb_rows;

HB_INLINE size_t hb_rows_scratch(int32_t k) { return ((size_t)k + 3 + 3 + 7) & ~(size_t)7; }

hb_rows hb_rows_of(const int8_t* weights, int32_t k, int32_t count, int8_t* scratch);
hb_rows hb_rows_of_w4(const int8_t* weights, int32_t k, int32_t count, int8_t* no_scratch);

// Groups of a column: whole ones, and for 4-bit rows whole pairs of groups.
HB_INLINE int32_t hb_row_groups(int32_t k, int bits) { return bits == 4 ? (k + 7) / 8 * 2 : hb_groups(k); }

HB_INLINE const int8_t* hb_row_at(const int8_t* base, int32_t offset) {
  return (const int8_t*)((uintptr_t)base + (uintptr_t)offset);
}

HB_INLINE const int8_t* hb_row(const hb_rows* r, int32_t row) {
  return hb_row_at(row < r->first_copied ? r->weights : r->copied, row * r->row_bytes);
}

// One column against the rows first .. end - 1: out[i] for bias[i] + start + products, scaled by entry i * scale_step.
void hb_multiply_column(const hb_rows* rows, int32_t first, int32_t end, const void* column, const int32_t* bias,
                        int32_t start, const hb_requant* r, int32_t scale_step, int8_t* out);

// The same for 4-bit rows.
void hb_multiply_column_w4(const hb_rows* rows, int32_t first, int32_t end, const void* column, const int32_t* bias,
                           int32_t start, const hb_requant* r, int32_t scale_step, int8_t* out);

// The same for 16-bit columns; sums of more products than 32 bits hold are cut in parts.
void hb_multiply_column_s16(const hb_rows* rows, int32_t first, int32_t end, const void* column, const int64_t* bias,
                            const hb_requant* r, int32_t scale_step, int16_t* out);

// 4-bit weights stand in the high halves of bytes, so that SXTB16 widens them as 16 times their value, low ones first.
enum { kHighHalves = (int)0xF0F0F0F0 };

// Eight weights, not 16 times them, in the order of a column's pairs.
HB_INLINE void hb_unpack_w4(uint32_t bytes, hb_pair pairs[4]) {
  const uint32_t low = bytes << 4 & kHighHalves, high = bytes & kHighHalves;
  const hb_pair wide[4] = {hb_even_bytes(low), hb_odd_bytes(low), hb_even_bytes(high), hb_odd_bytes(high)};
  for (int i = 0; i < 4; i++) pairs[i] = hb_pair_of(hb_low(wide[i]) >> 4, hb_high(wide[i]) >> 4);
}

#if HB_DSP

#if HB_ARM_DSP

// As the C below, in 13 instructions for 16 products: a load-multiple brings a pair of every column. A core that starts
// two instructions at a time (HB_DUAL_ISSUE) starts no other with a load-multiple: there, pairs are loaded by twos
// between the products.
#if HB_DUAL_ISSUE
#define HB_GROUP                        \
  "ldr.w %[odd], [%[w]], #4\n\t"        \
  "ldrd r3, r4, [%[x]], #8\n\t"         \
  "sxtb16.w %[even], %[odd]\n\t"        \
  "ldrd r5, r6, [%[x]], #8\n\t"         \
  "smlad %[s0], %[even], r3, %[s0]\n\t" \
  "sxtb16.w %[odd], %[odd], ror #8\n\t" \
  "smlad %[s1], %[even], r4, %[s1]\n\t" \
  "ldrd r3, r4, [%[x]], #8\n\t"         \
  "smlad %[s2], %[even], r5, %[s2]\n\t" \
  "smlad %[s3], %[even], r6, %[s3]\n\t" \
  "ldrd r5, r6, [%[x]], #8\n\t"         \
  "smlad %[s0], %[odd], r3, %[s0]\n\t"  \
  "smlad %[s1], %[odd], r4, %[s1]\n\t"  \
  "smlad %[s2], %[odd], r5, %[s2]\n\t"  \
  "smlad %[s3], %[odd], r6, %[s3]\n\t"
#else
#define HB_GROUP                        \
  "ldr.w %[odd], [%[w]], #4\n\t"        \
  "ldmia.w %[x]!, {r3, r4, r5, r6}\n\t" \
  "sxtb16.w %[even], %[odd]\n\t"        \
  "smlad %[s0], %[even], r3, %[s0]\n\t" \
  "smlad %[s1], %[even], r4, %[s1]\n\t" \
  "smlad %[s2], %[even], r5, %[s2]\n\t" \
  "smlad %[s3], %[even], r6, %[s3]\n\t" \
  "ldmia.w %[x]!, {r3, r4, r5, r6}\n\t" \
  "sxtb16.w %[odd], %[odd], ror #8\n\t" \
  "smlad %[s0], %[odd], r3, %[s0]\n\t"  \
  "smlad %[s1], %[odd], r4, %[s1]\n\t"  \
  "smlad %[s2], %[odd], r5, %[s2]\n\t"  \
  "smlad %[s3], %[odd], r6, %[s3]\n\t"
#endif

// GCC 12 finds a register for the end in every caller, GCC 14 does not: for all others it stands in memory.
#if __GNUC__ == 12
#define HB_END_AT "r"
#define HB_COMPARE_END "cmp %[x], %[end]\n\t"
#else
#define HB_END_AT "m"
#define HB_COMPARE_END        \
  "ldr.w %[even], %[end]\n\t" \
  "cmp %[x], %[even]\n\t"
#endif

// Four groups a round; the first round is entered where the groups that do not fill one begin, as in Duff's device.
HB_INLINE void hb_dot_four_columns(const int8_t* w, const hb_four_columns* columns, int32_t sums[kColumns]) {
  int32_t s0 = sums[0], s1 = sums[1], s2 = sums[2], s3 = sums[3];
  const hb_pair* x = columns->first;
  uint32_t even, odd = columns->skip;
  __asm__ volatile(
      "adr.w %[even], 1f\n\t"
      "add %[even], %[even], %[odd]\n\t"
      "mov pc, %[even]\n"
      "1:\n\t" HB_GROUP HB_GROUP HB_GROUP HB_GROUP HB_COMPARE_END "bne 1b\n\t"
      : [s0] "+r"(s0), [s1] "+r"(s1), [s2] "+r"(s2), [s3] "+r"(s3), [w] "+r"(w), [x] "+r"(x), [even] "=&r"(even),
        [odd] "+r"(odd)
      : [end] HB_END_AT(columns->end)
      : "r3", "r4", "r5", "r6", "cc", "memory");
  sums[0] = s0, sums[1] = s1, sums[2] = s2, sums[3] = s3;
}
#undef HB_GROUP
#undef HB_END_AT
#undef HB_COMPARE_END

#else

HB_INLINE void hb_dot_four_columns(const int8_t* w, const hb_four_columns* columns, int32_t sums[kColumns]) {
  int32_t s0 = sums[0], s1 = sums[1], s2 = sums[2], s3 = sums[3];
  for (const hb_pair* x = columns->first; x != columns->end; x += 8, w += 4) {
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

#endif

#if HB_ARM_DSP

// 16 times the sums. In 28 instructions for 32 products, two times eight weights a round. The end stands in memory,
// since the registers are full.
HB_INLINE void hb_dot_four_columns_w4(const int8_t* w, const hb_four_columns* columns, int32_t sums[kColumns]) {
  int32_t s0 = sums[0], s1 = sums[1], s2 = sums[2], s3 = sums[3];
  const hb_pair* x = columns->first;
  uint32_t even, high, low = columns->skip_w4;
#define HB_PRODUCTS(pair) \
  "smlad %[s0], %[" pair  \
  "], r3, %[s0]\n\t"      \
  "smlad %[s1], %[" pair  \
  "], r4, %[s1]\n\t"      \
  "smlad %[s2], %[" pair  \
  "], r5, %[s2]\n\t"      \
  "smlad %[s3], %[" pair "], r6, %[s3]\n\t"
#define HB_EIGHT \
  "ldr.w %[high], [%[w]], #4\n\t"                      \
  "lsl.w %[low], %[high], #4\n\t"                      \
  "and.w %[low], %[low], #0xF0F0F0F0\n\t"              \
  "and.w %[high], %[high], #0xF0F0F0F0\n\t"            \
  "ldmia.w %[x]!, {r3, r4, r5, r6}\n\t"                \
  "sxtb16.w %[even], %[low]\n\t" HB_PRODUCTS("even")   \
  "ldmia.w %[x]!, {r3, r4, r5, r6}\n\t"                \
  "sxtb16.w %[low], %[low], ror #8\n\t" HB_PRODUCTS("low")   \
  "ldmia.w %[x]!, {r3, r4, r5, r6}\n\t"                \
  "sxtb16.w %[even], %[high]\n\t" HB_PRODUCTS("even")  \
  "ldmia.w %[x]!, {r3, r4, r5, r6}\n\t"                \
  "sxtb16.w %[high], %[high], ror #8\n\t" HB_PRODUCTS("high")
  __asm__ volatile(
      "adr.w %[even], 1f\n\t"
      "add %[even], %[even], %[low]\n\t"
      "mov pc, %[even]\n"
      "1:\n\t" HB_EIGHT HB_EIGHT
      "ldr %[even], %[end]\n\t"
      "cmp %[x], %[even]\n\t"
      "bne 1b\n\t"
      : [s0] "+r"(s0), [s1] "+r"(s1), [s2] "+r"(s2), [s3] "+r"(s3), [w] "+r"(w), [x] "+r"(x), [even] "=&r"(even),
        [low] "+r"(low), [high] "=&r"(high)
      : [end] "m"(columns->end)
      : "r3", "r4", "r5", "r6", "cc", "memory");
#undef HB_EIGHT
#undef HB_PRODUCTS
  sums[0] = s0, sums[1] = s1, sums[2] = s2, sums[3] = s3;
}

#else

HB_INLINE void hb_dot_four_columns_w4(const int8_t* w, const hb_four_columns* columns, int32_t sums[kColumns]) {
  for (const hb_pair* x = columns->first; x != columns->end; x += 16, w += 4) {
    const uint32_t high = hb_load32(w), low = high << 4;
    for (int i = 0; i < kColumns; i++) {
      sums[i] = hb_smlad(hb_even_bytes(low & kHighHalves), x[i], sums[i]);
      sums[i] = hb_smlad(hb_odd_bytes(low & kHighHalves), x[i + 4], sums[i]);
      sums[i] = hb_smlad(hb_even_bytes(high & kHighHalves), x[i + 8], sums[i]);
      sums[i] = hb_smlad(hb_odd_bytes(high & kHighHalves), x[i + 12], sums[i]);
    }
  }
}

#endif

HB_INLINE int32_t hb_dot_one_row_w4(const int8_t* w, const hb_pair* x, int32_t groups) {
  int32_t sum = 0;
  for (const hb_pair* const end = x + groups * 2; x != end; x += 4, w += 4) {
    const uint32_t bytes = hb_load32(w), low = bytes << 4 & kHighHalves, high = bytes & kHighHalves;
    sum = hb_smlad(hb_odd_bytes(low), x[1], hb_smlad(hb_even_bytes(low), x[0], sum));
    sum = hb_smlad(hb_odd_bytes(high), x[3], hb_smlad(hb_even_bytes(high), x[2], sum));
  }
  return sum;
}

HB_INLINE int32_t hb_dot_group(uint32_t weights, hb_pair even, hb_pair odd, int32_t sum) {
  return hb_smlad(hb_odd_bytes(weights), odd, hb_smlad(hb_even_bytes(weights), even, sum));
}

// Four weight rows, `stride` bytes apart, against one column. Each second row is reached from the one before it,
// and a row's weights are not loaded ahead: more would not fit the registers.
HB_INLINE void hb_dot_four_rows(const int8_t* w, int32_t stride, const hb_pair* x, int32_t groups, int32_t sums[4]) {
  const int8_t* w2 = w + 2 * stride;
  int32_t s0 = sums[0], s1 = sums[1], s2 = sums[2], s3 = sums[3];
  for (const hb_pair* end = x + groups * 2; x != end; x += 2) {
    const hb_pair even = x[0], odd = x[1];
    s1 = hb_dot_group(hb_load32(w + stride), even, odd, s1);
    HB_IN_ORDER();
    s0 = hb_dot_group(hb_load32(w), even, odd, s0);
    HB_IN_ORDER();
    s3 = hb_dot_group(hb_load32(w2 + stride), even, odd, s3);
    HB_IN_ORDER();
    s2 = hb_dot_group(hb_load32(w2), even, odd, s2);
    w += 4, w2 += 4;
  }
  sums[0] = s0, sums[1] = s1, sums[2] = s2, sums[3] = s3;
}

HB_INLINE int32_t hb_dot_one_row(const int8_t* w, const hb_pair* x, int32_t groups, int32_t sum) {
  for (const hb_pair* end = x + groups * 2; x != end; x += 2, w += 4) {
    sum = hb_dot_group(hb_load32(w), x[0], x[1], sum);
  }
  return sum;
}

#else

HB_INLINE void hb_dot_four_columns(const int8_t* w, const hb_four_columns* columns, int32_t sums[kColumns]) {
  int32_t s0 = sums[0], s1 = sums[1], s2 = sums[2], s3 = sums[3];
  for (const int16_t* x = columns->first; x != columns->end; x += 4, w++) {
    s0 += *w * x[0];
    s1 += *w * x[1];
    s2 += *w * x[2];
    s3 += *w * x[3];
  }
  sums[0] = s0, sums[1] = s1, sums[2] = s2, sums[3] = s3;
}

// 16 times the sums, as the DSP form has them.
HB_INLINE void hb_dot_four_columns_w4(const int8_t* w, const hb_four_columns* columns, int32_t sums[kColumns]) {
  for (const int16_t* x = columns->first; x != columns->end; x += 32, w += 4) {
    for (int j = 0; j < 4; j++) {
      const int32_t low = (int8_t)(uint8_t)((uint8_t)w[j] << 4), high = (int8_t)(w[j] & 0xF0);
      for (int i = 0; i < kColumns; i++) sums[i] += low * x[4 * j + i] + high * x[4 * j + 16 + i];
    }
  }
}

HB_INLINE int32_t hb_dot_one_row_w4(const int8_t* w, const int16_t* x, int32_t groups) {
  int32_t sum = 0;
  for (const int16_t* const end = x + groups * 4; x != end; x += 8, w += 4) {
    for (int j = 0; j < 4; j++) sum += (int8_t)(uint8_t)((uint8_t)w[j] << 4) * x[j] + (int8_t)(w[j] & 0xF0) * x[j + 4];
  }
  return sum;
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
