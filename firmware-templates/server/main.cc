// The program of every image: prepare the model that is linked in, then answer the host for ever.
#include <cstring>

#include "server/boot_memory.h"
#include "server/loaded.h"
#include "server/messages.h"
#include "targets/port.h"

namespace hilbench {
namespace {

hb_server g_server;

void WriteByte(void*, uint8_t byte) { PortWrite(byte); }

void Boot() {
  hb_server_init(&g_server, WriteByte, nullptr, CountBoot());
  g_progress = {Phase::kClock, kNoOp};
  PortStart();
  const char* cause = PortResetCause();
  if (cause != nullptr && std::strcmp(cause, kByWatchdog) == 0) KeepWatchdogReset();
  Load(kSubject);
}

}  // namespace

hb_server* Server() { return &g_server; }

}  // namespace hilbench

int main() {
  using namespace hilbench;
  Boot();
  for (;;) {
    g_progress = {Phase::kIdle, kNoOp};
    PortAwaitByte();
    int byte = PortRead();
    if (byte >= 0 && hb_server_take(&g_server, static_cast<uint8_t>(byte))) {
      CarryOut(&g_server);
    }
  }
}
