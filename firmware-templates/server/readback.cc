#include "server/readback.h"

#include <cstring>

#include "engine/engine.h"
#include "engine/graph.h"
#include "server/loaded.h"
#include "server/runs.h"
#include "targets/cortex-m/cortex_m.h"
#include "targets/port.h"

namespace hilbench {
namespace {

// TOTAL, FIRST and the heads of fields stand before a list's elements.
constexpr size_t kOpRecordBytes = 3 + (3 + 2) + (3 + 2) + (3 + 8) + (3 + 4) + (3 + 4);

// What the last node reads is in use until that has run, so a whole run leaves it in the arena.
bool LeftByAWholeRun(uint32_t op) {
  if (!g_run.has_output) return false;
  return NodeReads(g_loaded.subject.node_count - 1, OutputOfNode(op));
}

bool Held(hb_server* server, Bytes* tensor) {
  switch (Uint(server, HB_TAG_SOURCE, HB_SOURCE_OUTPUT)) {
    case HB_SOURCE_OUTPUT:
      if (!g_run.has_output) {
        RefuseWithText(server, HB_BAD_STATE, "no run has gone to its end");
        return false;
      }
      *tensor = OutputTensor();
      return true;
    case HB_SOURCE_OP: {
      const uint32_t op = Uint(server, HB_TAG_OP, kToTheEnd);
      if (op == kToTheEnd || op >= g_loaded.subject.node_count) {
        hb_server_refuse_tag(server, op == kToTheEnd ? HB_BAD_FIELD : HB_OUT_OF_RANGE, HB_TAG_OP);
        return false;
      }
      if (op != g_run.held_op && !LeftByAWholeRun(op)) {
        RefuseWithText(server, HB_BAD_STATE, "the last run did not stop after this op");
        return false;
      }
      *tensor = NodeOutput(op);
      return true;
    }
    case HB_SOURCE_INPUT: *tensor = {g_loaded.subject.input, g_run.input_bytes}; return true;
    default: hb_server_refuse_tag(server, HB_OUT_OF_RANGE, HB_TAG_SOURCE); return false;
  }
}

void PutOpRecord(hb_packet* answer, size_t op) {
  const OpRecord& record = g_loaded.subject.op_records[op];
  const size_t mark = hb_open(answer, HB_TAG_OP_RECORD);
  hb_put_u16(answer, HB_TAG_OP, static_cast<uint16_t>(op));
  hb_put_u16(answer, HB_TAG_OP_CODE, record.builtin_code);
  hb_put_u64(answer, HB_TAG_TICKS, record.ticks);
  hb_put_u32(answer, HB_TAG_LENGTH, record.output_bytes);
  hb_put_u32(answer, HB_TAG_CRC, record.output_crc);
  hb_close(answer, mark);
}

// FIRST of a list in pieces; false, and refused, where it lies past the end.
bool First(hb_server* server, uint32_t total, uint32_t* first) {
  *first = Uint(server, HB_TAG_FIRST, 0);
  if (*first > total) {
    hb_server_refuse_tag(server, HB_OUT_OF_RANGE, HB_TAG_FIRST);
    return false;
  }
  return true;
}

}  // namespace

uint32_t Uint(const hb_server* server, uint8_t tag, uint32_t absent) {
  uint64_t value;
  const hb_message& request = server->request;
  return hb_find_uint(request.fields, request.length, tag, UINT32_MAX, &value) ? static_cast<uint32_t>(value) : absent;
}

bool Has(const hb_server* server, uint8_t tag) {
  hb_field field;
  return hb_find(server->request.fields, server->request.length, tag, &field);
}

void RefuseWithText(hb_server* server, hb_error code, const char* text) {
  hb_put_text(hb_server_refuse(server, code), HB_TAG_TEXT, text);
  hb_server_send(server);
}

void TakeInput(hb_server* server) {
  hb_field data;
  if (!hb_find(server->request.fields, server->request.length, HB_TAG_DATA, &data)) {
    hb_server_refuse_tag(server, HB_BAD_FIELD, HB_TAG_DATA);
    return;
  }
  const uint32_t offset = Uint(server, HB_TAG_OFFSET, 0);
  const uint32_t in_a_row = offset == 0 ? 0 : g_run.input_bytes;
  if (offset > in_a_row || data.length > g_loaded.subject.input_bytes - offset) {
    hb_server_refuse_tag(server, HB_OUT_OF_RANGE, HB_TAG_OFFSET);
    return;
  }
  std::memcpy(g_loaded.subject.input + offset, data.value, data.length);
  const uint32_t end = offset + data.length;
  g_run.input_bytes = end > in_a_row ? end : in_a_row;
  hb_put_u32(hb_server_answer(server), HB_TAG_TOTAL, g_run.input_bytes);
  hb_server_send(server);
}

void Read(hb_server* server) {
  Bytes tensor;
  if (!Held(server, &tensor)) return;
  const uint32_t offset = Uint(server, HB_TAG_OFFSET, 0);
  if (offset > tensor.size) {
    hb_server_refuse_tag(server, HB_OUT_OF_RANGE, HB_TAG_OFFSET);
    return;
  }
  size_t length = Uint(server, HB_TAG_LENGTH, tensor.size);
  if (length > tensor.size - offset) length = tensor.size - offset;
  hb_packet* answer = hb_server_answer(server);
  hb_put_u32(answer, HB_TAG_TOTAL, tensor.size);
  hb_put_u32(answer, HB_TAG_OFFSET, offset);
  hb_put_u32(answer, HB_TAG_CRC, hb_crc32(0, tensor.data, tensor.size));
  if (length > hb_room(answer)) length = hb_room(answer);
  hb_put_bytes(answer, HB_TAG_DATA, tensor.data + offset, length);
  hb_server_send(server);
}

void Statistics(hb_server* server) {
  uint32_t first;
  if (!First(server, g_run.runs, &first)) return;
  hb_packet* answer = hb_server_answer(server);
  hb_put_u32(answer, HB_TAG_TOTAL, g_run.runs);
  hb_put_u32(answer, HB_TAG_FIRST, first);
  hb_put_text(answer, HB_TAG_TICK_SOURCE, PortTickSource());
  if (PortTickHz() != 0) hb_put_u32(answer, HB_TAG_TICK_HZ, PortTickHz());
  hb_put_u32(answer, HB_TAG_ARENA_USED, ArenaUsedBytes());
  hb_put_u32(answer, HB_TAG_ARENA_BYTES, ArenaBytes());
  hb_put_u32(answer, HB_TAG_STACK_USED, g_run.stack_used);
  hb_put_u32(answer, HB_TAG_STACK_BYTES, StackBytes());
  size_t count = g_run.runs - first;
  const size_t room = hb_room(answer) / sizeof(uint64_t);
  if (count > room) count = room;
  // Both sides are little-endian, so the array is the field.
  hb_put_bytes(answer, HB_TAG_RUN_TICKS, g_run.ticks + first, count * sizeof(uint64_t));
  hb_server_send(server);
}

void Ops(hb_server* server) {
  const uint32_t total = g_run.has_ops ? g_loaded.subject.node_count : 0;
  uint32_t first;
  if (!First(server, total, &first)) return;
  hb_packet* answer = hb_server_answer(server);
  hb_put_u32(answer, HB_TAG_TOTAL, total);
  hb_put_u32(answer, HB_TAG_FIRST, first);
  for (size_t op = first; op < total && hb_room(answer) >= kOpRecordBytes; op++) {
    PutOpRecord(answer, op);
  }
  hb_server_send(server);
}

}  // namespace hilbench
