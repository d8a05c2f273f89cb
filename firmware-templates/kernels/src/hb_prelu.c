#include "hb_requant.h"

void hb_prelu_s8(const hb_prelu_params* p, const int8_t* in, const int8_t* alpha, int8_t* out, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const int32_t value = in[i] + p->input_offset;
    const int32_t scaled =
        value >= 0 ? hb_multiply_exact(value, p->above.multiplier, p->above.shift)
                   : hb_multiply_exact(value * (alpha[i] + p->alpha_offset), p->below.multiplier, p->below.shift);
    out[i] = (int8_t)hb_sat8(scaled + p->zero_point);
  }
}
