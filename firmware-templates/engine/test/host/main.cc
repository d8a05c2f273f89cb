// Models and inputs come in, every operator's output goes out. All numbers are uint32 in this machine's order.
//   in:  size of the model, the model, count of inputs, each input (of the model's own size)
//   out: status (ModelStatus), size of the log, the log; if it is ready, for each input: 1 or 0 (an operator failed),
//        then for each operator the size of its first output and the output
// Ends with its input.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "engine/engine.h"
#include "engine/graph.h"
#include "engine/log.h"
#include "server/watch.h"

namespace {
constexpr size_t kArena = 4 << 20;
}

extern "C" {
alignas(16) uint8_t __arena_start[kArena];
uint8_t __arena_end[1];
}

namespace hilbench {

void CarryOutUpload() {}

namespace {

uint32_t ReadNumber() {
  uint32_t number;
  if (fread(&number, sizeof number, 1, stdin) != 1) exit(0);
  return number;
}

void Read(uint8_t* to, size_t bytes) {
  if (fread(to, 1, bytes, stdin) != bytes) exit(1);
}

void Write(uint32_t number) { fwrite(&number, sizeof number, 1, stdout); }

void Write(const uint8_t* from, uint32_t bytes) {
  Write(bytes);
  fwrite(from, 1, bytes, stdout);
}

std::vector<uint8_t> g_outputs;

void Keep(const void* from, size_t bytes) {
  const auto* begin = static_cast<const uint8_t*>(from);
  g_outputs.insert(g_outputs.end(), begin, begin + bytes);
}

TfLiteStatus KeepOutput(size_t node, const KernelCall& kernel) {
  const TfLiteStatus status = kernel.Run();
  const Bytes output = NodeOutput(node);
  Keep(&output.size, sizeof output.size);
  Keep(output.data, output.size);
  return status;
}

// What the arena held before must not matter.
Subject Unplanned(const uint8_t* model, size_t bytes, size_t input) {
  memset(__arena_start, 0xa5, kArena);
  Subject subject = {};
  subject.model = model;
  subject.model_bytes = static_cast<uint32_t>(bytes);
  subject.input_bytes = static_cast<uint32_t>(input);
  subject.arena_end = __arena_start + kArena;
  return subject;
}

void Answer() {
  // Where the runtime's readers expect it, as in an image.
  static uint8_t* model = static_cast<uint8_t*>(aligned_alloc(16, kArena));
  const uint32_t bytes = ReadNumber();
  if (bytes > kArena) exit(1);
  Read(model, bytes);
  const uint32_t inputs = ReadNumber(), input = ReadNumber();
  std::vector<uint8_t> data(inputs * input);
  Read(data.data(), data.size());
  const ModelStatus status = PrepareModel(Unplanned(model, bytes, input));
  Write(static_cast<uint32_t>(status));
  Write(reinterpret_cast<const uint8_t*>(Log()), static_cast<uint32_t>(strlen(Log())));
  for (uint32_t i = 0; i < inputs && status == ModelStatus::kReady; i++) {
    memcpy(InputData(), data.data() + i * input, input);
    g_outputs.clear();
    const bool done = InvokeWatched(KeepOutput);
    Write(done);
    if (done) fwrite(g_outputs.data(), 1, g_outputs.size(), stdout);
  }
  fflush(stdout);
}

}  // namespace
}  // namespace hilbench

int main() {
  for (;;) hilbench::Answer();
}
