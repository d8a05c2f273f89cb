// The input, the runs of a RUN request, and what was measured.
#ifndef HILBENCH_RUNS_H
#define HILBENCH_RUNS_H

#include <cstddef>
#include <cstdint>

namespace hilbench {

// Most runs that one RUN may ask for.
constexpr uint32_t kMaxRuns = 128;
constexpr uint32_t kToTheEnd = UINT32_MAX;

struct RunRequest {
  uint32_t warm_ups;
  uint32_t runs;
  bool per_op;
  uint32_t stop_after;  // kToTheEnd: no such inference
};

struct RunState {
  uint32_t input_bytes;  // of the input, in a row from its start
  uint32_t runs;         // timed ones in `ticks`
  uint64_t ticks[kMaxRuns];
  bool has_ops;      // the subject's op records are filled
  bool has_output;   // the model's output stands in the arena
  uint32_t held_op;  // the op whose output does, else kToTheEnd
  uint32_t stack_used;
};
extern RunState g_run;

// Notes the stack that preparing the model took; the high-water mark is never below it.
void NoteStack();

// As at boot: no input, no runs, the stack not looked at.
void ForgetRuns();

// Carries the request out. On failure the log and g_progress say where.
bool Run(const RunRequest& request);

}  // namespace hilbench

#endif
