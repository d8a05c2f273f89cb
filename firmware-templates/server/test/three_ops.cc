// In place of the runtime and a model: three operators on bytes. Add 1, reverse, keep every second byte.
#include <algorithm>
#include <cstring>

#include "engine/engine.h"
#include "engine/graph.h"
#include "hilbench_protocol.h"
#include "server/boot_memory.h"
#include "server/inspection.h"
#include "server/loaded.h"
#include "targets/port.h"

namespace {
constexpr uint32_t kInputBytes = 700;
constexpr uint32_t kNodes = 3;
constexpr size_t kArena = 4096;
constexpr size_t kTensor = kArena / 4;
constexpr uint16_t kFirstCode = 100;
}  // namespace

extern "C" {
uint8_t __arena_start[kArena];
uint8_t __arena_end[1];

// No slot in flash.
uint8_t __slot_start[1];
extern uint8_t __slot_end[1] __attribute__((alias("__slot_start")));
}

namespace hilbench {
namespace {

const uint8_t kSha256[32] = {1, 2, 3};
const OperatingPoint kPoints[] = {{"fast", 100000000}, {"slow", 1000000}};
uint8_t g_input[kInputBytes];
OpRecord g_records[kNodes];

// Tensor 0 is the input, the others are the operators' outputs.
uint8_t* Tensor(size_t index) { return __arena_start + index * kTensor; }
uint32_t Size(size_t index) { return index == kNodes ? kInputBytes / 2 : kInputBytes; }

void RunNode(size_t node) {
  const uint8_t* from = Tensor(node);
  uint8_t* to = Tensor(node + 1);
  for (uint32_t i = 0; i < Size(node + 1); i++) {
    to[i] = node == 0 ? static_cast<uint8_t>(from[i] + 1) : node == 1 ? from[kInputBytes - 1 - i] : from[2 * i];
  }
}

}  // namespace

const BoardFacts kBoard = {0, 0, 0, 0, kPoints, 2};
const ImageFacts kImage = {"host", "none", "three", "host", "host"};
const uint8_t kModel[1] = {0};
const Subject kSubject = {kModel,      sizeof kModel, kSha256, g_input,
                          kInputBytes, g_records,     kNodes,  __arena_start + kArena};
void (*const kUpload)() = nullptr;

bool Plan(const void*, uint8_t*, size_t) { return true; }

bool Invoke() {
  for (size_t node = 0; node < kNodes; node++) RunNode(node);
  return true;
}

Bytes InputTensor() { return {Tensor(0), Size(0)}; }
Bytes OutputTensor() { return {Tensor(kNodes), Size(kNodes)}; }
Bytes NodeOutput(size_t node) { return {Tensor(node + 1), Size(node + 1)}; }
size_t PlannedBytes() { return kArena; }

void ReadGraphOf(const void*) {}
size_t NodeCount() { return kNodes; }
int32_t OutputOfNode(size_t node) { return static_cast<int32_t>(node + 1); }
bool NodeReads(size_t node, int32_t tensor) { return tensor == static_cast<int32_t>(node); }

bool InspectEachOp() {
  for (size_t node = 0; node < kNodes; node++) {
    const Moment start = PortNow();
    RunNode(node);
    const uint64_t ticks = PortTicks(start, PortNow());
    const Bytes output = NodeOutput(node);
    g_records[node] = {ticks, output.size, hb_crc32(0, output.data, output.size),
                       static_cast<uint16_t>(kFirstCode + node)};
  }
  return true;
}

bool RunUpTo(size_t op) {
  for (size_t node = 0; node <= op; node++) RunNode(node);
  return true;
}

}  // namespace hilbench
