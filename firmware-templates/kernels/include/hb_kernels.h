// Integer kernels of hilbench for microcontrollers: plain pointers and small parameter structs, no allocation, no
// state.
//
// Results are bit-exact with TensorFlow Lite's reference kernels. Activations are NHWC with one image; an offset is
// the negated zero point for inputs and the zero point itself for outputs. Sizes and strides are >= 1. Weights keep
// TFLite's layouts: conv [out][kh][kw][in/groups], depthwise [kh][kw][out], fully connected [out][in]. `scratch` is
// 8-byte aligned and at least as large as the matching *_scratch function says; its contents mean nothing afterwards.
#ifndef HILBENCH_HB_KERNELS_H_
#define HILBENCH_HB_KERNELS_H_

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  int32_t height, width, channels;
} hb_shape;

typedef struct {
  int32_t height, width;  // of the kernel
  int32_t stride_h, stride_w, dilation_h, dilation_w;
  int32_t pad_top, pad_left;
} hb_window;

// How a sum becomes an output: clamp(zero_point + round(round(sum * multiplier / 2^31) / 2^-shift)).
typedef struct {
  int32_t zero_point, min, max;  // of the output; min and max are the fused activation's
  int32_t fast;                  // set by hb_requant_is_fast; 0 is always right, and slower
  const int32_t* multiplier;     // in [2^30, 2^31), or 0
  const int32_t* shift;          // > 0 is a left shift, as in TFLite
} hb_requant;

typedef struct {
  hb_shape in, out;
  hb_window window;
  int32_t groups;        // conv: 1 unless grouped; depthwise: unused, the multiplier is out.channels / in.channels
  int32_t input_offset;  // -zero point
  hb_requant requant;
} hb_conv_params;

// multiplier / 2^31 * 2^shift, the multiplier in [2^30, 2^31), or both 0.
typedef struct {
  int32_t multiplier, shift;
} hb_multiplier;

// a * b / c * 2^power, to the bit as TFLite computes it from scales (floats >= 0) with doubles, and without them: they
// are several KB of code where the core has no such unit.
hb_multiplier hb_multiplier_of(float a, float b, float c, int32_t power);

// Whether every sum of `terms` products and its bias is small enough, and every shift right enough, for the short
// rounding sequence. bias may be null.
int hb_requant_is_fast(const hb_requant* r, int32_t scales, const int32_t* bias, int32_t channels, int32_t terms);

size_t hb_conv2d_s8_scratch(const hb_conv_params* p);
void hb_conv2d_s8(const hb_conv_params* p, const int8_t* in, const int8_t* weights, const int32_t* bias, int8_t* out,
                  void* scratch);

size_t hb_depthwise_s8_scratch(const hb_conv_params* p);
void hb_depthwise_s8(const hb_conv_params* p, const int8_t* in, const int8_t* weights, const int32_t* bias, int8_t* out,
                     void* scratch);

typedef struct {
  int32_t rows, in, out;  // rows: batches
  int32_t input_offset, weight_offset;
  int32_t per_tensor;  // multiplier and shift have one entry for all outputs
  hb_requant requant;
} hb_fully_connected_params;

size_t hb_fully_connected_s8_scratch(const hb_fully_connected_params* p);
void hb_fully_connected_s8(const hb_fully_connected_params* p, const int8_t* in, const int8_t* weights,
                           const int32_t* bias, int8_t* out, void* scratch);

// 4-bit weights, two a byte, unpacked between the products. Depthwise: in TFLite's order, the even element in the low
// half. Convolution and fully connected: each row by itself, eight weights in four bytes, byte j holding weight j in
// its low half and weight j + 4 in its high half, the last eight filled up with zeros (hb_pack_row_w4).
size_t hb_row_bytes_w4(int32_t k);
void hb_pack_row_w4(const int8_t* weights, int32_t k, uint8_t* packed);

size_t hb_conv2d_s8w4_scratch(const hb_conv_params* p);
void hb_conv2d_s8w4(const hb_conv_params* p, const int8_t* in, const uint8_t* weights, const int32_t* bias, int8_t* out,
                    void* scratch);
void hb_depthwise_s8w4(const hb_conv_params* p, const int8_t* in, const uint8_t* weights, const int32_t* bias,
                       int8_t* out,
                       void* scratch);  // scratch as hb_depthwise_s8
size_t hb_fully_connected_s8w4_scratch(const hb_fully_connected_params* p);
void hb_fully_connected_s8w4(const hb_fully_connected_params* p, const int8_t* in, const uint8_t* weights,
                             const int32_t* bias, int8_t* out, void* scratch);  // weight_offset is taken as 0

typedef struct {
  int32_t offset, multiplier, shift;  // shift <= 0
} hb_scaled_input;

// A negative multiplier of b subtracts it.
typedef struct {
  hb_scaled_input a, b;
  int32_t multiplier, shift;  // of the sum, shift <= 0
  int32_t zero_point, min, max;
} hb_add_params;

void hb_add_s8(const hb_add_params* p, const int8_t* a, const int8_t* b, int8_t* out, size_t count);

