// Two tensors of an elementwise operator, of one shape or of shapes that TensorFlow broadcasts.
#ifndef HILBENCH_KERNELS_BROADCAST_H
#define HILBENCH_KERNELS_BROADCAST_H

#include <cstddef>
#include <cstdint>

#include "api.h"

namespace hilbench {
namespace kernels {

constexpr int kMostBroadcastDimensions = 4;

// Runs of elements that follow one another in both tensors, in nested loops over where they begin.
struct Broadcast {
  int32_t run;
  int32_t count[kMostBroadcastDimensions];  // of the loops, the outermost first
  int32_t a_step[kMostBroadcastDimensions], b_step[kMostBroadcastDimensions];
};

// Refuses shapes that do not go together, and more than four dimensions unless the shapes are equal.
TfLiteStatus PrepareBroadcast(TfLiteContext* context, const TfLiteTensor* a, const TfLiteTensor* b,
                              const TfLiteTensor* output, Broadcast* all);

// Calls run(where it begins in a, in b, in the output) for each run in the order of the output.
template <typename Run>
void ForEachRun(const Broadcast& all, Run run) {
  int32_t out = 0;
  for (int32_t i = 0, a0 = 0, b0 = 0; i < all.count[0]; i++, a0 += all.a_step[0], b0 += all.b_step[0]) {
    for (int32_t j = 0, a1 = a0, b1 = b0; j < all.count[1]; j++, a1 += all.a_step[1], b1 += all.b_step[1]) {
      for (int32_t k = 0, a2 = a1, b2 = b1; k < all.count[2]; k++, a2 += all.a_step[2], b2 += all.b_step[2]) {
        for (int32_t l = 0, a = a2, b = b2; l < all.count[3]; l++, a += all.a_step[3], b += all.b_step[3]) {
          run(a, b, out);
          out += all.run;
        }
      }
    }
  }
}

}  // namespace kernels
}  // namespace hilbench

#endif
