#include "engine/log.h"

#include <cstddef>

#include "image/image.h"

namespace hilbench {
namespace {

constexpr size_t kLogBytes = 256;
HILBENCH_BENCH_BSS char g_log[kLogBytes];
HILBENCH_BENCH_BSS size_t g_length;

}  // namespace

void ClearLog() {
  g_length = 0;
  g_log[0] = '\0';
}

const char* Log() { return g_log; }

void AppendToLog(const char* text) {
  while (*text != '\0' && g_length + 1 < kLogBytes) {
    const char next = *text++;
    if (next == '\r') continue;
    g_log[g_length++] = next == '\n' ? ' ' : next;
  }
  g_log[g_length] = '\0';
}

}  // namespace hilbench