// Below the zero point times alpha, above it times 1, each with the scales.
typedef struct {
  int32_t input_offset, alpha_offset, zero_point;
  hb_multiplier above, below;
} hb_prelu_params;

void hb_prelu_s8(const hb_prelu_params* p, const int8_t* in, const int8_t* alpha, int8_t* out, size_t count);

typedef struct {
  hb_shape in, out;
  hb_window window;
  int32_t min, max;
} hb_pool_params;

void hb_average_pool_s8(const hb_pool_params* p, const int8_t* in, int8_t* out);
void hb_max_pool_s8(const hb_pool_params* p, const int8_t* in, int8_t* out);

// The mean over height and width. The multiplier holds input scale / output scale / (height * width).
typedef struct {
  hb_shape in;
  int32_t input_offset, multiplier, shift, zero_point;
} hb_mean_params;

// TFLite folds the division into the multiplier that has the scales alone.
void hb_mean_fold_count(hb_mean_params* p, int32_t multiplier, int32_t shift);
void hb_mean_s8(const hb_mean_params* p, const int8_t* in, int8_t* out);

// out[r][i] = a[r][i] * b[r * b_step + i]: b_step is `count` for equal shapes, 0 for one row that scales all others.
typedef struct {
  int32_t rows, count, b_step;
  int32_t a_offset, b_offset;
  hb_requant requant;  // one multiplier and shift
} hb_mul_params;

void hb_mul_s8(const hb_mul_params* p, const int8_t* a, const int8_t* b, int8_t* out);

// Functions of one int8 are tables: entry i holds the output for the input i - 128.
typedef struct {
  int32_t input_zero_point, output_zero_point;
  int32_t output_multiplier, output_exponent;    // 16-bit multiplier; exponent <= 0
  int32_t reluish_multiplier, reluish_exponent;  // 16-bit multiplier
} hb_hard_swish_params;

typedef struct {
  int32_t input_zero_point, output_zero_point, multiplier, shift, min, max;
} hb_rescale_params;

void hb_hard_swish_table(const hb_hard_swish_params* p, int8_t table[256]);
void hb_rescale_table(const hb_rescale_params* p, int8_t table[256]);  // QUANTIZE int8 to int8, RELU and its like
// QUANTIZE between widths, each element: zero point + round((in - zero point) * factor), rounded as TFLite does it.
void hb_rescale_s8_s16(const hb_rescale_params* p, const int8_t* in, int16_t* out, size_t count);
void hb_rescale_s16_s8(const hb_rescale_params* p, const int16_t* in, int8_t* out, size_t count);
void hb_rescale_s16(const hb_rescale_params* p, const int16_t* in, int16_t* out, size_t count);
void hb_lookup_s8(const int8_t table[256], const int8_t* in, int8_t* out, size_t count);

// Up to four dimensions, the outer ones 1 where there are fewer.
typedef struct {
  int32_t in[4], before[4], after[4];
  int8_t value;
} hb_pad_params;

void hb_pad_s8(const hb_pad_params* p, const int8_t* in, int8_t* out);

// `count` blocks of `bytes`, one after the other at `in`, to places `step` bytes apart: one input of a concatenation.
void hb_scatter_blocks(const int8_t* in, int32_t bytes, int32_t count, int8_t* out, int32_t step);

// int16 activations with int8 weights and int64 biases (TFLite's 16x8): zero points are 0, requant.min and max are
// int16, the multiplier is rounded to 16 bits and the sum once, as TFLite does it. `fast` is what hb_rows_s16_are_fast
// says.
int hb_rows_s16_are_fast(const hb_requant* r, int32_t scales, const int8_t* weights, int32_t k, int32_t count,
                         const int64_t* bias);

size_t hb_conv2d_s16_scratch(const hb_conv_params* p);
void hb_conv2d_s16(const hb_conv_params* p, const int16_t* in, const int8_t* weights, const int64_t* bias, int16_t* out,
                   void* scratch);
int hb_depthwise_s16_is_fast(const hb_conv_params* p, const int64_t* bias);
void hb_depthwise_s16(const hb_conv_params* p, const int16_t* in, const int8_t* weights, const int64_t* bias,
                      int16_t* out,
                      void* scratch);  // scratch as hb_depthwise_s8
size_t hb_fully_connected_s16_scratch(const hb_fully_connected_params* p);
void hb_fully_connected_s16(const hb_fully_connected_params* p, const int16_t* in, const int8_t* weights,
                            const int64_t* bias, int16_t* out, void* scratch);
void hb_add_s16(const hb_add_params* p, const int16_t* a, const int16_t* b, int16_t* out,
                size_t count);  // inputs << 15
void hb_average_pool_s16(const hb_pool_params* p, const int16_t* in, int16_t* out);
void hb_max_pool_s16(const hb_pool_params* p, const int16_t* in, int16_t* out);

typedef struct {
  int32_t rows, depth;
  int32_t multiplier, left_shift, diff_min;  // as TFLite's PreprocessSoftmaxScaling computes them
} hb_softmax_params;

void hb_softmax_s8(const hb_softmax_params* p, const int8_t* in, int8_t* out);

#ifdef __cplusplus
}
#endif

#endif
