// The target that this machine is: a pseudo-terminal as the serial line, the system's clock as the counter, a signal as
// the fault. A reset goes back to before `main`, with the memory that start-up does not clear as it was.
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>

#include "image/board.h"
#include "targets/cortex-m/cortex_m.h"
#include "targets/port.h"

int RunServer();

namespace hilbench {
namespace {

constexpr uint32_t kUndefinedInstruction = 1u << 16;
constexpr int kPollMillis = 10;

struct Line {
  int terminal;
  uint8_t come[4096];
  size_t count;
  size_t at;
  uint8_t leaving[1024];
  size_t length;
};
Line g_line;
sigjmp_buf g_reset;
size_t g_point;

bool Check(bool done, const char* what) {
  if (!done) {
    std::perror(what);
    exit(1);
  }
  return done;
}

void OpenLine() {
  g_line.terminal = posix_openpt(O_RDWR | O_NOCTTY);
  Check(g_line.terminal >= 0 && grantpt(g_line.terminal) == 0 && unlockpt(g_line.terminal) == 0, "pty");
  // Held open, so that the line does not end where the host closes its end.
  const int other = open(ptsname(g_line.terminal), O_RDWR | O_NOCTTY);
  termios raw;
  Check(other >= 0 && tcgetattr(other, &raw) == 0, "pty");
  cfmakeraw(&raw);
  Check(tcsetattr(other, TCSANOW, &raw) == 0, "pty");
  std::printf("%s\n", ptsname(g_line.terminal));
  std::fflush(stdout);
}

void Receive() {
  const ssize_t count = read(g_line.terminal, g_line.come, sizeof g_line.come);
  Check(count > 0, "read");
  g_line.count = static_cast<size_t>(count);
  g_line.at = 0;
}

void OnSignal(int, siginfo_t* info, void*) {
  Fault fault = {};
  fault.has_frame = true;
  fault.pc = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(info->si_addr));
  fault.cfsr = kUndefinedInstruction;
  OnFault(fault);
}

uint64_t Nanoseconds() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<uint64_t>(now.tv_sec) * 1000000000u + static_cast<uint64_t>(now.tv_nsec);
}

uint64_t Whole(Moment moment) { return static_cast<uint64_t>(moment.coarse) << 32 | moment.fine; }

}  // namespace

void ResetProcessor() { siglongjmp(g_reset, 1); }

void PaintStack() {}
uint32_t StackUsedBytes() { return 1; }
uint32_t StackBytes() { return 2; }

void PortStart() { g_point = 0; }

void PortAwaitByte() {
  if (g_line.at == g_line.count) Receive();
}

int PortRead() {
  pollfd line = {g_line.terminal, POLLIN, 0};
  if (g_line.at == g_line.count && poll(&line, 1, kPollMillis) > 0) Receive();
  return g_line.at < g_line.count ? g_line.come[g_line.at++] : -1;
}

void PortWrite(uint8_t byte) {
  g_line.leaving[g_line.length++] = byte;
  if (byte == 0 || g_line.length == sizeof g_line.leaving) PortFlush();
}

void PortFlush() {
  for (size_t sent = 0; sent < g_line.length;) {
    const ssize_t count = write(g_line.terminal, g_line.leaving + sent, g_line.length - sent);
    Check(count > 0, "write");
    sent += static_cast<size_t>(count);
  }
  g_line.length = 0;
}

void PortFeedWatchdog() {}
void PortTrigger(bool) {}

Clock PortClock() {
  const bool confirmed = g_point == 0;
  return {kBoard.points[g_point].name, kBoard.points[g_point].clock_hz, confirmed,
          confirmed ? nullptr : "PLL never locked"};
}

Clock PortSetOperatingPoint(size_t index) {
  g_point = index;
  return PortClock();
}

Moment PortNow() {
  const uint64_t now = Nanoseconds();
  return {static_cast<uint32_t>(now), static_cast<uint32_t>(now >> 32)};
}

uint64_t PortTicks(Moment from, Moment to) { return Whole(to) - Whole(from); }
const char* PortTickSource() { return "system-clock"; }
uint32_t PortTickHz() { return 1000000000; }

size_t PortUniqueId(uint8_t*, size_t) { return 0; }
const char* PortResetCause() { return nullptr; }

}  // namespace hilbench

int main() {
  using namespace hilbench;
  OpenLine();
  struct sigaction action = {};
  action.sa_sigaction = OnSignal;
  action.sa_flags = SA_SIGINFO;
  Check(sigaction(SIGILL, &action, nullptr) == 0, "sigaction");
  sigsetjmp(g_reset, 1);
  return RunServer();
}
