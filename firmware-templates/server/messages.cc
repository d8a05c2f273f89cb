#include "server/messages.h"

#include <cstring>

#include "engine/engine.h"
#include "engine/log.h"
#include "image/image.h"
#include "server/boot_memory.h"
#include "server/fault.h"
#include "server/loaded.h"
#include "server/readback.h"
#include "server/runs.h"
#include "server/slot.h"
#include "targets/cortex-m/cortex_m.h"
#include "targets/port.h"

namespace hilbench {
namespace {

constexpr size_t kUniqueIdBytes = 16;
constexpr uint32_t kCapabilities =
    HB_CAN_PER_OP | HB_CAN_STOP_AFTER | HB_CAN_OPERATING_POINTS | HB_CAN_RESET | HB_CAN_CRASH;

bool IsResident() { return kUpload != nullptr; }

void PutClock(hb_packet* answer) {
  const Clock clock = PortClock();
  hb_put_text(answer, HB_TAG_CLOCK_POINT, clock.point);
  hb_put_u8(answer, HB_TAG_CLOCK_CONFIRMED, clock.confirmed ? 1 : 0);
  if (clock.confirmed) {
    hb_put_u32(answer, HB_TAG_CLOCK_HZ, clock.hz);
  } else if (clock.cause != nullptr) {
    hb_put_text(answer, HB_TAG_CLOCK_CAUSE, clock.cause);
  }
  hb_put_text(answer, HB_TAG_TICK_SOURCE, PortTickSource());
  if (PortTickHz() != 0) hb_put_u32(answer, HB_TAG_TICK_HZ, PortTickHz());
}

void PutChip(hb_packet* answer) {
  uint8_t id[kUniqueIdBytes];
  const size_t id_bytes = PortUniqueId(id, sizeof id);
  if (id_bytes != 0) hb_put_bytes(answer, HB_TAG_UNIQUE_ID, id, id_bytes);
  if (PortResetCause() != nullptr) hb_put_text(answer, HB_TAG_RESET_CAUSE, PortResetCause());
}

void Hello(hb_server* server) {
  hb_packet* answer = hb_server_answer(server);
  hb_put_u8(answer, HB_TAG_PROTOCOL, HB_VERSION);
  hb_put_text(answer, HB_TAG_BUILD_ID, kImage.build_id);
  hb_put_text(answer, HB_TAG_TFLM_VERSION, kImage.tflm_version);
  hb_put_text(answer, HB_TAG_KERNELS, kImage.kernels);
  hb_put_text(answer, HB_TAG_CORE, kImage.core);
  hb_put_text(answer, HB_TAG_TARGET, kImage.target);
  hb_put_u16(answer, HB_TAG_MAX_PACKET, HB_MAX_PACKET);
  hb_put_u32(answer, HB_TAG_CAPABILITIES, kCapabilities | (IsResident() ? static_cast<uint32_t>(HB_CAN_UPLOAD) : 0u));
  if (IsResident()) hb_put_u32(answer, HB_TAG_SLOT_BYTES, SlotBytes());
  if (IsResident() && FlashSlotBytes() != 0) hb_put_u32(answer, HB_TAG_FLASH_SLOT_BYTES, FlashSlotBytes());
  PutModel(answer);
  PutChip(answer);
  PutClock(answer);
  for (size_t i = 0; i < kBoard.point_count; i++) {
    hb_put_text(answer, HB_TAG_OPERATING_POINT, kBoard.points[i].name);
  }
  hb_server_send(server);
}

void SetOperatingPoint(hb_server* server) {
  hb_field name;
  if (!hb_find(server->request.fields, server->request.length, HB_TAG_OPERATING_POINT, &name)) {
    hb_server_refuse_tag(server, HB_BAD_FIELD, HB_TAG_OPERATING_POINT);
    return;
  }
  for (size_t i = 0; i < kBoard.point_count; i++) {
    const char* known = kBoard.points[i].name;
    if (std::strlen(known) == name.length && std::memcmp(known, name.value, name.length) == 0) {
      g_progress = {Phase::kClock, kNoOp};
      PortSetOperatingPoint(i);
      PutClock(hb_server_answer(server));
      hb_server_send(server);
      return;
    }
  }
  hb_server_refuse_tag(server, HB_UNKNOWN_OPERATING_POINT, 0);
}

void RefuseFailedRun(hb_server* server) {
  hb_packet* error = hb_server_refuse(server, HB_INVOKE_FAILED);
  if (g_progress.op != kNoOp) hb_put_u16(error, HB_TAG_OP, static_cast<uint16_t>(g_progress.op));
  hb_put_text(error, HB_TAG_TEXT, Log());
  hb_server_send(server);
}

// A field that must be there for RUN; refused where it is not.
bool Wanted(hb_server* server, uint8_t tag) {
  if (Has(server, tag)) return true;
  hb_server_refuse_tag(server, HB_BAD_FIELD, tag);
  return false;
}

void RunRequested(hb_server* server) {
  if (!Wanted(server, HB_TAG_WARMUPS) || !Wanted(server, HB_TAG_RUNS)) return;
  const RunRequest request = {Uint(server, HB_TAG_WARMUPS, 0), Uint(server, HB_TAG_RUNS, 0),
                              Uint(server, HB_TAG_PER_OP, 0) != 0, Uint(server, HB_TAG_STOP_AFTER, kToTheEnd)};
  if (request.runs > kMaxRuns) {
    hb_server_refuse_tag(server, HB_OUT_OF_RANGE, HB_TAG_RUNS);
  } else if (request.stop_after != kToTheEnd && request.stop_after >= g_loaded.subject.node_count) {
    hb_server_refuse_tag(server, HB_OUT_OF_RANGE, HB_TAG_STOP_AFTER);
  } else if (g_run.input_bytes != g_loaded.subject.input_bytes) {
    RefuseWithText(server, HB_BAD_STATE, "the input is not whole");
  } else {
    hb_server_working(server);
    if (!Run(request)) {
      RefuseFailedRun(server);
      return;
    }
    hb_put_u32(hb_server_answer(server), HB_TAG_RUNS, g_run.runs);
    hb_server_send(server);
  }
}

void LastFault(hb_server* server) {
  hb_packet* answer = hb_server_answer(server);
  if (KeptFault() != nullptr) PutFault(answer, *KeptFault());
  hb_server_send(server);
}

void Echo(hb_server* server) {
  hb_packet* answer = hb_server_answer(server);
  hb_field data;
  if (hb_find(server->request.fields, server->request.length, HB_TAG_DATA, &data)) {
    hb_put_bytes(answer, HB_TAG_DATA, data.value, data.length);
  }
  hb_server_send(server);
}

bool NeedsModel(uint8_t type) {
  return type == HB_INPUT || type == HB_RUN || type == HB_READ || type == HB_STATISTICS || type == HB_OPS;
}

void RefuseWithoutModel(hb_server* server) {
  hb_packet* error = hb_server_refuse(server, HB_MODEL_NOT_READY);
  hb_put_u8(error, HB_TAG_MODEL_STATUS, static_cast<uint8_t>(g_loaded.status));
  hb_put_text(error, HB_TAG_TEXT, Log());
  hb_server_send(server);
}

void Upload(hb_server* server) {
  if (IsResident()) {
    kUpload();
  } else {
    RefuseWithText(server, HB_NOT_SUPPORTED,
                   "the model is linked into this firmware; only a resident one takes another");
  }
}

}  // namespace

void PutModel(hb_packet* answer) {
  const Subject& subject = g_loaded.subject;
  hb_put_u8(answer, HB_TAG_MODEL_STATUS, static_cast<uint8_t>(g_loaded.status));
  if (subject.model_bytes != 0) {
    hb_put_bytes(answer, HB_TAG_MODEL_SHA256, subject.model_sha256, 32);
    hb_put_u32(answer, HB_TAG_MODEL_BYTES, subject.model_bytes);
    if (IsResident()) hb_put_u8(answer, HB_TAG_PLACE, LiesInSlot(subject.model) ? HB_PLACE_FLASH : HB_PLACE_RAM);
    hb_put_u32(answer, HB_TAG_INPUT_BYTES, subject.input_bytes);
    hb_put_u16(answer, HB_TAG_OP_COUNT, static_cast<uint16_t>(subject.node_count));
  }
  if (g_loaded.status == ModelStatus::kReady) {
    hb_put_u32(answer, HB_TAG_OUTPUT_BYTES, OutputTensor().size);
  } else {
    hb_put_text(answer, HB_TAG_TEXT, Log());
  }
}

void AnswerReset(hb_server* server) {
  hb_server_answer(server);
  hb_server_send(server);
  PortFlush();
  ResetProcessor();
}

void CarryOut(hb_server* server) {
  const uint8_t type = server->request.type;
  if (NeedsModel(type) && g_loaded.status != ModelStatus::kReady) {
    RefuseWithoutModel(server);
    return;
  }
  switch (type) {
    case HB_HELLO: Hello(server); break;
    case HB_SET_OPERATING_POINT: SetOperatingPoint(server); break;
    case HB_INPUT: TakeInput(server); break;
    case HB_RUN: RunRequested(server); break;
    case HB_READ: Read(server); break;
    case HB_STATISTICS: Statistics(server); break;
    case HB_OPS: Ops(server); break;
    case HB_FAULT: LastFault(server); break;
    case HB_RESET: AnswerReset(server);
    case HB_ECHO: Echo(server); break;
    case HB_CRASH: UndefinedInstruction();
    case HB_UPLOAD_BEGIN:
    case HB_UPLOAD_DATA:
    case HB_UPLOAD_COMMIT:
    case HB_UPLOAD_PROGRESS: Upload(server); break;
    default: hb_server_refuse_tag(server, HB_UNKNOWN_MESSAGE, 0);
  }
}

}  // namespace hilbench
