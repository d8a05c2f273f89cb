// The program of every image: prepare the model, then answer the host for ever.
#include "engine/engine.h"
#include "server/boot_memory.h"
#include "server/messages.h"
#include "server/runs.h"
#include "targets/port.h"

namespace hilbench {
namespace {

hb_server g_server;

void WriteByte(void*, uint8_t byte) { PortWrite(byte); }

ModelStatus Boot() {
  hb_server_init(&g_server, WriteByte, nullptr, CountBoot());
  g_progress = {Phase::kClock, kNoOp};
  PortStart();
  g_progress = {Phase::kModel, kNoOp};
  ModelStatus model = PrepareModel();
  NoteStack();
  return model;
}

}  // namespace

hb_server* Server() { return &g_server; }

}  // namespace hilbench

int main() {
  using namespace hilbench;
  const ModelStatus model = Boot();
  for (;;) {
    g_progress = {Phase::kIdle, kNoOp};
    PortAwaitByte();
    int byte = PortRead();
    if (byte >= 0 && hb_server_take(&g_server, static_cast<uint8_t>(byte))) {
      CarryOut(&g_server, model);
    }
  }
}
