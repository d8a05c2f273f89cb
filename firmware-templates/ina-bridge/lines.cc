#include "ina-bridge/lines.h"

#include <cstring>

namespace hilbench::ina {
namespace {

class Writer {
 public:
  explicit Writer(char* into) : begin_(into), at_(into) {}

  Writer& Text(const char* text) {
    while (*text != '\0' && at_ < begin_ + kLongestLine - 1) {
      *at_++ = *text++;
    }
    return *this;
  }

  Writer& Number(int64_t value) {
    char digits[20];
    size_t count = 0;
    uint64_t left = static_cast<uint64_t>(value < 0 ? -value : value);
    do {
      digits[count++] = static_cast<char>('0' + left % 10);
      left /= 10;
    } while (left != 0);
    if (value < 0) {
      *at_++ = '-';
    }
    while (count > 0) {
      *at_++ = digits[--count];
    }
    return *this;
  }

  size_t End() {
    *at_++ = '\n';
    return static_cast<size_t>(at_ - begin_);
  }

 private:
  char* begin_;
  char* at_;
};

}  // namespace

size_t SampleLine(const Sample& sample, char* into) {
  const int32_t millivolts = sample.microvolts < 0 ? 0 : (sample.microvolts + 500) / 1000;
  return Writer(into)
      .Number(sample.number)
      .Text(" ")
      .Number(millivolts)
      .Text(" ")
      .Number(sample.microamperes)
      .Text(sample.trigger ? " 1" : " 0")
      .End();
}

size_t IdentityLine(const char* chip, uint32_t millihertz, char* into) {
  const uint32_t rest = millihertz % 1000;
  return Writer(into)
      .Text("HB-INA 1 ")
      .Text(chip)
      .Text(" ")
      .Number(millihertz / 1000)
      .Text(rest < 10    ? ".00"
            : rest < 100 ? ".0"
                         : ".")
      .Number(rest)
      .End();
}

size_t ErrorLine(const char* why, char* into) { return Writer(into).Text("error ").Text(why).End(); }

Order OrderReader::Take(uint8_t byte) {
  if (byte == '\r') {
    return Order::kNone;
  }
  if (byte != '\n') {
    if (length_ < sizeof(line_)) {
      line_[length_] = static_cast<char>(byte);
    }
    length_ += length_ < sizeof(line_) ? 1 : 0;
    return Order::kNone;
  }
  const size_t length = length_;
  length_ = 0;
  const auto is = [&](const char* word) {
    return length == std::strlen(word) && std::memcmp(line_, word, length) == 0;
  };
  return is("id") ? Order::kIdentify : is("start") ? Order::kStart : is("stop") ? Order::kStop : Order::kNone;
}

bool Outbox::Put(const char* text, size_t length) {
  if (length > kBytes - (last_ - first_)) {
    return false;
  }
  for (size_t i = 0; i < length; i++) {
    bytes_[(last_ + i) % kBytes] = text[i];
  }
  last_ += static_cast<uint32_t>(length);
  return true;
}

}  // namespace hilbench::ina
