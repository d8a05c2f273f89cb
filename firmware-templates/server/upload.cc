#include "server/upload.h"

#include <cstring>

#include "engine/graph.h"
#include "hilbench_protocol.h"
#include "server/loaded.h"
#include "server/messages.h"
#include "server/readback.h"

namespace hilbench {
namespace {

constexpr uint32_t kAlignment = 16;
constexpr size_t kSha256Bytes = 32;

hb_upload g_upload;
Subject g_subject;
uint8_t g_sha256[kSha256Bytes];

// Takes memory off the upper end of what is left for the slot; nullptr where there is not as much.
uint8_t* Take(uint32_t bytes, uint32_t* left) {
  if (bytes > *left) return nullptr;
  const uint32_t rest = (*left - bytes) / kAlignment * kAlignment;
  uint8_t* taken = __arena_start + kLeastArenaBytes + rest;
  *left = rest;
  return taken;
}

// Lays the model and the bench's buffers for it behind the arena, which gets what they leave.
bool LayOut(uint32_t model_bytes, uint32_t input_bytes, uint32_t node_count) {
  uint32_t left = SlotBytes();
  uint8_t* model = Take(model_bytes, &left);
  uint8_t* input = model == nullptr ? nullptr : Take(input_bytes, &left);
  uint8_t* records = input == nullptr ? nullptr : Take(node_count * static_cast<uint32_t>(sizeof(OpRecord)), &left);
  if (records == nullptr) return false;
  g_subject = {model,      model_bytes, g_sha256, input, input_bytes, reinterpret_cast<OpRecord*>(records),
               node_count, records};
  return true;
}

bool Wanted(hb_server* server, uint8_t tag) {
  if (Has(server, tag)) return true;
  hb_server_refuse_tag(server, HB_BAD_FIELD, tag);
  return false;
}

void Unload() {
  hb_upload_end(&g_upload);
  g_loaded.subject = kSubject;
  g_loaded.status = ModelStatus::kNone;
}

void RefuseTooLarge(hb_server* server) {
  hb_packet* error = hb_server_refuse(server, HB_OUT_OF_RANGE);
  hb_put_u8(error, HB_TAG_TAG, HB_TAG_TOTAL);
  hb_put_u32(error, HB_TAG_SLOT_BYTES, SlotBytes());
  hb_server_send(server);
}

// From here on the model before is gone, whose memory may be taken.
void Begin(hb_server* server) {
  hb_field sha256;
  const hb_message& request = server->request;
  if (!hb_find(request.fields, request.length, HB_TAG_MODEL_SHA256, &sha256) || sha256.length != kSha256Bytes) {
    hb_server_refuse_tag(server, HB_BAD_FIELD, HB_TAG_MODEL_SHA256);
    return;
  }
  if (!Wanted(server, HB_TAG_TOTAL) || !Wanted(server, HB_TAG_INPUT_BYTES) || !Wanted(server, HB_TAG_OP_COUNT)) return;
  const uint32_t total = Uint(server, HB_TAG_TOTAL, 0);
  const uint32_t nodes = Uint(server, HB_TAG_OP_COUNT, 0);
  if (total == 0 || nodes == 0 || nodes > UINT16_MAX) {
    hb_server_refuse_tag(server, HB_BAD_FIELD, total == 0 ? HB_TAG_TOTAL : HB_TAG_OP_COUNT);
    return;
  }
  Unload();
  if (!LayOut(total, Uint(server, HB_TAG_INPUT_BYTES, 0), nodes)) {
    RefuseTooLarge(server);
    return;
  }
  std::memcpy(g_sha256, sha256.value, kSha256Bytes);
  hb_upload_begin(&g_upload, const_cast<uint8_t*>(g_subject.model), total);
  hb_put_u32(hb_server_answer(server), HB_TAG_TOTAL, total);
  hb_server_send(server);
}

// A piece is never answered, so that more can be on the line behind it; UPLOAD_PROGRESS tells what became of them.
void Data(hb_server* server) {
  hb_field data;
  if (!hb_find(server->request.fields, server->request.length, HB_TAG_DATA, &data)) return;
  hb_upload_take(&g_upload, Uint(server, HB_TAG_OFFSET, UINT32_MAX), data.value, data.length);
}

void Progress(hb_server* server) {
  if (g_upload.total == 0) {
    RefuseWithText(server, HB_BAD_STATE, "no upload has begun");
    return;
  }
  hb_put_u32(hb_server_answer(server), HB_TAG_TOTAL, g_upload.have);
  hb_server_send(server);
}

void RefuseCorrupt(hb_server* server, uint32_t crc) {
  hb_put_u32(hb_server_refuse(server, HB_CORRUPT), HB_TAG_CRC, crc);
  hb_server_send(server);
}

void Commit(hb_server* server) {
  if (!Wanted(server, HB_TAG_CRC)) return;
  if (!hb_upload_whole(&g_upload)) {
    RefuseWithText(server, HB_BAD_STATE, "the model is not whole");
    return;
  }
  const uint32_t wanted = Uint(server, HB_TAG_CRC, 0);
  hb_server_working(server);
  const uint32_t crc = hb_upload_crc(&g_upload);
  hb_upload_end(&g_upload);
  if (crc != wanted) {
    RefuseCorrupt(server, crc);
    return;
  }
  ReadGraphOf(g_subject.model);
  if (NodeCount() != g_subject.node_count) {
    hb_server_refuse_tag(server, HB_OUT_OF_RANGE, HB_TAG_OP_COUNT);
    return;
  }
  Load(g_subject);
  hb_packet* answer = hb_server_answer(server);
  hb_put_u32(answer, HB_TAG_ARENA_BYTES, ArenaBytes());
  PutModel(answer);
  hb_server_send(server);
}

}  // namespace

void CarryOutUpload() {
  hb_server* server = Server();
  switch (server->request.type) {
    case HB_UPLOAD_BEGIN: Begin(server); break;
    case HB_UPLOAD_DATA: Data(server); break;
    case HB_UPLOAD_PROGRESS: Progress(server); break;
    default: Commit(server);
  }
}

}  // namespace hilbench
