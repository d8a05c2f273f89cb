#include "hb_dot.h"

hb_rows hb_rows_of(const int8_t* weights, int32_t k, int32_t count, int8_t* scratch) {
  hb_rows r = {weights, scratch, k, count};
  while (r.first_copied > 0 && (r.first_copied - 1) * k + 4 * hb_groups(k) > count * k) r.first_copied--;
  memcpy(scratch, weights + r.first_copied * k, (size_t)((count - r.first_copied) * k));
  return r;
}

#if HB_DSP

void hb_widen(void* to, int columns, const int8_t* from, int32_t k, int32_t offset) {
  const hb_pair offsets = hb_pair_of(offset, offset);
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

void hb_zero_column(void* to, int columns, int32_t groups) {
  hb_pair* x = to;
  for (int32_t i = 0; i < 2 * groups; i++) x[i * columns] = 0;
}

#else

void hb_widen(void* to, int columns, const int8_t* from, int32_t k, int32_t offset) {
  int16_t* x = to;
  for (int32_t i = 0; i < k; i++, x += columns) *x = (int16_t)(from[i] + offset);
  for (int32_t i = k; i < 4 * hb_groups(k); i++, x += columns) *x = 0;
}

void hb_zero_column(void* to, int columns, int32_t groups) {
  int16_t* x = to;
  for (int32_t i = 0; i < 4 * groups; i++) x[i * columns] = 0;
}

#endif
