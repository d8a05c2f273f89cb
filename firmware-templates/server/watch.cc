#include "server/watch.h"

#include "engine/graph.h"
#include "engine/runtime.h"
#include "op_entry.h"

namespace hilbench {
namespace {

Watcher g_watcher;
size_t g_node;  // that the runtime calls next; nodes run in their order

TfLiteStatus WatchedInvoke(TfLiteContext* context, TfLiteNode* node) {
  const size_t index = g_node++;
  const KernelCall kernel = {RegistrationOf(kOps[OpOfNode(index)]).invoke, context, node};
  return g_watcher(index, kernel);
}

}  // namespace

bool InvokeWatched(Watcher watcher) {
  g_watcher = watcher;
  g_node = 0;
  for (size_t i = 0; i < kOpCount; i++) g_registrations[i].invoke = WatchedInvoke;
  const bool done = Invoke();
  for (size_t i = 0; i < kOpCount; i++) g_registrations[i].invoke = RegistrationOf(kOps[i]).invoke;
  return done;
}

}  // namespace hilbench
