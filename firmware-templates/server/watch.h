// One inference in which a watcher stands around each kernel. Plain runs are not touched by it: the runtime calls the
// kernels directly there.
//
// The runtime's own profiler interface would not do: it cannot pass a node over, it would be called in the timed runs
// too, and it is silent in a library that was built with TF_LITE_STRIP_ERROR_STRINGS.
#ifndef HILBENCH_WATCH_H
#define HILBENCH_WATCH_H

#include <cstddef>

#include "tensorflow/lite/c/common.h"

namespace hilbench {

// The kernel that the runtime would have called.
struct KernelCall {
  TfLiteStatus (*invoke)(TfLiteContext* context, TfLiteNode* node);
  TfLiteContext* context;
  TfLiteNode* node;

  TfLiteStatus Run() const { return invoke(context, node); }
};

// Runs the kernel, or passes the node over, and says how the node went.
using Watcher = TfLiteStatus (*)(size_t node, const KernelCall& kernel);

// False where a watcher did not answer kTfLiteOk.
bool InvokeWatched(Watcher watcher);

}  // namespace hilbench

#endif
