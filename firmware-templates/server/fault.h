// Tells a fault to the host.
#ifndef HILBENCH_SERVER_FAULT_H
#define HILBENCH_SERVER_FAULT_H

#include "hilbench_protocol.h"
#include "server/boot_memory.h"

namespace hilbench {

void PutFault(hb_packet* packet, const FaultRecord& record);

}  // namespace hilbench

#endif
