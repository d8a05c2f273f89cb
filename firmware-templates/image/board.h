// What an image carries of its board, whatever it runs.
#ifndef HILBENCH_IMAGE_BOARD_H
#define HILBENCH_IMAGE_BOARD_H

#include <cstddef>
#include <cstdint>

// Memory of the bench alone: a product would not have it, so the ELF lists it apart.
#define HILBENCH_BENCH_BSS __attribute__((section(".bss.bench")))

namespace hilbench {

// A clock of the board profile.
struct OperatingPoint {
  const char* name;
  uint32_t clock_hz;
};

// Facts of the board profile that start-up needs.
struct BoardFacts {
  uint32_t uart_address;
  uint32_t uart_baud;
  uint32_t timer_address;  // 0: the counter is the core's own
  uint32_t timer_hz;       // 0: it counts core cycles
  const OperatingPoint* points;
  size_t point_count;
};

extern const BoardFacts kBoard;

}  // namespace hilbench

#endif
