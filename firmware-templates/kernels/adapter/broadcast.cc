#include "adapter/broadcast.h"

#include <initializer_list>

#include "adapter/node.h"

namespace hilbench {
namespace kernels {
namespace {

// A side of a shape as if ones stood before it.
int32_t Side(const TfLiteTensor* tensor, int dimension) {
  const int at = dimension - (kMostBroadcastDimensions - tensor->dims->size);
  return at < 0 ? 1 : tensor->dims->data[at];
}

int32_t Larger(int32_t a, int32_t b) { return a > b ? a : b; }

bool GoTogether(const TfLiteTensor* a, const TfLiteTensor* b, const TfLiteTensor* output) {
  for (const TfLiteTensor* tensor : {a, b, output}) {
    if (tensor->dims->size > kMostBroadcastDimensions) return false;
  }
  for (int i = 0; i < kMostBroadcastDimensions; i++) {
    const int32_t in_a = Side(a, i), in_b = Side(b, i);
    if (in_a != in_b && in_a != 1 && in_b != 1) return false;
    if (Side(output, i) != Larger(in_a, in_b)) return false;
  }
  return true;
}

}  // namespace

TfLiteStatus PrepareBroadcast(TfLiteContext* context, const TfLiteTensor* a, const TfLiteTensor* b,
                              const TfLiteTensor* output, Broadcast* all) {
  *all = {1, {1, 1, 1, 1}, {}, {}};
  if (tflite::HaveSameShapes(a, b)) {
    all->run = Count(a->dims);
    return kTfLiteOk;
  }
  TF_LITE_ENSURE(context, GoTogether(a, b, output));
  int dimension = kMostBroadcastDimensions - 1;
  for (; dimension >= 0 && Side(a, dimension) == Side(b, dimension); dimension--) all->run *= Side(a, dimension);
  int32_t a_elements = all->run, b_elements = all->run;
  for (; dimension >= 0; dimension--) {
    const int32_t in_a = Side(a, dimension), in_b = Side(b, dimension);
    all->count[dimension] = Larger(in_a, in_b);
    all->a_step[dimension] = in_a == 1 ? 0 : a_elements;
    all->b_step[dimension] = in_b == 1 ? 0 : b_elements;
    a_elements *= in_a;
    b_elements *= in_b;
  }
  return kTfLiteOk;
}

}  // namespace kernels
}  // namespace hilbench
