// Patches of inputs whose channels do not come in fours, such as those of a first layer.
//
// A strip is what the patches of neighbouring outputs reach, widened, offset added, padding as zeros. In it all patches
// look alike, so that one table says where the inputs of any of them lie.
#ifndef HILBENCH_HB_STRIP_H_
#define HILBENCH_HB_STRIP_H_

#include "hb_dot.h"

// `count` inputs in their order; returns where they end.
typedef int16_t* hb_lay_inputs(int16_t* to, const int8_t* from, int32_t count, int32_t offset);

typedef struct {
  const hb_conv_params* p;
  hb_lay_inputs* lay;
  int32_t size, depth;     // bytes of an input, 1 or 2; input channels of a group
  int32_t height, width;   // outputs that a strip lies under
  int32_t rows, columns;   // of inputs
  const int8_t* in;        // where it was laid: the group's inputs, null at first,
  int32_t y, x;            // and the first output
  int32_t patch;           // inputs of an output
  int32_t wide;            // their columns meet wide rows (hb_wide.c)
  int32_t step, row_step;  // bytes from an output's patch to those of its neighbours, to the right and below
  int32_t* table;          // bytes from a patch's start to each of its inputs
  const int32_t* table_end;
  int16_t* values;
} hb_strip;

size_t hb_strip_bytes(const hb_conv_params* p);
hb_strip hb_strip_of(const hb_conv_params* p, int size, hb_lay_inputs* lay, int wide, void* memory);

hb_lay_inputs hb_lay_s8, hb_lay_s16;

// The patch of the output at (y, x) into the column at `to`, of `columns`; the strip goes where that is.
void hb_strip_patch(hb_strip* s, const int8_t* in, int32_t y, int32_t x, hb_element* to, int columns);

// Lays the strip under the outputs from (y, x) on, or from so far before that there are four, where the layer has four.
// How many there are, one after the other in memory.
int32_t hb_strip_lay(hb_strip* s, const int8_t* in, int32_t y, int32_t x);

// The patches of four of these outputs.
void hb_strip_four_patches(const hb_strip* s, int32_t first, hb_element* to);

#endif
