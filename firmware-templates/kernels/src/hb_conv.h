// What the convolutions of all widths share.
#ifndef HILBENCH_HB_CONV_H_
#define HILBENCH_HB_CONV_H_

#include "hb_dot.h"
#include "hb_strip.h"

// Four outputs at a time: their patches become columns, then every weight row passes over them; the last four may
// overlap the ones before. Grouped convolution does this once a group. Fewer than four outputs, and scales that need
// the long rounding sequence, go one output at a time.

// What differs between int8 layers, those of 4-bit weights and those of int16 activations. Functions that only one of
// them needs are reached through it alone, so that a program without such a layer is linked without them.
typedef struct {
  int32_t size;  // bytes of an input
  int32_t bits;  // of a weight
  hb_rows (*rows)(const int8_t* weights, int32_t k, int32_t count, int8_t* scratch);
  void (*widen)(void* to, int columns, const void* from, int32_t k, int32_t offset);
  void (*widen_four)(void* to, const int8_t* from, int32_t step, int32_t k, int32_t offset);
  hb_lay_inputs* lay;
  int32_t* (*widen_row)(const int8_t* weights, int32_t k, int32_t* to);  // to pairs (hb_wide.c)
} hb_conv_width;

typedef struct {
  const hb_conv_params* p;
  const hb_conv_width* width;
  int32_t depth;       // input channels of a group
  int32_t patch;       // inputs of an output: kernel area * depth
  int32_t groups;      // of a column
  int32_t whole;       // a tap is whole groups, so that patches are widened where they lie; else a strip has them
  int32_t contiguous;  // a kernel row's taps follow each other in memory
  int32_t wide_pairs;  // of a wide row; 0 where the rows are taken as they stand
  void* columns;
  hb_strip* strip;
  int32_t* wide_rows;
  hb_rows rows;
} hb_conv_pass;

int32_t* hb_widen_row(const int8_t* weights, int32_t k, int32_t* to);
int32_t* hb_widen_row_w4(const int8_t* weights, int32_t k, int32_t* to);

// Whole outputs by wide rows (hb_wide.c), for the channels first .. end - 1; with DSP instructions only.
void hb_convolve_wide(const hb_conv_pass* c, const int8_t* in, const int32_t* bias, int8_t* out, int32_t first,
                      int32_t end);
void hb_convolve_wide_s16(const hb_conv_pass* c, const int8_t* in, const int64_t* bias, int16_t* out, int32_t first,
                          int32_t end);

#endif
