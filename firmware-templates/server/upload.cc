#include "server/upload.h"

#include <cstring>

#include "engine/graph.h"
#include "hilbench_protocol.h"
#include "server/loaded.h"
#include "server/messages.h"
#include "server/readback.h"
#include "server/slot.h"
#include "targets/port.h"

namespace hilbench {
namespace {

constexpr uint32_t kAlignment = 16;
constexpr size_t kSha256Bytes = 32;

// What a burst of the host brings, before it goes into flash; it lies where the arena will be.
constexpr uint32_t kMostWindow = 16 * HB_MAX_PACKET;

hb_upload g_upload;
Subject g_subject;
uint8_t g_sha256[kSha256Bytes];

// Of the upload under way.
bool g_into_flash;
bool g_in_slot_already;

// Takes memory off the upper end of what is left for the slot; nullptr where there is not as much.
uint8_t* Take(uint32_t bytes, uint32_t* left) {
  if (bytes > *left) return nullptr;
  const uint32_t rest = (*left - bytes) / kAlignment * kAlignment;
  uint8_t* taken = __arena_start + kLeastArenaBytes + rest;
  *left = rest;
  return taken;
}

// Lays the model, unless it goes into flash, and the bench's buffers for it behind the arena, which gets what they
// leave.
bool LayOut(uint32_t model_bytes, uint32_t input_bytes, uint32_t node_count) {
  uint32_t left = SlotBytes();
  const uint8_t* model = g_into_flash ? SlotModel() : Take(model_bytes, &left);
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
  if (FlashSlotBytes() != 0) hb_put_u32(error, HB_TAG_FLASH_SLOT_BYTES, FlashSlotBytes());
  hb_server_send(server);
}

// The upload is over then, and no model is there.
void RefuseByFlash(hb_server* server) {
  hb_upload_end(&g_upload);
  const FlashFailure failure = PortFlashFailure();
  hb_packet* error = hb_server_refuse(server, HB_FLASH_FAILED);
  hb_put_u32(error, HB_TAG_FLASH_ADDRESS, failure.address);
  hb_put_u32(error, HB_TAG_FLASH_STATUS, failure.status);
  hb_put_text(error, HB_TAG_TEXT, failure.text);
  hb_server_send(server);
}

void TellWorking() { hb_server_working(Server()); }

// Makes the slot ready for the model that is laid out. False, and refused, where flash did not do it.
bool PrepareSlot(hb_server* server) {
  const uint32_t total = g_subject.model_bytes;
  g_in_slot_already = SlotHolds(g_sha256, total, Uint(server, HB_TAG_CRC, 0));
  if (!g_in_slot_already && !EraseSlot(total, TellWorking)) {
    RefuseByFlash(server);
    return false;
  }
  const auto window = static_cast<uint32_t>(g_subject.arena_end - __arena_start);
  hb_upload_begin(&g_upload, __arena_start, window < kMostWindow ? window : kMostWindow, total);
  if (g_in_slot_already) g_upload.have = g_upload.base = total;
  return true;
}

bool PlaceWanted(hb_server* server) {
  const uint32_t place = Uint(server, HB_TAG_PLACE, HB_PLACE_RAM);
  g_into_flash = place == HB_PLACE_FLASH;
  if (place > HB_PLACE_FLASH) {
    hb_server_refuse_tag(server, HB_OUT_OF_RANGE, HB_TAG_PLACE);
    return false;
  }
  if (g_into_flash && FlashSlotBytes() == 0) {
    RefuseWithText(server, HB_NOT_SUPPORTED, "this board's flash has no slot for a model");
    return false;
  }
  return !g_into_flash || Wanted(server, HB_TAG_CRC);
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
  if (!PlaceWanted(server)) return;
  if ((g_into_flash && total > FlashSlotBytes()) || !LayOut(total, Uint(server, HB_TAG_INPUT_BYTES, 0), nodes)) {
    RefuseTooLarge(server);
    return;
  }
  std::memcpy(g_sha256, sha256.value, kSha256Bytes);
  if (!g_into_flash) {
    hb_upload_begin(&g_upload, const_cast<uint8_t*>(g_subject.model), total, total);
  } else if (!PrepareSlot(server)) {
    return;
  }
  hb_packet* answer = hb_server_answer(server);
  hb_put_u32(answer, HB_TAG_TOTAL, total);
  hb_put_u32(answer, HB_TAG_OFFSET, g_upload.have);
  hb_server_send(server);
}

// A piece is never answered, so that more can be on the line behind it; UPLOAD_PROGRESS tells what became of them.
void Data(hb_server* server) {
  hb_field data;
  if (!hb_find(server->request.fields, server->request.length, HB_TAG_DATA, &data)) return;
  hb_upload_take(&g_upload, Uint(server, HB_TAG_OFFSET, UINT32_MAX), data.value, data.length);
}

// Programs what the window has, in whole units but for the model's end. False, and refused, where flash did not do it.
bool Flush(hb_server* server) {
  uint32_t count = g_upload.have - g_upload.base;
  if (!hb_upload_whole(&g_upload)) count -= count % PortFlashWriteBytes();
  if (!g_into_flash || count == 0) return true;
  hb_server_working(server);
  if (!WriteSlot(g_upload.base, g_upload.memory, count)) {
    RefuseByFlash(server);
    return false;
  }
  hb_upload_move(&g_upload, count);
  return true;
}

void Progress(hb_server* server) {
  if (g_upload.total == 0) {
    RefuseWithText(server, HB_BAD_STATE, "no upload has begun");
    return;
  }
  if (!Flush(server)) return;
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
  if (!Flush(server)) return;
  const uint32_t crc = hb_crc32(0, g_subject.model, g_subject.model_bytes);
  hb_upload_end(&g_upload);
  if (crc != wanted) {
    RefuseCorrupt(server, crc);
    return;
  }
  if (g_into_flash && !g_in_slot_already && !SealSlot(g_sha256, g_subject.model_bytes, crc)) {
    RefuseByFlash(server);
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
