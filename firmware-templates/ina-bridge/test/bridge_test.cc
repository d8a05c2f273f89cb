// The bridge against chips that are only registers here: arithmetic, lines, rate, gaps, failures.
#include "ina-bridge/bridge.h"

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "ina-bridge/port.h"

#define CHECK(condition)                                          \
  do {                                                            \
    if (!(condition)) {                                           \
      std::printf("%s:%d: %s\n", __FILE__, __LINE__, #condition); \
      std::exit(1);                                               \
    }                                                             \
  } while (false)

namespace {

using namespace hilbench::ina;

constexpr uint32_t kTicks = 84'000'000;
constexpr uint32_t kMicro = 84;

// A chip that converts without end, and the world around it, in simulated time.
struct World {
  uint32_t now = 0xFFF00000;  // wraps early
  uint64_t micros = 0;
  uint16_t die = 0x2260;
  uint32_t cycle = 480;  // of the chip, in microseconds: not the datasheet's
  uint32_t register_micros = 115;
  bool present = true;
  int32_t shunt_steps = 0;
  uint16_t bus_steps = 0;
  bool trigger = false;
  uint64_t read_until = 0;  // conversions up to here were acknowledged
  std::string from_host;
  std::string to_host;
  std::vector<std::pair<uint8_t, uint16_t>> written;

  void Pass(uint32_t some) {
    for (uint32_t i = 0; i < some; i += 5) {
      now += 5 * kMicro;
      micros += 5;
      Meanwhile();
    }
  }
};

World g_world;
std::unique_ptr<Bridge> g_bridge;

void Run(uint32_t millis) {
  const uint64_t end = g_world.micros + 1000ull * millis;
  while (g_world.micros < end) {
    g_world.Pass(5);
    g_bridge->Step();
  }
}

std::string Say(const std::string& words, uint32_t millis) {
  g_world.to_host.clear();
  g_world.from_host = words;
  Run(millis);
  return g_world.to_host;
}

void ResultsBecomeCurrentsAndVoltages() {
  const Chip& ina226 = kChips[0];
  const Chip& ina228 = kChips[1];
  const uint8_t minus_one[] = {0xFF, 0xFF};
  CHECK(Steps(ina226, minus_one) == -1);
  const uint8_t most[] = {0x7F, 0xFF};
  CHECK(Steps(ina226, most) == 32767 && AtItsLimit(ina226, 32767) && AtItsLimit(ina226, -32768));
  CHECK(!AtItsLimit(ina226, 32766));
  CHECK(MicroAmperes(ina226, 8000, 100'000) == 200'000);  // 20 mV over 0.1 ohm
  CHECK(MicroAmperes(ina226, 1, 1'000'000) == 3);         // 2.5 uA
  CHECK(MicroAmperes(ina226, -1, 1'000'000) == -3);
  CHECK(MicroAmperes(ina226, 32766, 2'000) == 40'957'500);
  CHECK(MicroVolts(ina226, 2640) == 3'300'000);

  const uint8_t twenty_bits[] = {0xFF, 0xFF, 0xF0};
  CHECK(Steps(ina228, twenty_bits) == -1);
  const uint8_t full[] = {0x7F, 0xFF, 0xFF};
  CHECK(Steps(ina228, full) == 524'287 && AtItsLimit(ina228, 524'287));
  CHECK(MicroAmperes(ina228, 64'000, 1'000'000) == 20'000);  // 20 mV over 1 ohm
  CHECK(MicroVolts(ina228, 16'896) == 3'300'008);            // 195.3125 uV each, to 3 ppm
}

void LinesAreWritten() {
  char line[kLongestLine];
  CHECK(std::string(line, SampleLine({0, 3'299'600, -12, true}, line)) == "0 3300 -12 1\n");
  CHECK(std::string(line, SampleLine({4294967295u, 85'000'000, -2147483647, false}, line)) ==
        "4294967295 85000 -2147483647 0\n");
  CHECK(std::string(line, IdentityLine("ina226", 2'118'007, line)) == "HB-INA 1 ina226 2118.007\n");
  CHECK(std::string(line, IdentityLine("ina228", 1'700'050, line)) == "HB-INA 1 ina228 1700.050\n");
  CHECK(ErrorLine(std::string(500, 'x').c_str(), line) == kLongestLine);
  CHECK(line[kLongestLine - 1] == '\n');
}

void OrdersAreReadWhateverComesBetween() {
  OrderReader reader;
  const auto last = [&](const std::string& text) {
    Order order = Order::kNone;
    for (char c : text) {
      order = reader.Take(static_cast<uint8_t>(c));
    }
    return order;
  };
  CHECK(last("id\n") == Order::kIdentify);
  CHECK(last("start\r\n") == Order::kStart);
  CHECK(last("stopstopstopstop\n") == Order::kNone);
  CHECK(last("stop\n") == Order::kStop);
  CHECK(last("\n") == Order::kNone);
  CHECK(last("stopid") == Order::kNone);
}

void TheOutboxTakesALineWholeOrNot() {
  Outbox box;
  const std::string line(96, 'a');
  size_t taken = 0;
  while (box.Put(line.data(), line.size())) {
    taken++;
  }
  CHECK(taken == 42);
  for (size_t i = 0; i < 96; i++) {
    CHECK(box.Peek() == 'a');
    box.Next();
  }
  CHECK(box.Put(line.data(), line.size()) && !box.Put(line.data(), line.size()));
}

void TheRateIsMeasuredNotBelieved(uint16_t die, uint32_t cycle, const std::string& chip) {
  g_world = World();
  g_world.die = die;
  g_world.cycle = cycle;
  g_world.register_micros = 75;
  g_bridge = std::make_unique<Bridge>(1'000'000, nullptr);
  const std::string said = Say("id\n", 400);
  CHECK(said.rfind("HB-INA 1 " + chip + " ", 0) == 0);
  const double rate = std::stod(said.substr(said.rfind(' ')));
  CHECK(std::abs(rate - 1e6 / cycle) < 5e-4 * 1e6 / cycle);
}

void ARecordingHasEverySampleAndTheTrigger() {
  TheRateIsMeasuredNotBelieved(0x2260, 480, "ina226");
  g_world.shunt_steps = 8'000;
  g_world.bus_steps = 2'640;
  g_world.trigger = true;
  std::string said = Say("start\n", 100);
  g_world.trigger = false;
  Run(100);
  said = g_world.to_host;
  said += Say("stop\n", 20);
  size_t count = 0;
  size_t high = 0;
  for (size_t at = 0; at < said.size(); at = said.find('\n', at) + 1) {
    const std::string line = said.substr(at, said.find('\n', at) - at);
    CHECK(line == std::to_string(count) + " 3300 20000 " + line.back());
    high += line.back() == '1' ? 1 : 0;
    count++;
  }
  CHECK(count > 400 && count < 425);
  CHECK(high > 200 && high < 212);
  CHECK(Say("", 20).empty());
}

void MissedConversionsLeaveAGapOfTheirSize() {
  TheRateIsMeasuredNotBelieved(0x2260, 480, "ina226");
  std::string said = Say("start\n", 20);
  g_world.now += 3 * 480 * kMicro;  // the bridge was held up
  g_world.micros += 3 * 480;
  Run(20);
  said = g_world.to_host;
  unsigned long expected = 0;
  unsigned long missing = 0;
  for (size_t at = 0; at < said.size(); at = said.find('\n', at) + 1) {
    const unsigned long number = std::stoul(said.substr(at));
    CHECK(number >= expected);
    missing += number - expected;
    expected = number + 1;
  }
  CHECK(missing >= 2 && missing <= 3);
}

void TroubleIsToldInWords() {
  g_world = World();
  g_world.present = false;
  g_bridge = std::make_unique<Bridge>(1'000'000, nullptr);
  CHECK(Say("id\n", 50).rfind("error no INA226 or INA228 answers", 0) == 0);
  CHECK(Say("start\n", 50).rfind("error ask for its id first", 0) == 0);

  g_bridge = std::make_unique<Bridge>(1'000'000, "the oscillator did not start");
  CHECK(Say("id\n", 50) == "error the oscillator did not start\n");

  TheRateIsMeasuredNotBelieved(0x2281, 590, "ina228");
  Say("start\n", 20);
  g_world.shunt_steps = 524'287;
  const std::string beyond = Say("", 20);
  CHECK(beyond.find("error the current is beyond") != std::string::npos);
  g_world.shunt_steps = 0;
  Say("start\n", 20);
  g_world.present = false;
  CHECK(Say("", 20).find("error the chip stopped answering") != std::string::npos);
}

void TheChipIsSetUpAsTheDatasheetsSay() {
  TheRateIsMeasuredNotBelieved(0x2260, 480, "ina226");
  const std::vector<std::pair<uint8_t, uint16_t>> ina226 = {{0x06, 0x0000}, {0x00, 0x4017}};
  CHECK(g_world.written == ina226);
  TheRateIsMeasuredNotBelieved(0x2281, 590, "ina228");
  const std::vector<std::pair<uint8_t, uint16_t>> ina228 = {{0x0B, 0x8000}, {0x01, 0xB100}};
  CHECK(g_world.written == ina228);
}

}  // namespace

namespace hilbench::ina {

const char* BoardStart() { return nullptr; }
uint32_t Now() { return g_world.now; }
uint32_t TicksASecond() { return kTicks; }
bool TriggerIsHigh() { return g_world.trigger; }

int LineRead() {
  if (g_world.from_host.empty()) {
    return -1;
  }
  const uint8_t byte = static_cast<uint8_t>(g_world.from_host[0]);
  g_world.from_host.erase(0, 1);
  return byte;
}

bool LineWrite(uint8_t byte) {
  g_world.to_host += static_cast<char>(byte);
  return true;
}

bool ChipRead(uint8_t address, uint8_t reg, uint8_t* into, size_t count) {
  g_world.Pass(g_world.register_micros);
  const bool is226 = (g_world.die & 0xFFF0) == 0x2260;
  if (!g_world.present || address != kChipAddress) {
    return false;
  }
  uint32_t value = 0;
  if (reg == (is226 ? 0xFF : 0x3F)) {
    value = g_world.die;
  } else if (reg == (is226 ? 0x06 : 0x0B)) {
    const uint64_t complete = g_world.micros / g_world.cycle;
    value = complete > g_world.read_until ? (is226 ? 1u << 3 : 1u << 1) : 0;
    g_world.read_until = complete;
  } else if (reg == (is226 ? 0x01 : 0x04)) {
    value = static_cast<uint32_t>(g_world.shunt_steps) << (is226 ? 0 : 4);
  } else if (reg == (is226 ? 0x02 : 0x05)) {
    value = static_cast<uint32_t>(g_world.bus_steps) << (is226 ? 0 : 4);
  }
  for (size_t i = 0; i < count; i++) {
    into[i] = static_cast<uint8_t>(value >> (8 * (count - 1 - i)));
  }
  return true;
}

bool ChipWrite(uint8_t, uint8_t reg, uint16_t value) {
  g_world.written.emplace_back(reg, value);
  return g_world.present;
}

void ChipReset() {}

void Meanwhile() { g_bridge->Meanwhile(); }

}  // namespace hilbench::ina

int main() {
  ResultsBecomeCurrentsAndVoltages();
  LinesAreWritten();
  OrdersAreReadWhateverComesBetween();
  TheOutboxTakesALineWholeOrNot();
  TheRateIsMeasuredNotBelieved(0x2281, 590, "ina228");
  ARecordingHasEverySampleAndTheTrigger();
  MissedConversionsLeaveAGapOfTheirSize();
  TroubleIsToldInWords();
  TheChipIsSetUpAsTheDatasheetsSay();
  std::puts("the bridge's tests passed");
  return 0;
}
