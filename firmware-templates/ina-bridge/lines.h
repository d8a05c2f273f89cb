// The text between bridge and host: version 1 of docs/energy-meters.md.
#ifndef HILBENCH_INA_LINES_H
#define HILBENCH_INA_LINES_H

#include <cstddef>
#include <cstdint>

namespace hilbench::ina {

constexpr size_t kLongestLine = 96;

struct Sample {
  uint32_t number;
  int32_t microvolts;
  int32_t microamperes;
  bool trigger;
};

// Writes lines of text, each with its end; the length is returned. All fit into kLongestLine.
size_t SampleLine(const Sample& sample, char* into);
// `millihertz`: samples a thousand seconds.
size_t IdentityLine(const char* chip, uint32_t millihertz, char* into);
// `why` is cut where the line would be too long.
size_t ErrorLine(const char* why, char* into);

enum class Order : uint8_t { kNone, kIdentify, kStart, kStop };

// Takes the host's bytes, and tells what a whole line means.
class OrderReader {
 public:
  Order Take(uint8_t byte);

 private:
  char line_[8] = {};
  size_t length_ = 0;  // beyond the room: too long for any order
};

// Bytes that wait for the line. A text is taken whole or not at all. Peek and Next want one that is not empty.
class Outbox {
 public:
  bool Put(const char* text, size_t length);
  bool Empty() const { return first_ == last_; }
  uint8_t Peek() const { return static_cast<uint8_t>(bytes_[first_ % kBytes]); }
  void Next() { first_++; }

 private:
  static constexpr uint32_t kBytes = 4096;  // a power of two: the counters wrap
  char bytes_[kBytes];
  uint32_t first_ = 0;
  uint32_t last_ = 0;
};

}  // namespace hilbench::ina

#endif
