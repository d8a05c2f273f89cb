#include "server/inspection.h"

#include "engine/engine.h"
#include "engine/graph.h"
#include "hilbench_protocol.h"
#include "op_entry.h"
#include "server/boot_memory.h"
#include "server/loaded.h"
#include "server/watch.h"
#include "targets/port.h"

namespace hilbench {
namespace {

struct Inspection {
  size_t last;  // nodes behind it are passed over
  bool record;
};
Inspection g_inspection;

void Record(size_t node, uint64_t ticks) {
  const Bytes output = NodeOutput(node);
  g_loaded.subject.op_records[node] = {ticks, output.size, hb_crc32(0, output.data, output.size),
                                       static_cast<uint16_t>(kOps[OpOfNode(node)].builtin_code)};
}

TfLiteStatus Watch(size_t node, const KernelCall& kernel) {
  if (node > g_inspection.last) return kTfLiteOk;
  g_progress.op = static_cast<int32_t>(node);
  PortFeedWatchdog();  // so that an inference which would outlast it can be looked at
  const Moment start = PortNow();
  const TfLiteStatus status = kernel.Run();
  const Moment end = PortNow();
  if (status == kTfLiteOk && g_inspection.record) Record(node, PortTicks(start, end));
  return status;
}

bool Inspect(size_t last, bool record) {
  g_inspection = {last, record};
  const bool done = InvokeWatched(Watch);
  if (done) g_progress.op = kNoOp;
  return done;
}

}  // namespace

bool InspectEachOp() { return Inspect(g_loaded.subject.node_count, true); }

bool RunUpTo(size_t op) { return Inspect(op, false); }

}  // namespace hilbench
