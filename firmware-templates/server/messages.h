// What each request of docs/protocol.md does.
#ifndef HILBENCH_MESSAGES_H
#define HILBENCH_MESSAGES_H

#include "engine/engine.h"
#include "hilbench_protocol.h"

namespace hilbench {

// The conversation with the host.
hb_server* Server();

// Answers the request that `server` holds, exactly once.
void CarryOut(hb_server* server, ModelStatus model);

[[noreturn]] void AnswerReset(hb_server* server);

}  // namespace hilbench

#endif
