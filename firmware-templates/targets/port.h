// What a target gives the server: a serial line, a counter, clocks. One folder of targets/ implements it.
#ifndef HILBENCH_PORT_H
#define HILBENCH_PORT_H

#include <cstddef>
#include <cstdint>

namespace hilbench {

// Clock of the first operating point, the serial line and the counter. Called once, before anything else.
void PortStart();

// Waits for a byte of the line, asleep where the target can.
void PortAwaitByte();
// The next byte of the line, or -1 if none has come.
int PortRead();
// Waits until the line takes the byte.
void PortWrite(uint8_t byte);
// Waits until all bytes have left.
void PortFlush();

// Keeps the watchdog from resetting the board, where there is one. Reading the line does so as well; between two calls
// there may be one inference of half a minute.
void PortFeedWatchdog();

// The trigger pin, which is high exactly around the timed inferences, where the board has one.
void PortTrigger(bool high);

struct Clock {
  const char* point;
  uint32_t hz;        // meaningful only if confirmed
  bool confirmed;     // every step was read back from the hardware
  const char* cause;  // why it is not confirmed, else nullptr
};

// Sets the operating point of this index in kBoard.points, and answers the clock that is really set.
Clock PortSetOperatingPoint(size_t index);
Clock PortClock();

// A moment of the counter. Reading one costs a few instructions; all arithmetic waits for PortTicks.
struct Moment {
  uint32_t fine;
  uint32_t coarse;
};
Moment PortNow();
// Ticks between two moments, wraps of the counter included.
uint64_t PortTicks(Moment from, Moment to);
const char* PortTickSource();
// Ticks a second; 0 when it hangs on a clock that is not confirmed.
uint32_t PortTickHz();

// Flash that a resident image programs itself, within the slot that the linker script leaves behind the image. What a
// target without a driver answers is in no_flash.cc.
//
// Erases the unit that begins at this address, and reads it back; its bytes, or 0 for PortFlashFailure().
uint32_t PortEraseFlash(uint32_t address);
// Bytes that are programmed at once: where a write must begin. It may end anywhere: ones fill the last unit.
uint32_t PortFlashWriteBytes();
// Programs erased flash and reads it back; false for PortFlashFailure().
bool PortWriteFlash(uint32_t address, const uint8_t* bytes, uint32_t count);

struct FlashFailure {
  const char* text;
  uint32_t address;
  uint32_t status;  // the controller's status register, 0 where it has none
};
FlashFailure PortFlashFailure();

// The chip's unique id and why it started; 0 bytes and nullptr where the part cannot tell.
size_t PortUniqueId(uint8_t* into, size_t room);
const char* PortResetCause();
// What PortResetCause answers where the watchdog ended the boot before.
constexpr const char* kByWatchdog = "watchdog";

}  // namespace hilbench

#endif
