#include "server/runs.h"

#include <cstring>

#include "engine/engine.h"
#include "engine/log.h"
#include "server/boot_memory.h"
#include "server/inspection.h"
#include "server/loaded.h"
#include "targets/cortex-m/cortex_m.h"
#include "targets/port.h"

namespace hilbench {

RunState g_run;

namespace {

// Anew before every inference: the runtime may use the input's memory again.
void FillInput() { std::memcpy(InputData(), g_loaded.subject.input, g_loaded.subject.input_bytes); }

bool WarmUp(uint32_t count) {
  g_progress = {Phase::kWarmUp, kNoOp};
  for (uint32_t i = 0; i < count; i++) {
    FillInput();
    PortFeedWatchdog();
    if (!Invoke()) return false;
    g_run.has_output = true;
  }
  return true;
}

bool InvokeTimed(uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    FillInput();
    PortFeedWatchdog();
    DisableInterrupts();
    const Moment start = PortNow();
    const bool done = Invoke();
    const Moment end = PortNow();
    if (!done) return false;
    g_run.ticks[g_run.runs++] = PortTicks(start, end);
    g_run.has_output = true;
  }
  return true;
}

// The trigger pin is high exactly here, for an energy meter: between its edges lie `count` inferences.
bool TimedRuns(uint32_t count) {
  g_progress = {Phase::kRun, kNoOp};
  if (count == 0) return true;
  PortTrigger(true);
  const bool done = InvokeTimed(count);
  PortTrigger(false);
  return done;
}

bool PerOp() {
  g_progress = {Phase::kPerOp, kNoOp};
  FillInput();
  PortFeedWatchdog();
  g_run.has_ops = g_run.has_output = InspectEachOp();
  return g_run.has_ops;
}

bool StopAfter(uint32_t op) {
  g_progress = {Phase::kPerOp, kNoOp};
  g_run.has_output = false;
  FillInput();
  PortFeedWatchdog();
  if (!RunUpTo(op)) return false;
  g_run.held_op = op;
  g_run.has_output = op + 1 == g_loaded.subject.node_count;
  return true;
}

void ForgetLastRun() {
  g_run.runs = 0;
  g_run.has_ops = false;
  g_run.has_output = false;
  g_run.held_op = kToTheEnd;
}

}  // namespace

void NoteStack() {
  uint32_t used = StackUsedBytes();
  if (used > g_run.stack_used) g_run.stack_used = used;
}

void ForgetRuns() {
  ForgetLastRun();
  g_run.input_bytes = 0;
  g_run.stack_used = 0;
}

bool Run(const RunRequest& request) {
  ForgetLastRun();
  ClearLog();
  PaintStack();
  bool done = WarmUp(request.warm_ups);
  if (done) done = TimedRuns(request.runs);
  NoteStack();
  if (done && request.per_op) done = PerOp();
  if (done && request.stop_after != kToTheEnd) done = StopAfter(request.stop_after);
  return done;
}

}  // namespace hilbench
