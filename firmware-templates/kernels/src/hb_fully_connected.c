#include "hb_dot.h"
#include "hb_requant.h"

// A row of inputs is widened once, then meets the weight rows four at a time.

size_t hb_fully_connected_s8_scratch(const hb_fully_connected_params* p) {
  return hb_column_bytes(p->in, 1) + hb_rows_scratch(p->in);
}

// TFLite's weight zero point is 0 for int8; a foreign model's other one adds offset * (sum of the inputs) to every
// output.
static int32_t input_sum(const hb_fully_connected_params* p, const int8_t* in) {
  int32_t sum = 0;
  for (int32_t i = 0; i < p->in; i++) sum += in[i] + p->input_offset;
  return sum;
}

HB_INLINE void multiply(const hb_fully_connected_params* p, const int8_t* in, const hb_rows* rows, int bits,
                        const int32_t* bias, int32_t weight_offset, int8_t* out, void* column) {
  for (int32_t row = 0; row < p->rows; row++) {
    const int8_t* from = in + row * p->in;
    const int32_t start = weight_offset ? weight_offset * input_sum(p, from) : 0;
    hb_widen(column, 1, from, p->in, p->input_offset);
    if (bits == 4) {
      hb_multiply_column_w4(rows, 0, p->out, column, bias, start, &p->requant, !p->per_tensor, out + row * p->out);
    } else {
      hb_multiply_column(rows, 0, p->out, column, bias, start, &p->requant, !p->per_tensor, out + row * p->out);
    }
  }
  hb_clamp_s8(out, (size_t)p->rows * (size_t)p->out, p->requant.min, p->requant.max);
}

void hb_fully_connected_s8(const hb_fully_connected_params* p, const int8_t* in, const int8_t* weights,
                           const int32_t* bias, int8_t* out, void* scratch) {
  const hb_rows rows = hb_rows_of(weights, p->in, p->out, (int8_t*)scratch + hb_column_bytes(p->in, 1));
  multiply(p, in, &rows, 8, bias, p->weight_offset, out, scratch);
}

size_t hb_fully_connected_s8w4_scratch(const hb_fully_connected_params* p) {
  return (size_t)hb_row_groups(p->in, 4) * 8;
}

void hb_fully_connected_s8w4(const hb_fully_connected_params* p, const int8_t* in, const uint8_t* weights,
                             const int32_t* bias, int8_t* out, void* scratch) {
  const hb_rows rows = hb_rows_of_w4((const int8_t*)weights, p->in, p->out, NULL);
  multiply(p, in, &rows, 4, bias, 0, out, scratch);
}

size_t hb_fully_connected_s16_scratch(const hb_fully_connected_params* p) { return hb_fully_connected_s8_scratch(p); }

void hb_fully_connected_s16(const hb_fully_connected_params* p, const int16_t* in, const int8_t* weights,
                            const int64_t* bias, int16_t* out, void* scratch) {
  const hb_rows rows = hb_rows_of(weights, p->in, p->out, (int8_t*)scratch + hb_column_bytes(p->in, 1));
  for (int32_t row = 0; row < p->rows; row++) {
    hb_spread_s16(scratch, 1, in + row * p->in, p->in, 0);
    hb_multiply_column_s16(&rows, 0, p->out, scratch, bias, &p->requant, !p->per_tensor, out + row * p->out);
  }
}
