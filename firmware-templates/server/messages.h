// What each request of docs/protocol.md does.
#ifndef HILBENCH_MESSAGES_H
#define HILBENCH_MESSAGES_H

#include "hilbench_protocol.h"

namespace hilbench {

// The conversation with the host.
hb_server* Server();

// Answers the request that `server` holds, exactly once; pieces of an upload not at all.
void CarryOut(hb_server* server);

// What is told of the model that is loaded.
void PutModel(hb_packet* answer);

[[noreturn]] void AnswerReset(hb_server* server);

}  // namespace hilbench

#endif
