// What the kernels must compute, written from the operators' definitions alone: one plain loop nest each, 64-bit
// arithmetic, no code shared with the kernels.
#ifndef HILBENCH_FUZZ_REFERENCE_H_
#define HILBENCH_FUZZ_REFERENCE_H_

#include "hb_kernels.h"

int32_t ref_scale(int64_t sum, int32_t multiplier, int32_t shift);

void ref_conv(const hb_conv_params* p, const int8_t* in, const int8_t* weights, const int32_t* bias, int8_t* out);
void ref_depthwise(const hb_conv_params* p, const int8_t* in, const int8_t* weights, const int32_t* bias, int8_t* out);
void ref_fully_connected(const hb_fully_connected_params* p, const int8_t* in, const int8_t* weights,
                         const int32_t* bias, int8_t* out);
void ref_add(const hb_add_params* p, const int8_t* a, const int8_t* b, int8_t* out, size_t count);
void ref_average_pool(const hb_pool_params* p, const int8_t* in, int8_t* out);
void ref_max_pool(const hb_pool_params* p, const int8_t* in, int8_t* out);
void ref_softmax(const hb_softmax_params* p, const int8_t* in, int8_t* out);

#endif
