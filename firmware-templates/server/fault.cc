#include "server/fault.h"

#include "server/messages.h"
#include "targets/port.h"

namespace hilbench {
namespace {

void RefuseWithFault(hb_server* server, const FaultRecord& record) {
  PutFault(hb_server_refuse(server, HB_FAULTED), record);
  hb_server_send(server);
}

}  // namespace

void PutFault(hb_packet* packet, const FaultRecord& record) {
  const Fault& fault = record.fault;
  hb_put_text(packet, HB_TAG_PHASE, Name(record.progress.phase));
  if (record.progress.op != kNoOp) {
    hb_put_u16(packet, HB_TAG_OP, static_cast<uint16_t>(record.progress.op));
  }
  if (record.by_watchdog) {
    hb_put_text(packet, HB_TAG_TEXT, kByWatchdog);
    return;
  }
  if (fault.has_frame) {
    hb_put_u32(packet, HB_TAG_FAULT_PC, fault.pc);
    hb_put_u32(packet, HB_TAG_FAULT_LR, fault.lr);
  }
  hb_put_u32(packet, HB_TAG_CFSR, fault.cfsr);
  hb_put_u32(packet, HB_TAG_HFSR, fault.hfsr);
  if (fault.bfar_valid) {
    hb_put_u32(packet, HB_TAG_BFAR, fault.bfar);
  }
  if (fault.mmfar_valid) {
    hb_put_u32(packet, HB_TAG_MMFAR, fault.mmfar);
  }
  if (fault.stack_overflow) {
    hb_put_text(packet, HB_TAG_TEXT, "stack overflow");
  }
}

// The program is over; from here on only RESET helps, and every other request hears why.
void OnFault(const Fault& fault) {
  const FaultRecord record = {fault, g_progress, false};
  KeepFault(record);
  hb_server* server = Server();
  if (!server->answered && server->request.type != 0) {
    RefuseWithFault(server, record);
  }
  for (;;) {
    int byte = PortRead();
    if (byte < 0 || !hb_server_take(server, static_cast<uint8_t>(byte))) {
      continue;
    }
    if (server->request.type == HB_RESET) {
      AnswerReset(server);
    }
    RefuseWithFault(server, record);
  }
}

}  // namespace hilbench
