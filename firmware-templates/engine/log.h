// What TensorFlow Lite Micro says when something is wrong, kept for the host.
#ifndef HILBENCH_LOG_H
#define HILBENCH_LOG_H

namespace hilbench {

void ClearLog();

// The words since the last ClearLog, from the first on; cut where the buffer ends.
const char* Log();

}  // namespace hilbench

#endif
