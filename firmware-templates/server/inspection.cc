#include "server/inspection.h"

#include "engine/engine.h"
#include "hilbench_protocol.h"
#include "server/boot_memory.h"
#include "targets/port.h"

namespace hilbench {
namespace {

struct Inspection {
  size_t next;  // the node that the runtime calls next; nodes run in their order
  size_t last;  // nodes behind it are passed over
  bool record;
};
Inspection g_inspection;

// The kernel that the runtime would have called for this node.
const TfLiteRegistration& KernelOf(size_t node) {
  const TfLiteRegistration* found = Interpreter().node_and_registration(static_cast<int>(node)).registration;
  return *kOps[found - g_registrations].registration();
}

void Record(size_t node, const TfLiteRegistration& kernel, uint64_t ticks) {
  const Bytes output = NodeOutput(node);
  g_op_records[node] = {ticks, output.size, hb_crc32(0, output.data, output.size),
                        static_cast<uint16_t>(Interpreter().node_and_registration(node).registration->builtin_code)};
}

TfLiteStatus InspectedInvoke(TfLiteContext* context, TfLiteNode* node) {
  const size_t index = g_inspection.next++;
  if (index > g_inspection.last) return kTfLiteOk;
  g_progress.op = static_cast<int32_t>(index);
  const TfLiteRegistration& kernel = KernelOf(index);
  const Moment start = PortNow();
  const TfLiteStatus status = kernel.invoke(context, node);
  const Moment end = PortNow();
  if (status == kTfLiteOk && g_inspection.record) {
    Record(index, kernel, PortTicks(start, end));
  }
  return status;
}

TfLiteStatus Inspect(size_t last, bool record) {
  g_inspection = {0, last, record};
  for (size_t i = 0; i < kOpCount; i++) {
    g_registrations[i].invoke = InspectedInvoke;
  }
  const TfLiteStatus status = Interpreter().Invoke();
  for (size_t i = 0; i < kOpCount; i++) {
    g_registrations[i].invoke = kOps[i].registration()->invoke;
  }
  if (status == kTfLiteOk) g_progress.op = kNoOp;
  return status;
}

}  // namespace

TfLiteStatus InspectEachOp() { return Inspect(kNodeCount, true); }

TfLiteStatus RunUpTo(size_t op) { return Inspect(op, false); }

}  // namespace hilbench
