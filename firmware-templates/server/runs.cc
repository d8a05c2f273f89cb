#include "server/runs.h"

#include <cstring>

#include "engine/engine.h"
#include "engine/log.h"
#include "server/boot_memory.h"
#include "server/inspection.h"
#include "targets/cortex-m/cortex_m.h"
#include "targets/port.h"

namespace hilbench {

RunState g_run;

namespace {

// Anew before every inference: the runtime may use the input's memory again.
void FillInput() { std::memcpy(InputData(), g_input, kInputBytes); }

TfLiteStatus WarmUp(uint32_t count) {
  g_progress = {Phase::kWarmUp, kNoOp};
  for (uint32_t i = 0; i < count; i++) {
    FillInput();
    PortFeedWatchdog();
    TfLiteStatus status = Interpreter().Invoke();
    if (status != kTfLiteOk) return status;
    g_run.has_output = true;
  }
  return kTfLiteOk;
}

TfLiteStatus InvokeTimed(uint32_t count) {
  tflite::MicroInterpreter& interpreter = Interpreter();
  for (uint32_t i = 0; i < count; i++) {
    FillInput();
    PortFeedWatchdog();
    DisableInterrupts();
    const Moment start = PortNow();
    const TfLiteStatus status = interpreter.Invoke();
    const Moment end = PortNow();
    if (status != kTfLiteOk) return status;
    g_run.ticks[g_run.runs++] = PortTicks(start, end);
    g_run.has_output = true;
  }
  return kTfLiteOk;
}

// The trigger pin is high exactly here, for an energy meter: between its edges lie `count` inferences.
TfLiteStatus TimedRuns(uint32_t count) {
  g_progress = {Phase::kRun, kNoOp};
  if (count == 0) return kTfLiteOk;
  PortTrigger(true);
  const TfLiteStatus status = InvokeTimed(count);
  PortTrigger(false);
  return status;
}

TfLiteStatus PerOp() {
  g_progress = {Phase::kPerOp, kNoOp};
  FillInput();
  PortFeedWatchdog();
  TfLiteStatus status = InspectEachOp();
  g_run.has_ops = g_run.has_output = status == kTfLiteOk;
  return status;
}

TfLiteStatus StopAfter(uint32_t op) {
  g_progress = {Phase::kPerOp, kNoOp};
  g_run.has_output = false;
  FillInput();
  PortFeedWatchdog();
  TfLiteStatus status = RunUpTo(op);
  if (status == kTfLiteOk) {
    g_run.held_op = op;
    g_run.has_output = op + 1 == kNodeCount;
  }
  return status;
}

}  // namespace

void NoteStack() {
  uint32_t used = StackUsedBytes();
  if (used > g_run.stack_used) g_run.stack_used = used;
}

TfLiteStatus Run(const RunRequest& request) {
  g_run.runs = 0;
  g_run.has_ops = false;
  g_run.has_output = false;
  g_run.held_op = kToTheEnd;
  ClearLog();
  PaintStack();
  TfLiteStatus status = WarmUp(request.warm_ups);
  if (status == kTfLiteOk) status = TimedRuns(request.runs);
  NoteStack();
  if (status == kTfLiteOk && request.per_op) status = PerOp();
  if (status == kTfLiteOk && request.stop_after != kToTheEnd) status = StopAfter(request.stop_after);
  return status;
}

}  // namespace hilbench
