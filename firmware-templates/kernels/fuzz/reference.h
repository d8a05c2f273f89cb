// What the kernels must compute, written from the operators' definitions alone: one plain loop nest each, 64-bit
// arithmetic, no code shared with the kernels.
#ifndef HILBENCH_FUZZ_REFERENCE_H_
#define HILBENCH_FUZZ_REFERENCE_H_

#include "hb_kernels.h"

hb_multiplier ref_multiplier(float a, float b, float c, int32_t power);
int32_t ref_scale(int64_t sum, int32_t multiplier, int32_t shift);

void ref_conv(const hb_conv_params* p, const int8_t* in, const int8_t* weights, const int32_t* bias, int8_t* out);
void ref_depthwise(const hb_conv_params* p, const int8_t* in, const int8_t* weights, const int32_t* bias, int8_t* out);
void ref_fully_connected(const hb_fully_connected_params* p, const int8_t* in, const int8_t* weights,
                         const int32_t* bias, int8_t* out);
void ref_add(const hb_add_params* p, const int8_t* a, const int8_t* b, int8_t* out, size_t count);
void ref_average_pool(const hb_pool_params* p, const int8_t* in, int8_t* out);
void ref_max_pool(const hb_pool_params* p, const int8_t* in, int8_t* out);
void ref_mean(const hb_shape* in, int32_t input_zero_point, int32_t multiplier, int32_t shift, int32_t zero_point,
              const int8_t* values, int8_t* out);  // multiplier and shift of the scales alone
void ref_mul(const hb_mul_params* p, const int8_t* a, const int8_t* b, int8_t* out);
void ref_prelu(const hb_prelu_params* p, const int8_t* in, const int8_t* alpha, int8_t* out, size_t count);
int8_t ref_hard_swish(const hb_hard_swish_params* p, int8_t value);
int32_t ref_rescale(const hb_rescale_params* p, int32_t value);
void ref_pad(const hb_pad_params* p, const int8_t* in, int8_t* out);
void ref_softmax(const hb_softmax_params* p, const int8_t* in, int8_t* out);

void ref_conv_s16(const hb_conv_params* p, const int16_t* in, const int8_t* weights, const int64_t* bias, int16_t* out);
void ref_depthwise_s16(const hb_conv_params* p, const int16_t* in, const int8_t* weights, const int64_t* bias,
                       int16_t* out);
void ref_fully_connected_s16(const hb_fully_connected_params* p, const int16_t* in, const int8_t* weights,
                             const int64_t* bias, int16_t* out);
void ref_add_s16(const hb_add_params* p, const int16_t* a, const int16_t* b, int16_t* out, size_t count);
void ref_pool_s16(const hb_pool_params* p, const int16_t* in, int16_t* out, int largest);

#endif
