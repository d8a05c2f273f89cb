// What TensorFlow Lite Micro says when something is wrong, kept for the host.
#ifndef HILBENCH_LOG_H
#define HILBENCH_LOG_H

namespace hilbench {

void ClearLog();

// The words since the last ClearLog, from the first on; cut where the buffer ends.
const char* Log();

// The first words name the cause, so later ones give way.
void AppendToLog(const char* text);

}  // namespace hilbench

#endif
