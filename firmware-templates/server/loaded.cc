#include "server/loaded.h"

#include "server/boot_memory.h"
#include "server/runs.h"
#include "targets/cortex-m/cortex_m.h"

namespace hilbench {

Loaded g_loaded;

void Load(const Subject& subject) {
  g_progress = {Phase::kModel, kNoOp};
  ForgetRuns();
  PaintStack();
  g_loaded.subject = subject;
  g_loaded.status = PrepareModel(subject);
  NoteStack();
}

}  // namespace hilbench
