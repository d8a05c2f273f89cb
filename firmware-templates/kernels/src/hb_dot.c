#include "hb_dot.h"

hb_rows hb_rows_of(const int8_t* weights, int32_t k, int32_t count, int8_t* scratch) {
  hb_rows r = {weights, scratch, k, k, count};
  while (r.first_copied > 0 && (r.first_copied - 1) * k + 4 * hb_groups(k) > count * k) r.first_copied--;
  memcpy(scratch, weights + r.first_copied * k, (size_t)((count - r.first_copied) * k));
  // As a number, since no pointer may point before its buffer.
  r.copied = (const int8_t*)((uintptr_t)scratch - (uintptr_t)(r.first_copied * k));
  return r;
}

hb_rows hb_rows_of_w4(const int8_t* weights, int32_t k, int32_t count, int8_t* no_scratch) {
  hb_rows r = {weights, no_scratch, k, (int32_t)hb_row_bytes_w4(k), count};
  return r;
}

size_t hb_row_bytes_w4(int32_t k) { return (size_t)(k + 7) / 8 * 4; }

void hb_pack_row_w4(const int8_t* weights, int32_t k, uint8_t* packed) {
  for (int32_t i = 0; i < k; i += 8, packed += 4) {
    for (int32_t j = i; j < i + 4; j++) {
      const int low = j < k ? weights[j] & 15 : 0, high = j + 4 < k ? weights[j + 4] & 15 : 0;
      packed[j - i] = (uint8_t)(low | high << 4);
    }
  }
}

void hb_multiply_column(const hb_rows* rows, int32_t first, int32_t end, const void* column, const int32_t* bias,
                        int32_t start, const hb_requant* r, int32_t scale_step, int8_t* out) {
  const int32_t groups = hb_groups(rows->k);
  int32_t i = first;
  for (; i + 4 <= end && i + 4 <= rows->first_copied; i += 4) {
    int32_t sums[4] = {start, start, start, start};
    for (int j = 0; bias && j < 4; j++) sums[j] += bias[i + j];
    hb_dot_four_rows(rows->weights + i * rows->k, rows->k, column, groups, sums);
    for (int j = 0; j < 4; j++) out[i + j] = (int8_t)hb_requantized(r, (i + j) * scale_step, sums[j]);
  }
  for (; i < end; i++) {
    const int32_t sum = hb_dot_one_row(hb_row(rows, i), column, groups, start + (bias ? bias[i] : 0));
    out[i] = (int8_t)hb_requantized(r, i * scale_step, sum);
  }
}

void hb_multiply_column_w4(const hb_rows* rows, int32_t first, int32_t end, const void* column, const int32_t* bias,
                           int32_t start, const hb_requant* r, int32_t scale_step, int8_t* out) {
  const int32_t groups = hb_row_groups(rows->k, 4);
  for (int32_t i = first; i < end; i++) {
    const int32_t sum = start + (bias ? bias[i] : 0) + (hb_dot_one_row_w4(hb_row(rows, i), column, groups) >> 4);
    out[i] = (int8_t)hb_requantized(r, i * scale_step, sum);
  }
}

// 32 bits hold 508 products of 16 and 8 bits.
enum { kGroupsOfPart = 127 };

static int64_t dot_row_s16(const int8_t* w, const void* column, int32_t groups) {
  int64_t sum = 0;
  for (const char* x = column; groups > 0; groups -= kGroupsOfPart) {
    const int32_t part = groups < kGroupsOfPart ? groups : kGroupsOfPart;
    sum += hb_dot_one_row(w, (const hb_element*)x, part, 0);
    w += 4 * part;
    x += 8 * part;
  }
  return sum;
}

void hb_multiply_column_s16(const hb_rows* rows, int32_t first, int32_t end, const void* column, const int64_t* bias,
                            const hb_requant* r, int32_t scale_step, int16_t* out) {
  const int32_t groups = hb_groups(rows->k);
  int32_t i = first;
  for (; r->fast && i + 4 <= end && i + 4 <= rows->first_copied; i += 4) {
    int32_t sums[4] = {0, 0, 0, 0};
    for (int j = 0; bias && j < 4; j++) sums[j] = (int32_t)bias[i + j];
    hb_dot_four_rows(rows->weights + i * rows->k, rows->k, column, groups, sums);
    for (int j = 0; j < 4; j++) out[i + j] = hb_requantized_s16(r, (i + j) * scale_step, sums[j]);
  }
  for (; i < end; i++) {
    const int64_t sum = dot_row_s16(hb_row(rows, i), column, groups) + (bias ? bias[i] : 0);
    out[i] = hb_requantized_s16(r, i * scale_step, sum);
  }
}

int hb_rows_s16_are_fast(const hb_requant* r, int32_t scales, const int8_t* weights, int32_t k, int32_t count,
                         const int64_t* bias) {
  for (int32_t row = 0; row < count; row++) {
    int64_t largest = bias ? (bias[row] < 0 ? -bias[row] : bias[row]) : 0;
    for (int32_t i = 0; i < k; i++, weights++) largest += (int64_t)(*weights < 0 ? -*weights : *weights) << 15;
    if (largest >= (int64_t)1 << 31) return 0;
  }
  return hb_shifts_s16_are_fast(r, scales);
}

