// INPUT, READ, STATISTICS and OPS: bytes in and measurements out, in pieces that fit a packet.
#ifndef HILBENCH_READBACK_H
#define HILBENCH_READBACK_H

#include "hilbench_protocol.h"

namespace hilbench {

// An integer of the request, or `absent` where the field is not there.
uint32_t Uint(const hb_server* server, uint8_t tag, uint32_t absent);
bool Has(const hb_server* server, uint8_t tag);

void RefuseWithText(hb_server* server, hb_error code, const char* text);

void TakeInput(hb_server* server);
void Read(hb_server* server);
void Statistics(hb_server* server);
void Ops(hb_server* server);

}  // namespace hilbench

#endif
