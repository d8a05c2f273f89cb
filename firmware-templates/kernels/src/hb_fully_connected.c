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

void hb_fully_connected_s8(const hb_fully_connected_params* p, const int8_t* in, const int8_t* weights,
                           const int32_t* bias, int8_t* out, void* scratch) {
  const int32_t groups = hb_groups(p->in);
  const hb_rows rows = hb_rows_of(weights, p->in, p->out, (int8_t*)scratch + hb_column_bytes(p->in, 1));
  for (int32_t row = 0; row < p->rows; row++, in += p->in, out += p->out) {
    const int32_t start = p->weight_offset ? p->weight_offset * input_sum(p, in) : 0;
    hb_widen(scratch, 1, in, p->in, p->input_offset);
    int32_t channel = 0;
    for (; channel + 4 <= rows.first_copied; channel += 4) {
      int32_t sums[4] = {start, start, start, start};
      for (int i = 0; bias && i < 4; i++) sums[i] += bias[channel + i];
      hb_dot_four_rows(weights + channel * p->in, p->in, (const hb_element*)scratch, groups, sums);
      for (int i = 0; i < 4; i++) {
        hb_requant_sums(&p->requant, channel + i, &sums[i], 1);
        out[channel + i] = (int8_t)sums[i];
      }
    }
    for (; channel < p->out; channel++) {
      int32_t sum = start + (bias ? bias[channel] : 0);
      sum = hb_dot_one_row(hb_row(&rows, channel), (const hb_element*)scratch, groups, sum);
      hb_requant_sums(&p->requant, channel, &sum, 1);
      out[channel] = (int8_t)sum;
    }
  }
  hb_clamp_s8(out - (size_t)p->rows * (size_t)p->out, (size_t)p->rows * (size_t)p->out, p->requant.min, p->requant.max);
}