void hb_spread_four_s16(void* to, const int8_t* from, int32_t step, int32_t k, int32_t no_offset) {
  for (int i = 0; i < kColumns; i++) hb_spread_s16(hb_column(to, i), kColumns, from + i * step, k, no_offset);
}

#if HB_DSP

void hb_widen(void* to, int columns, const void* inputs, int32_t k, int32_t offset) {
  const hb_pair offsets = hb_pair_of(offset, offset);
  const int8_t* from = inputs;
  hb_pair* x = to;
  const int8_t* end = from + (k & ~3);
  if (columns == kColumns) {
    for (; from != end; from += 4, x += 2 * kColumns) {
      const uint32_t bytes = hb_load32(from);
      x[0] = hb_even_bytes_plus(offsets, bytes);
      x[kColumns] = hb_odd_bytes_plus(offsets, bytes);
    }
  } else {
    for (; from != end; from += 4, x += 2) {
      const uint32_t bytes = hb_load32(from);
      x[0] = hb_even_bytes_plus(offsets, bytes);
      x[1] = hb_odd_bytes_plus(offsets, bytes);
    }
  }
  const int rest = k & 3;
  if (rest) {
    x[0] = hb_pair_of(from[0] + offset, rest > 2 ? from[2] + offset : 0);
    x[columns] = hb_pair_of(rest > 1 ? from[1] + offset : 0, 0);
  }
}

void hb_spread_s16(void* to, int columns, const void* inputs, int32_t k, int32_t no_offset) {
  (void)no_offset;
  const int16_t* from = inputs;
  hb_pair* x = to;
  for (; k >= 4; k -= 4, from += 4, x += 2 * columns) {
    const hb_pair first = hb_load32(from), second = hb_load32(from + 2);
    x[0] = hb_pack_lows(first, second);
    x[columns] = hb_pack_highs(first, second);
  }
  if (k > 0) {
    x[0] = hb_pair_of(from[0], k > 2 ? from[2] : 0);
    x[columns] = hb_pair_of(k > 1 ? from[1] : 0, 0);
  }
}

void hb_widen_four(void* to, const int8_t* from, int32_t step, int32_t k, int32_t offset) {
  const hb_pair offsets = hb_pair_of(offset, offset);
  const int8_t *from1 = from + step, *from2 = from1 + step, *from3 = from2 + step, *const end = from + (k & ~3);
  hb_pair* x = to;
  for (; from != end; from += 4, from1 += 4, from2 += 4, from3 += 4, x += 8) {
    const uint32_t b0 = hb_load32(from), b1 = hb_load32(from1), b2 = hb_load32(from2), b3 = hb_load32(from3);
    x[0] = hb_even_bytes_plus(offsets, b0);
    x[1] = hb_even_bytes_plus(offsets, b1);
    x[2] = hb_even_bytes_plus(offsets, b2);
    x[3] = hb_even_bytes_plus(offsets, b3);
    x[4] = hb_odd_bytes_plus(offsets, b0);
    x[5] = hb_odd_bytes_plus(offsets, b1);
    x[6] = hb_odd_bytes_plus(offsets, b2);
    x[7] = hb_odd_bytes_plus(offsets, b3);
  }
  const int rest = k & 3;
  if (rest) {
    const int8_t* columns[kColumns] = {from, from1, from2, from3};
    for (int i = 0; i < kColumns; i++) hb_widen(x + i, kColumns, columns[i], rest, offset);
  }
}

void hb_zero_column(void* to, int columns, int32_t groups) {
  hb_pair* x = to;
  for (int32_t i = 0; i < 2 * groups; i++) x[i * columns] = 0;
}

#else

void hb_widen(void* to, int columns, const void* inputs, int32_t k, int32_t offset) {
  const int8_t* from = inputs;
  int16_t* x = to;
  for (int32_t i = 0; i < k; i++, x += columns) *x = (int16_t)(from[i] + offset);
  for (int32_t i = k; i < 4 * hb_groups(k); i++, x += columns) *x = 0;
}

void hb_spread_s16(void* to, int columns, const void* inputs, int32_t k, int32_t no_offset) {
  (void)no_offset;
  const int16_t* from = inputs;
  int16_t* x = to;
  for (int32_t i = 0; i < 4 * hb_groups(k); i++, x += columns) *x = i < k ? from[i] : 0;
}

void hb_widen_four(void* to, const int8_t* from, int32_t step, int32_t k, int32_t offset) {
  for (int i = 0; i < kColumns; i++) hb_widen((int16_t*)to + i, kColumns, from + i * step, k, offset);
}

void hb_zero_column(void* to, int columns, int32_t groups) {
  int16_t* x = to;
  for (int32_t i = 0; i < 4 * groups; i++) x[i * columns] = 0;
}

#endif
